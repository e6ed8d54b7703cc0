"""Accounts: made by one, given rights by another; what neither of them can do."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import accounts, grants, identities, principals, secrets, sessions, tokens
from infra.access.accounts import LoginInvalid
from infra.access.refusals import (
    AccessNotYours,
    AdministratorLast,
    AdministratorNotFit,
    GrantToOneself,
    HolderNotFit,
    IdentityNotFit,
    LoginTaken,
    PasswordNotOwn,
    PasswordNotYoursToSet,
    RolesApart,
)
from tests.accounts import a_session, a_token
from tests.infra.access.conftest import Bureau

CLERK = Grant(role=Role.UNIT_CLERK, division="640104")
AUDITOR = Grant(role=Role.AUDITOR)
SYSTEM = Grant(role=Role.SYSTEM_ADMINISTRATOR)


def test_the_system_administrator_makes_accounts_which_have_no_rights(bureau: Bureau) -> None:
    made = accounts.make(bureau.application, bureau.system, login="ma", name="马建国", unit="县财政局")
    assert grants.of(bureau.application, made) == []
    assert [(login, subject) for login, _, subject, _ in bureau.records("account-made")][-1] == ("sysadmin", made)


def test_the_security_administrator_gives_and_takes_roles(bureau: Bureau) -> None:
    clerk = bureau.clerk()
    given = grants.give(bureau.application, bureau.security, clerk, CLERK)
    assert grants.give(bureau.application, bureau.security, clerk, CLERK) == given
    assert [(one.role, one.division) for one in grants.of(bureau.application, clerk)] == [("unit-clerk", "640104")]
    grants.take(bureau.application, bureau.security, given)
    assert grants.of(bureau.application, clerk) == []
    assert [login for login, *_ in bureau.records("role-given")][-1] == "secadmin"
    assert [login for login, *_ in bureau.records("role-taken")] == ["secadmin"]


@pytest.mark.parametrize("who", ["security", "audit", "clerk", "token", "nobody"])
def test_only_the_system_administrator_makes_and_closes_accounts(bureau: Bureau, who: str) -> None:
    clerk = bureau.clerk()
    proof = _proof(bureau, who, AUDITOR)
    for change in (
        lambda: accounts.make(bureau.application, proof, login="ma", name="马", unit="县财政局"),
        lambda: accounts.change(bureau.application, proof, clerk, name="x", unit="x", holder=None),
        lambda: accounts.disable(bureau.application, proof, clerk),
        lambda: accounts.enable(bureau.application, proof, clerk),
        lambda: accounts.unlock(bureau.application, proof, clerk),
        lambda: sessions.set_one_time(bureau.application, proof, clerk),
        lambda: sessions.end(bureau.application, proof, clerk),
        lambda: identities.link(bureau.application, proof, clerk, issuer="https://id", subject="1"),
    ):
        with pytest.raises(AccessNotYours):
            change()


@pytest.mark.parametrize("who", ["system", "audit", "clerk", "token", "nobody"])
def test_only_the_security_administrator_gives_roles(bureau: Bureau, who: str) -> None:
    clerk = bureau.clerk("wang", CLERK)
    proof = _proof(bureau, who, AUDITOR)
    with pytest.raises(AccessNotYours):
        grants.give(bureau.application, proof, clerk, AUDITOR)
    with pytest.raises(AccessNotYours):
        grants.take(bureau.application, proof, grants.of(bureau.application, clerk)[0].id)
    with pytest.raises(AccessNotYours):
        grants.confirm(bureau.application, proof, clerk)


def _proof(bureau: Bureau, who: str, *given: Grant) -> bytes:
    """`token`: even one of an administrator's own."""
    if who == "clerk":
        return bureau.at_work("zhang", *given)
    if who == "token":
        return secrets.digest(a_token(bureau.urls.owner, "sysadmin", given=[]))
    return bytes(32) if who == "nobody" else bytes(getattr(bureau, who))


def test_nobody_gives_a_role_to_themselves(bureau: Bureau) -> None:
    with pytest.raises(GrantToOneself):
        grants.give(bureau.application, bureau.security, bureau.id("secadmin"), AUDITOR)


@pytest.mark.parametrize("held", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
@pytest.mark.parametrize(
    "more", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.LEADER]
)
def test_an_administrator_has_one_role(bureau: Bureau, held: Role, more: Role) -> None:
    bureau.at_work("zhang", Grant(role=held))
    if held != more:
        with pytest.raises(RolesApart):
            grants.give(bureau.application, bureau.security, bureau.id("zhang"), Grant(role=more))
    with pytest.raises(RolesApart):
        grants.give(bureau.application, bureau.security, bureau.id("zhang"), Grant(role=held, division="640104"))


def test_whoever_has_a_role_does_not_become_an_administrator(bureau: Bureau) -> None:
    bureau.at_work("zhang", CLERK)
    with pytest.raises(RolesApart):
        grants.give(bureau.application, bureau.security, bureau.id("zhang"), SYSTEM)


def test_an_administrator_is_a_person_with_a_password_of_their_own(bureau: Bureau) -> None:
    with_one_time = bureau.clerk("chen")
    sessions.set_one_time(bureau.application, bureau.system, with_one_time)
    service = accounts.make(bureau.application, bureau.system, login="oa", name="OA", unit="u", service=True)
    bureau.at_work("holder")
    accounts.make(
        bureau.application, bureau.system, login="erp", name="ERP", unit="u", service=True, holder=bureau.id("holder")
    )
    bureau.at_work("elsewhere")
    identities.link(bureau.application, bureau.system, bureau.id("elsewhere"), issuer="https://id", subject="1")
    for account in (with_one_time, service, bureau.id("holder"), bureau.id("elsewhere")):
        with pytest.raises(AdministratorNotFit):
            grants.give(bureau.application, bureau.security, account, SYSTEM)


