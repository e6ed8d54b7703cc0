"""What an account may do, and where: the union of its grants, each in its own place; a token never adds to it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.policy import DECISIONS, KINDS, POLICY, commands_of
from domain.access.principal import EVERYWHERE, NOWHERE, WHOLE, Grant, Narrowed, Principal, Reach
from domain.access.rights import Right
from domain.access.roles import ADMINISTRATORS, Role
from domain.catalogue import COMMANDS
from domain.kernel.divisions import DIVISIONS

BUREAU = UUID(int=1)


def principal(*grants: Grant, narrowed: Narrowed = WHOLE) -> Principal:
    return Principal(account=UUID(int=9), login="li", unit="县机关事务管理局", grants=grants, narrowed=narrowed)


def test_a_county_lies_in_its_prefecture_and_not_beside_it() -> None:
    wuzhong = Grant(role=Role.LEADER, division="640300").reach
    assert wuzhong.has_division("640381")
    assert wuzhong.has_division("640300")
    assert not wuzhong.has_division("640000")
    assert not wuzhong.has_division("640400")


def test_a_grant_without_a_place_is_everywhere() -> None:
    assert Grant(role=Role.AUDITOR).reach is EVERYWHERE


def test_a_unit_is_no_division() -> None:
    assert not Grant(role=Role.UNIT_CLERK, unit=BUREAU).reach.has_division("640381")


def test_reaches_add_up() -> None:
    found = Reach(divisions=frozenset({"6403"})) | Reach(units=frozenset({BUREAU}))
    assert found == Reach(divisions=frozenset({"6403"}), units=frozenset({BUREAU}))
    assert found | EVERYWHERE == EVERYWHERE
    assert not NOWHERE


def test_without_grants_nothing_is_allowed() -> None:
    nobody = principal()
    assert not any(nobody.may(right) for right in Right)
    assert not any(nobody.may_read(kind) for kind in KINDS)
    assert not any(nobody.sends(key) for key in COMMANDS)
    assert not nobody.sight.kinds


def test_what_an_account_sees_is_what_its_grants_and_its_token_say_now() -> None:
    """What was made of other grants of the same account is not taken for it."""
    auditor, there = Grant(role=Role.AUDITOR), Grant(role=Role.AUDITOR, division="640381")
    assert principal(auditor).sight.everything
    assert principal(there).sight.of("rooms") == there.reach
    assert set(principal(auditor, narrowed=Narrowed(kinds=frozenset({"rooms"}))).sight.kinds) == {"rooms"}
    assert not principal().sight.kinds


def test_two_roles_do_not_lend_each_other_their_places() -> None:
    here, there = Grant(role=Role.DISPATCHER, division="640381"), Grant(role=Role.AUDITOR, division="640323")
    both = principal(here, there)
    assert both.where(Right.LOG) == there.reach
    assert both.reads("vehicles") == here.reach | there.reach
    assert both.sends("vehicles.refuel") == (here,)
    assert both.sight.masked == there.reach


def test_a_right_is_used_only_where_one_has_it() -> None:
    driver, auditor = Grant(role=Role.DRIVER, division="640381"), Grant(role=Role.AUDITOR, division="640323")
    following = principal(driver, auditor).under({Right.FEED})
    assert following is not None
    assert following.sight.of("vehicles") == auditor.reach
    assert principal(driver).under({Right.FEED}) is None


def test_rights_that_are_needed_together_are_had_in_one_place() -> None:
    finance, clerk = Grant(role=Role.FINANCE, division="640381"), Grant(role=Role.UNIT_CLERK, unit=BUREAU)
    assert principal(finance, clerk).under({Right.FEED, Right.PERSONAL}) is None


def test_who_needs_no_right_keeps_all_grants() -> None:
    clerk = principal(Grant(role=Role.UNIT_CLERK, unit=BUREAU))
    assert clerk.under(()) == clerk
    assert principal().under(()) == principal()


ROLES = st.sampled_from(list(Role))
GRANTS = st.builds(Grant, role=ROLES, division=st.none() | st.sampled_from(sorted(DIVISIONS)))
SOME = {
    "kinds": st.none() | st.frozensets(st.sampled_from(sorted(KINDS))),
    "rights": st.none() | st.frozensets(st.sampled_from(list(Right))),
    "commands": st.none() | st.frozensets(st.sampled_from(sorted(COMMANDS))),
}


@given(
    st.lists(GRANTS, max_size=4), st.builds(Narrowed, **SOME), st.frozensets(st.sampled_from(list(Right)), max_size=2)
)
def test_a_token_never_has_more_than_its_account(
    grants: list[Grant], narrowed: Narrowed, needed: frozenset[Right]
) -> None:
    account, token = principal(*grants), principal(*grants, narrowed=narrowed)
    assert all(token.where(right) in (NOWHERE, account.where(right)) for right in Right)
    assert all(token.reads(kind) in (NOWHERE, account.reads(kind)) for kind in KINDS)
    assert all(set(token.sends(key)) <= set(account.sends(key)) for key in list(COMMANDS)[::20])
    under = token.under(needed)
    assert under is None or all(under.may(right) for right in needed)


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_an_administrator_has_nothing_to_do_with_assets(role: Role) -> None:
    allowed = POLICY[role]
    assert not allowed.reads
    assert not commands_of(role)


def test_nobody_but_administrators_manages_accounts_grants_and_records() -> None:
    kept = {Right.ACCOUNTS, Right.GRANTS, Right.RECORDS, Right.OPERATE}
    assert not any(POLICY[role].rights & kept for role in Role if role not in ADMINISTRATORS)
    assert len([role for role in ADMINISTRATORS if Right.GRANTS in POLICY[role].rights]) == 1
    assert Right.ACCOUNTS not in POLICY[Role.SECURITY_ADMINISTRATOR].rights


def test_whoever_asks_does_not_decide() -> None:
    for role in Role:
        if role is not Role.APPROVER:
            assert not commands_of(role) & set(DECISIONS), role


@pytest.mark.parametrize("role", Role)
def test_a_role_sends_commands_only_to_kinds_that_it_reads(role: Role) -> None:
    """Else the answers of commands would tell what lists do not."""
    assert {key.partition(".")[0] for key in commands_of(role)} <= POLICY[role].reads


@pytest.mark.parametrize("role", Role)
def test_every_pattern_of_the_policy_names_commands(role: Role) -> None:
    for pattern in (*POLICY[role].commands, *POLICY[role].but):
        kind, _, name = pattern.partition(".")
        assert pattern in COMMANDS or (name == "*" and any(key.startswith(f"{kind}.") for key in COMMANDS)), pattern


def test_every_command_can_be_sent_by_somebody() -> None:
    assert {key for role in Role for key in commands_of(role)} == COMMANDS.keys()


def test_two_units_are_two_places() -> None:
    assert Grant(role=Role.UNIT_CLERK, unit=uuid4()).reach != Grant(role=Role.UNIT_CLERK, unit=uuid4()).reach
