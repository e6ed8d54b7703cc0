"""Ways in which somebody could come to more than they were given, tried one after the other: each ends where it began."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import accounts, grants, identities, principals, secrets, sessions, tokens
from infra.access.refusals import AccessNotYours, HolderNotFit
from tests.infra.access.conftest import Bureau

CLERK = Grant(role=Role.UNIT_CLERK, division="640104")
GOOD = "贺兰山下果园成 塞北江南"


def enter(bureau: Bureau, login: str, password: str) -> bytes:
    """The proof of whoever comes in with a one-time password and makes it their own."""
    tried = sessions.sign_in(bureau.application, login=login, password=password, code=None, key=b"")
    assert tried.secret is not None
    proof = secrets.digest(tried.secret)
    changed = sessions.change_password(bureau.application, proof, login=login, old=password, new=GOOD)
    assert changed.secret is not None
    return secrets.digest(changed.secret)


def a_newcomer(bureau: Bureau, login: str = "ma") -> UUID:
    return accounts.make(bureau.application, bureau.system, login=login, name="马", unit="县财政局")


def test_a_token_made_before_the_password_was_handed_over_opens_nothing_afterwards(bureau: Bureau) -> None:
    account = a_newcomer(bureau)
    first = sessions.set_one_time(bureau.application, bureau.system, account)
    early = tokens.create(bureau.application, enter(bureau, "ma", first), account=account, name="early")
    sessions.set_one_time(bureau.application, bureau.system, account)
    grants.give(bureau.application, bureau.security, account, CLERK)
    assert principals.of_token(bureau.application, early) is None


def test_whoever_made_an_account_and_kept_it_reads_nothing_with_the_roles_that_somebody_else_gets(
    bureau: Bureau,
) -> None:
    account = a_newcomer(bureau)
    kept = enter(bureau, "ma", sessions.set_one_time(bureau.application, bureau.system, account))
    token = tokens.create(bureau.application, kept, account=account, name="kept")
    grants.give(bureau.application, bureau.security, account, CLERK)
    found = principals.of_token(bureau.application, token)
    assert found is not None
    assert found.grants == ()
    # The person it was meant for cannot come in, so nobody confirms; whoever hands out another password ends the token.
    sessions.set_one_time(bureau.application, bureau.system, account)
    assert principals.of_token(bureau.application, token) is None


def test_a_token_made_while_another_house_vouched_opens_nothing_when_it_no_longer_does(bureau: Bureau) -> None:
    account = a_newcomer(bureau)
    identities.link(bureau.application, bureau.system, account, issuer="https://id", subject="accomplice")
    tried = sessions.sign_in_as(bureau.application, issuer="https://id", subject="accomplice")
    assert tried.secret is not None
    early = tokens.create(bureau.application, secrets.digest(tried.secret), account=account, name="early")
    identities.unlink(bureau.application, bureau.system, issuer="https://id", subject="accomplice")
    grants.give(bureau.application, bureau.security, account, CLERK)
    assert principals.of_token(bureau.application, early) is None
    assert principals.of_session(bureau.application, tried.secret) is None


def test_a_session_opened_before_the_password_was_handed_over_has_ended(bureau: Bureau) -> None:
    account = a_newcomer(bureau)
    first = sessions.set_one_time(bureau.application, bureau.system, account)
    early = sessions.sign_in(bureau.application, login="ma", password=first, code=None, key=b"")
    assert early.secret is not None
    enter(bureau, "ma", first)
    assert principals.of_session(bureau.application, early.secret) is None


def test_whoever_resets_the_holder_of_a_service_makes_no_token_of_it(bureau: Bureau) -> None:
    holder = a_newcomer(bureau, "holder")
    service = accounts.make(
        bureau.application, bureau.system, login="oa", name="OA", unit="u", service=True, holder=holder
    )
    grants.give(bureau.application, bureau.security, service, CLERK)
    proof = enter(bureau, "holder", sessions.set_one_time(bureau.application, bureau.system, holder))
    with pytest.raises(AccessNotYours):
        tokens.create(bureau.application, proof, account=service, name="x")
    grants.confirm(bureau.application, bureau.security, holder)
    assert tokens.create(bureau.application, proof, account=service, name="x")


def test_nobody_answers_for_a_person(bureau: Bureau) -> None:
    """Whoever answers for an account makes its tokens."""
    clerk, holder = bureau.clerk("wang", CLERK), bureau.clerk("zhang")
    with pytest.raises(HolderNotFit):
        accounts.change(bureau.application, bureau.system, clerk, name="王", unit="u", holder=holder)
    with pytest.raises(HolderNotFit):
        accounts.make(bureau.application, bureau.system, login="li", name="李", unit="u", holder=holder)


def test_with_a_password_that_must_be_changed_one_changes_nothing_about_access(bureau: Bureau) -> None:
    account = a_newcomer(bureau)
    password = sessions.set_one_time(bureau.application, bureau.system, account)
    tried = sessions.sign_in(bureau.application, login="ma", password=password, code=None, key=b"")
    assert tried.secret is not None
    with pytest.raises(AccessNotYours):
        tokens.create(bureau.application, secrets.digest(tried.secret), account=account, name="x")


def test_a_resting_administrator_administers_nothing(bureau: Bureau) -> None:
    """It could rest only by a way that is not there; the database asks all the same."""
    bureau.owner("UPDATE access.accounts SET resting_since = now() WHERE login = 'secadmin'")
    with pytest.raises(AccessNotYours):
        grants.give(bureau.application, bureau.security, bureau.clerk("wang"), CLERK)