def test_one_administrator_of_each_kind_remains(bureau: Bureau) -> None:
    for login in ("sysadmin", "secadmin", "auditadmin"):
        with pytest.raises(AdministratorLast):
            accounts.disable(bureau.application, bureau.system, bureau.id(login))
        with pytest.raises(AdministratorLast):
            grants.take(bureau.application, bureau.security, grants.of(bureau.application, bureau.id(login))[0].id)


def test_where_there_is_another_one_an_administrator_can_be_closed(bureau: Bureau) -> None:
    bureau.at_work("second", Grant(role=Role.AUDIT_ADMINISTRATOR))
    accounts.disable(bureau.application, bureau.system, bureau.id("auditadmin"))
    with pytest.raises(AdministratorLast):
        accounts.disable(bureau.application, bureau.system, bureau.id("second"))


def test_a_closed_account_is_out_at_once_with_sessions_and_tokens(bureau: Bureau) -> None:
    session, token = a_session(bureau.urls.owner, "wang", [CLERK]), a_token(bureau.urls.owner, "wang", given=[CLERK])
    accounts.disable(bureau.application, bureau.system, bureau.id("wang"))
    assert principals.of_session(bureau.application, session) is None
    assert principals.of_token(bureau.application, token) is None
    accounts.enable(bureau.application, bureau.system, bureau.id("wang"))
    assert principals.of_session(bureau.application, session) is None
    assert principals.of_token(bureau.application, token) is not None


def test_a_login_is_used_once_however_it_is_written(bureau: Bureau) -> None:
    accounts.make(bureau.application, bureau.system, login=accounts.login(" Ma.Jianguo "), name="马", unit="u")
    with pytest.raises(LoginTaken):
        accounts.make(bureau.application, bureau.system, login=accounts.login("ｍａ.jianguo"), name="马", unit="u")


@pytest.mark.parametrize("given", ["", " ", "ma jianguo", "ma\njianguo", "a" * 65, "ma/jianguo", "<b>"])
def test_a_login_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(LoginInvalid):
        accounts.login(given)


# Nobody who makes accounts reads as one of them.


def test_what_was_granted_rests_when_somebody_else_sets_the_password(bureau: Bureau) -> None:
    bureau.clerk("wang", CLERK)
    one_time = sessions.set_one_time(bureau.application, bureau.system, bureau.id("wang"))
    # Also when whoever set it signs in and changes it …
    tried = sessions.sign_in(bureau.application, login="wang", password=one_time, code=None, key=b"")
    assert tried.secret is not None
    with pytest.raises(PasswordNotOwn):
        grants.confirm(bureau.application, bureau.security, bureau.id("wang"))
    changed = sessions.change_password(
        bureau.application, secrets.digest(tried.secret), login="wang", old=one_time, new="贺兰山下果园成 塞北江南"
    )
    assert changed.secret is not None
    opened = principals.of_session(bureau.application, changed.secret)
    assert opened is not None
    assert opened[0].grants == ()
    # … until the security administrator has seen who it is.
    grants.confirm(bureau.application, bureau.security, bureau.id("wang"))
    opened = principals.of_session(bureau.application, changed.secret)
    assert opened is not None
    assert opened[0].grants == (CLERK,)


def test_what_was_granted_rests_when_another_house_begins_to_vouch_for_it(bureau: Bureau) -> None:
    bureau.clerk("wang", CLERK)
    identities.link(bureau.application, bureau.system, bureau.id("wang"), issuer="https://id", subject="1")
    tried = sessions.sign_in_as(bureau.application, issuer="https://id", subject="1")
    assert tried.secret is not None
    opened = principals.of_session(bureau.application, tried.secret)
    assert opened is not None
    assert opened[0].grants == ()


def test_a_new_holder_of_a_service_begins_without_the_old_ones_tokens_and_without_its_roles(bureau: Bureau) -> None:
    old, new = bureau.at_work("old"), bureau.at_work("new")
    service = accounts.make(
        bureau.application, bureau.system, login="oa", name="OA", unit="u", service=True, holder=bureau.id("old")
    )
    grants.give(bureau.application, bureau.security, service, CLERK)
    first = tokens.create(bureau.application, old, account=service, name="oa")
    accounts.change(bureau.application, bureau.system, service, name="OA", unit="u", holder=bureau.id("new"))
    assert principals.of_token(bureau.application, first) is None
    with pytest.raises(AccessNotYours):
        tokens.create(bureau.application, old, account=service, name="oa")
    second = principals.of_token(bureau.application, tokens.create(bureau.application, new, account=service, name="oa"))
    assert second is not None
    assert second.grants == ()


def test_a_holder_administers_nothing_and_is_a_person(bureau: Bureau) -> None:
    service = accounts.make(bureau.application, bureau.system, login="oa", name="OA", unit="u", service=True)
    for holder in (bureau.id("sysadmin"), service):
        with pytest.raises(HolderNotFit):
            accounts.make(
                bureau.application,
                bureau.system,
                login=f"x{uuid4().hex}",
                name="x",
                unit="u",
                service=True,
                holder=holder,
            )


@pytest.mark.parametrize("login", ["secadmin", "auditadmin", "sysadmin"])
def test_no_administrator_sets_an_administrators_password_or_lets_another_house_vouch_for_one(
    bureau: Bureau, login: str
) -> None:
    with pytest.raises(PasswordNotYoursToSet):
        sessions.set_one_time(bureau.application, bureau.system, bureau.id(login))
    with pytest.raises(IdentityNotFit):
        identities.link(bureau.application, bureau.system, bureau.id(login), issuer="https://id", subject="1")
