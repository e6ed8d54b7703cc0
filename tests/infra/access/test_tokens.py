"""Tokens: of an account, never more than it, never for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.access.principal import Grant, Narrowed
from domain.access.rights import NEVER_BY_TOKEN, Right
from domain.access.roles import Role
from infra.access import accounts, principals, secrets, tokens
from infra.access.refusals import AccessNotYours, TokenTerm, TokenUnknown
from tests.accounts import a_session, a_token
from tests.infra.access.conftest import Bureau

AUDITOR = Grant(role=Role.AUDITOR, division="640100")


def test_a_secret_opens_the_account_it_was_made_for(bureau: Bureau) -> None:
    found = principals.of_token(bureau.application, a_token(bureau.urls.owner, "wang", given=[AUDITOR]))
    assert found is not None
    assert (found.login, found.via, found.grants, found.account) == ("wang", "wang", (AUDITOR,), bureau.id("wang"))


def test_another_secret_opens_nothing(bureau: Bureau) -> None:
    assert principals.of_token(bureau.application, secrets.new(secrets.TOKEN)) is None


def test_a_session_is_no_token_and_a_token_no_session(bureau: Bureau) -> None:
    assert principals.of_token(bureau.application, a_session(bureau.urls.owner, "wang")) is None
    assert principals.of_session(bureau.application, a_token(bureau.urls.owner, "wang")) is None


def test_no_secret_is_stored_and_no_digest_can_be_read_by_the_application(bureau: Bureau) -> None:
    secret = a_token(bureau.urls.owner, "wang")
    stored = str(bureau.owner("SELECT t::text FROM access.tokens t UNION ALL SELECT s::text FROM access.secrets s"))
    assert secret not in stored
    assert secrets.digest(secret).hex() in stored
    readable = bureau.application.execute("SELECT t::text FROM access.tokens t").fetchall()
    assert secrets.digest(secret).hex() not in str(readable)


def test_a_revoked_token_opens_nothing_and_is_revoked_once(bureau: Bureau) -> None:
    proof = bureau.at_work("wang", AUDITOR)
    secret = tokens.create(bureau.application, proof, account=bureau.id("wang"), name="报表")
    token = tokens.of(bureau.application, bureau.id("wang"))[0].id
    assert tokens.revoke(bureau.application, proof, token)
    assert not tokens.revoke(bureau.application, proof, token)
    assert principals.of_token(bureau.application, secret) is None


def test_an_expired_token_opens_nothing(bureau: Bureau) -> None:
    secret = a_token(bureau.urls.owner, "wang")
    bureau.owner("UPDATE access.tokens SET made_at = now() - interval '9 days', expires_at = now()")
    assert principals.of_token(bureau.application, secret) is None


@pytest.mark.parametrize("days", [-1, 0, 367, 4000])
def test_a_token_has_a_term_of_a_year_at_most(bureau: Bureau, days: int) -> None:
    proof = bureau.at_work("wang")
    with pytest.raises(TokenTerm):
        tokens.create(
            bureau.application,
            proof,
            account=bureau.id("wang"),
            name="x",
            expires=datetime.now(UTC) + timedelta(days=days),
        )


@pytest.mark.parametrize("who", ["system", "security", "audit"])
def test_nobody_makes_a_token_in_the_name_of_somebody_else(bureau: Bureau, who: str) -> None:
    bureau.clerk("wang", AUDITOR)
    with pytest.raises(AccessNotYours):
        tokens.create(bureau.application, getattr(bureau, who), account=bureau.id("wang"), name="x")


def test_a_token_makes_no_token(bureau: Bureau) -> None:
    proof = secrets.digest(a_token(bureau.urls.owner, "wang"))
    with pytest.raises(AccessNotYours):
        tokens.create(bureau.application, proof, account=bureau.id("wang"), name="x")


def test_the_holder_of_a_service_makes_its_tokens(bureau: Bureau) -> None:
    proof = bureau.at_work("wang")
    service = accounts.make(
        bureau.application, bureau.system, login="oa", name="OA", unit="u", service=True, holder=bureau.id("wang")
    )
    found = principals.of_token(
        bureau.application, tokens.create(bureau.application, proof, account=service, name="OA 接口")
    )
    assert found is not None
    assert (found.login, found.via) == ("oa", "OA 接口")


def test_the_system_administrator_revokes_anybodys_and_others_do_not_learn_that_it_is_there(bureau: Bureau) -> None:
    secret = a_token(bureau.urls.owner, "wang", given=[AUDITOR])
    token = tokens.of(bureau.application, bureau.id("wang"))[0].id
    for proof in (bureau.security, bureau.at_work("zhang", AUDITOR)):
        with pytest.raises(TokenUnknown):
            tokens.revoke(bureau.application, proof, token)
    assert tokens.revoke(bureau.application, bureau.system, token)
    assert principals.of_token(bureau.application, secret) is None


def test_a_token_carries_what_it_was_narrowed_to_and_nothing_over_accounts(bureau: Bureau) -> None:
    narrowed = Narrowed(
        kinds=frozenset({"rooms"}), rights=frozenset({Right.EXPORT, *NEVER_BY_TOKEN}), commands=frozenset()
    )
    found = principals.of_token(
        bureau.application, a_token(bureau.urls.owner, "wang", given=[AUDITOR], narrowed=narrowed)
    )
    assert found is not None
    assert [kind for kind in ("rooms", "units", "vehicles") if found.may_read(kind)] == ["rooms"]
    assert [right for right in Right if found.may(right)] == [Right.EXPORT]


@pytest.mark.parametrize("login", ["sysadmin", "secadmin"])
def test_no_token_administers(bureau: Bureau, login: str) -> None:
    found = principals.of_token(bureau.application, a_token(bureau.urls.owner, login, given=[]))
    assert found is not None
    assert not any(found.may(right) for right in NEVER_BY_TOKEN)


def test_a_role_that_this_program_does_not_know_allows_nothing(bureau: Bureau) -> None:
    secret = a_token(bureau.urls.owner, "wang", given=[AUDITOR])
    bureau.owner("UPDATE access.grants SET role = 'of another time' WHERE role = 'auditor'")
    found = principals.of_token(bureau.application, secret)
    assert found is not None
    assert found.grants == ()
