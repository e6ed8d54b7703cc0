"""What the application's own role may do about access: read what is no secret, and call functions that ask who it is for."""

from __future__ import annotations

from typing import LiteralString

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Identifier

from domain.access.policy import POLICY
from domain.access.rights import Right
from domain.access.roles import ADMINISTRATORS, Role
from infra.cluster import Urls

TABLES = (
    "accounts", "consoles", "grants", "identities", "passwords", "records", "second_factors", "secrets", "sessions", "tokens",
)  # fmt: skip
CHANGES: tuple[LiteralString, ...] = (
    "INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {} CASCADE", "COPY {} FROM STDIN",
    "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
)  # fmt: skip
CALLED = {
    "principal", "make_account", "change_account", "disable_account", "enable_account", "unlock_account", "confirm_account",
    "give", "take", "make_token", "revoke_token", "challenge", "set_one_time", "change_password", "begin_factor",
    "begun_factor", "confirm_factor", "remove_factor", "remove_factor_of", "sign_in", "sign_in_as", "sign_out",
    "end_sessions", "link", "unlink", "note", "review", "make_deputy", "end_deputy",
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_the_application_changes_no_table_of_access(module_database: Urls, table: str) -> None:
    for statement in CHANGES:
        with psycopg.connect(module_database.application) as application, pytest.raises(InsufficientPrivilege):
            application.execute(SQL(statement).format(Identifier("access", table)))


@pytest.mark.parametrize("table", ["consoles", "passwords", "second_factors", "secrets"])
def test_the_application_reads_no_secret(module_database: Urls, table: str) -> None:
    with psycopg.connect(module_database.application) as application, pytest.raises(InsufficientPrivilege):
        application.execute(SQL("SELECT 1 FROM {}").format(Identifier("access", table)))


@pytest.mark.parametrize("role", ["application", "owner", "superuser"])
@pytest.mark.parametrize(
    "change",
    ["UPDATE access.records SET login = 'x'", "DELETE FROM access.records", "TRUNCATE access.records CASCADE"],
)
def test_nobody_changes_a_record(module_database: Urls, role: str, change: str) -> None:
    with psycopg.connect(getattr(module_database, role)) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(change.encode())


def test_the_application_calls_these_functions_which_look_names_up_where_nobody_can_plant_one(
    module_database: Urls,
) -> None:
    with psycopg.connect(module_database.superuser) as superuser:
        found = superuser.execute(
            "SELECT p.proname, p.prosecdef, p.proconfig FROM pg_proc p WHERE p.pronamespace = 'access'::regnamespace"
            " AND p.prosecdef AND has_function_privilege('zhangtu_app', p.oid, 'EXECUTE')"
        ).fetchall()
    assert {name for name, *_ in found} >= CALLED
    assert {tuple(config) for *_, config in found} == {("search_path=pg_catalog, pg_temp",)}


@pytest.mark.parametrize(
    "call",
    [
        "access.asking('', NULL)",
        "access.record(NULL, 'role-given', NULL, NULL)",
        "access.open_session(gen_random_uuid(), 'password', '', NULL, NULL)",
        "access.rest(NULL, NULL)",
        "access.session_of('')",
        "access.try_password(NULL, '')",
        "access.count_failure(NULL)",
        "access.record_try(NULL, 'password', 'opened', NULL)",
    ],
)
def test_the_application_does_not_call_their_parts(module_database: Urls, call: str) -> None:
    with psycopg.connect(module_database.application) as application, pytest.raises(InsufficientPrivilege):
        application.execute(f"SELECT {call}".encode())


def test_the_application_notes_uses_and_refusals_and_makes_up_no_other_record(module_database: Urls) -> None:
    note = "SELECT access.note(%s, NULL, 'wang', 'session', NULL, '{}', NULL)"
    with psycopg.connect(module_database.application) as application:
        for what in ("used", "refused"):
            application.execute(note, [what])
        with pytest.raises(psycopg.Error, match="access-not-yours"):
            application.execute(note, ["role-given"])


def test_the_database_and_the_policy_mean_the_same_three_administrators() -> None:
    """Its functions ask for roles by name, where the policy asks for rights."""
    assert {role for role in Role if role.endswith("-administrator")} == ADMINISTRATORS
    for right, role in (
        (Right.ACCOUNTS, Role.SYSTEM_ADMINISTRATOR),
        (Right.GRANTS, Role.SECURITY_ADMINISTRATOR),
        (Right.RECORDS, Role.AUDIT_ADMINISTRATOR),
    ):
        assert [one for one in Role if right in POLICY[one].rights] == [role]
