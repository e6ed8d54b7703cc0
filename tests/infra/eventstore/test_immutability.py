"""What is recorded stays: whoever asks, and however."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from infra.cluster import Urls
from tests.stores import Store, established, raw_append, rows

UPDATE = "UPDATE log.events SET topic = 'x'"
CHANGES = {
    "update": UPDATE,
    "update of nothing": UPDATE + " WHERE false",
    "delete": "DELETE FROM log.events",
    "delete of nothing": "DELETE FROM log.events WHERE position = -1",
    "truncate": "TRUNCATE log.events",
    "truncate cascade": "TRUNCATE log.events CASCADE",
    "merge": "MERGE INTO log.events e USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
    "upsert": "INSERT INTO log.events SELECT * FROM log.events ON CONFLICT (position) DO UPDATE SET topic = 'x'",
}
INSERT = "INSERT INTO log.events VALUES (99, now(), gen_random_uuid(), 1, 't', '', '', gen_random_uuid(), 0, 1)"


@pytest.fixture(scope="module", autouse=True)
def recorded(store: Store) -> Iterator[None]:
    """Something to tamper with; it must be the same at the end."""
    unit = uuid4()
    store.append(established(unit))
    before = store.recorder.events_of(unit)
    yield
    assert store.recorder.events_of(unit) == before


@pytest.fixture
def urls(module_database: Urls) -> dict[str, str]:
    return {
        "application": module_database.application,
        "owner": module_database.owner,
        "superuser": module_database.superuser,
    }


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("role", ["application", "owner", "superuser"])
def test_no_role_changes_or_deletes_an_event(urls: dict[str, str], role: str, change: str) -> None:
    with psycopg.connect(urls[role]) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(change.encode())


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_replaying_as_a_replica_does_not_switch_the_refusal_off(urls: dict[str, str], change: str) -> None:
    with psycopg.connect(urls["superuser"]) as connection:
        connection.execute("SET session_replication_role = replica")
        with pytest.raises(InsufficientPrivilege):
            connection.execute(change.encode())


def test_the_application_may_not_replay_as_a_replica(urls: dict[str, str]) -> None:
    with psycopg.connect(urls["application"]) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute("SET session_replication_role = replica")


def test_the_application_inserts_by_the_function_only(urls: dict[str, str]) -> None:
    with psycopg.connect(urls["application"]) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(INSERT)


@pytest.mark.parametrize(
    "change",
    [
        "COPY log.events FROM STDIN",
        "ALTER TABLE log.events DISABLE TRIGGER ALL",
        "ALTER TABLE log.events DISABLE TRIGGER events_are_immutable",
        "DROP TRIGGER events_are_immutable ON log.events",
        "DROP TABLE log.events CASCADE",
        "CREATE RULE quietly AS ON INSERT TO log.events DO INSTEAD NOTHING",
        "CREATE OR REPLACE FUNCTION log.refuse_change() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
        "CREATE TABLE log.mine (a int)",
        "CREATE TABLE public.mine (a int)",
        "CREATE SCHEMA mine",
        "LOCK TABLE log.events IN ACCESS EXCLUSIVE MODE",
        "INSERT INTO log.claims VALUES ('plate', 'x', gen_random_uuid())",
        "DELETE FROM log.claims",
        "UPDATE log.holdings SET until = now()",
        "DELETE FROM log.endings",
        "UPDATE vault.person_keys SET key = 'x', destroyed_at = NULL",
        "DELETE FROM vault.person_keys",
        "TRUNCATE vault.person_keys",
        "GRANT ALL ON log.endings TO zhangtu_app; INSERT INTO log.endings VALUES (gen_random_uuid(), now())",
        "SELECT log.check_streams('{}', '{}')",
        "SELECT log.check_conditions('{}')",
        "SELECT log.check_holdings('{}')",
        "SELECT log.keep_conditions('{\"erased\": []}')",
        "SET ROLE zhangtu_owner",
        "SET SESSION AUTHORIZATION zhangtu_owner",
        "SET ROLE postgres",
    ],
)
def test_the_application_is_refused(urls: dict[str, str], change: str) -> None:
    with psycopg.connect(urls["application"]) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(change.encode())


def test_whoever_logs_in_for_the_application_has_no_more_rights_than_it(store: Store, module_database: Urls) -> None:
    found = rows(
        module_database.superuser,
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,"
        " ARRAY(SELECT roleid::regrole::text FROM pg_auth_members m WHERE m.member = r.oid)"
        " FROM pg_roles r WHERE rolname = 'zhangtu_app'",
    )
    # The other role reads what the application reads, past the reach of one account, and writes nothing.
    assert found == [(False, False, False, False, False, ["zhangtu_everything"])]
    assert rows(store.conninfo, "SELECT current_user::text") == [("zhangtu_app",)]


SCHEMAS = "('log', 'vault', 'access', 'reading')"
RIGHTS = {
    *(
        ("access", table, "SELECT")
        for table in ("accounts", "deputies", "grants", "identities", "records", "sessions", "tokens", "uploads")
    ),
    ("access", "uploads", "INSERT"),
    ("log", "claims", "SELECT"),
    ("log", "endings", "SELECT"),
    ("log", "events", "SELECT"),
    ("log", "holdings", "SELECT"),
    ("reading", "chunks", "SELECT"),
    ("reading", "generations", "SELECT"),
    ("reading", "parked", "SELECT"),
    ("vault", "person_keys", "INSERT"),
    ("vault", "person_keys", "SELECT"),
}


def test_the_application_has_exactly_these_rights_on_tables(module_database: Urls) -> None:
    found = rows(
        module_database.superuser,
        "SELECT table_schema, table_name, privilege_type FROM information_schema.table_privileges"  # noqa: S608 -- constants only
        f" WHERE table_schema IN {SCHEMAS} AND grantee IN ('zhangtu_app', 'PUBLIC')",
    )
    assert {tuple(row) for row in found} == RIGHTS


def test_the_role_that_reads_everything_writes_nothing(module_database: Urls) -> None:
    found = rows(
        module_database.superuser,
        "SELECT DISTINCT privilege_type FROM information_schema.table_privileges WHERE grantee = 'zhangtu_everything'",
    )
    assert found == [("SELECT",)]


def test_the_application_has_no_rights_on_single_columns_beyond_those_of_the_tables(module_database: Urls) -> None:
    found = rows(
        module_database.superuser,
        "SELECT DISTINCT table_schema, table_name, privilege_type FROM information_schema.column_privileges"  # noqa: S608 -- constants only
        f" WHERE table_schema IN {SCHEMAS} AND grantee IN ('zhangtu_app', 'PUBLIC')",
    )
    assert {tuple(row) for row in found} == RIGHTS


def test_the_application_may_use_the_schemas_and_create_nothing_in_them(module_database: Urls) -> None:
    found = rows(
        module_database.superuser,
        "SELECT nspname, has_schema_privilege('zhangtu_app', oid, 'USAGE'),"  # noqa: S608 -- constants only
        f" has_schema_privilege('zhangtu_app', oid, 'CREATE') FROM pg_namespace WHERE nspname IN {SCHEMAS} ORDER BY 1",
    )
    assert found == [(name, True, False) for name in ("access", "log", "reading", "vault")]


def test_the_application_may_append_ask_for_a_position_and_be_refused_and_call_nothing_else(
    module_database: Urls,
) -> None:
    found = rows(
        module_database.superuser,
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"  # noqa: S608 -- constants only
        f" WHERE n.nspname IN {SCHEMAS} AND n.nspname <> 'access'"
        " AND has_function_privilege('zhangtu_app', p.oid, 'EXECUTE') ORDER BY 1",
    )
    assert found == [("append",), ("position_at",), ("refuse_change",)]


def test_functions_of_the_log_look_names_up_where_nobody_can_plant_one(module_database: Urls) -> None:
    """`pg_temp` is searched first unless it is named: last, so that a temporary table shadows nothing."""
    found = rows(
        module_database.superuser,
        "SELECT p.proname, p.prosecdef, p.proconfig FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname = 'log' AND p.proname <> 'refuse_change' ORDER BY 1",
    )
    pinned = ["search_path=pg_catalog, pg_temp"]
    assert found == [
        ("append", True, pinned),
        ("check_conditions", False, pinned),
        ("check_holdings", False, pinned),
        ("check_streams", False, pinned),
        ("keep_conditions", False, pinned),
        ("position_at", False, pinned),
    ]


def test_a_temporary_table_of_the_caller_shadows_nothing_that_append_uses(own_store: Store) -> None:
    with psycopg.connect(own_store.conninfo) as connection:
        connection.execute("CREATE TEMPORARY TABLE events (LIKE log.events)")
        connection.execute("CREATE TEMPORARY TABLE jsonb_to_recordset (a int)")
        assert raw_append(connection, (uuid4(), '{"read": []}', [(uuid4(), 1)])) == [("recorded", 1, None)]
        assert connection.execute("SELECT count(*) FROM pg_temp.events").fetchall() == [(0,)]
    assert own_store.recorder.head() == 1


def test_the_refusal_says_what_to_do_in_both_languages(urls: dict[str, str]) -> None:
    with psycopg.connect(urls["owner"]) as connection, pytest.raises(InsufficientPrivilege) as refused:
        connection.execute(UPDATE)
    assert "record a correction instead" in (refused.value.diag.message_primary or "")
    assert "请登记更正" in (refused.value.diag.message_hint or "")
