"""A server of the user's own: everything that may be wrong with it is told before anything is changed."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from infra.cluster import Urls
from infra.database import (
    EncodingNotUtf8,
    RightsMissing,
    ServerTooOld,
    ServerUnreachable,
    application_conninfo,
    application_pool,
    check_application,
    check_owner,
    check_version,
    owner_pool,
)
from infra.migrations import DatabaseFromTheFuture, migrate, newest
from infra.settings import Settings
from tests.databases import Server
from tests.stores import rows


@pytest.fixture
def bare_database(cluster: Server) -> Iterator[Urls]:
    """A database without PostGIS and without anything of ours."""
    with cluster.new_database(template="template0") as urls:
        yield urls


def _execute(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def test_a_server_older_than_15_is_told_so() -> None:
    check_version(150000)
    with pytest.raises(ServerTooOld) as raised:
        check_version(140011)
    assert "14.11" in raised.value.message_zh


def test_an_unreachable_server_is_told_so_without_its_password() -> None:
    with pytest.raises(ServerUnreachable) as raised:
        check_owner("postgresql://someone:geheim@127.0.0.1:1/registry")
    assert "127.0.0.1:1/registry" in raised.value.message_zh
    assert "geheim" not in raised.value.message_en


def test_a_database_that_does_not_exist_is_told_so(cluster: Server) -> None:
    with pytest.raises(ServerUnreachable):
        check_owner(cluster.database_urls("nowhere").owner)


def test_a_database_without_postgis_gets_the_statement_that_is_missing(bare_database: Urls) -> None:
    with pytest.raises(RightsMissing) as raised:
        check_owner(bare_database.owner)
    assert "CREATE EXTENSION postgis;" in raised.value.message_en


def test_a_user_without_rights_gets_the_statement_that_is_missing(database: Urls) -> None:
    with pytest.raises(RightsMissing) as raised:
        check_owner(database.application)
    assert 'TO "zhangtu_app";' in raised.value.message_en
    assert "GRANT CREATE ON DATABASE" in raised.value.message_en


def test_a_superuser_may_bring_an_empty_database_to_this_version(bare_database: Urls) -> None:
    check_owner(bare_database.superuser)
    migrate(bare_database.superuser)
    check_application(bare_database.superuser)


def test_a_database_in_another_encoding_is_refused(cluster: Server) -> None:
    admin = cluster.database_urls("postgres").superuser
    _execute(admin, "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    try:
        with pytest.raises(EncodingNotUtf8):
            check_owner(cluster.database_urls("latin").superuser)
    finally:
        _execute(admin, "DROP DATABASE latin WITH (FORCE)")


def test_a_login_that_may_not_act_as_the_application_gets_the_grant(database: Urls) -> None:
    with pytest.raises(RightsMissing) as raised:
        check_application(database.owner)
    assert "GRANT zhangtu_app TO" in raised.value.message_en


def test_whoever_logs_in_acts_as_the_application(database: Urls) -> None:
    with psycopg.connect(application_conninfo(database.superuser)) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("zhangtu_app",)


def test_options_of_the_address_survive_the_change_of_role() -> None:
    options = conninfo_to_dict(application_conninfo("postgresql://u@h/d?options=-c%20jit%3Doff"))["options"]
    assert options == "-c jit=off -c role=zhangtu_app"


def test_a_migrated_database_has_the_newest_revision_and_is_known_by_it(database: Urls) -> None:
    """Or every start would load what migrates, only to find that nothing is due."""
    assert {
        version for (version,) in rows(database.owner, "SELECT version_num FROM zhangtu_meta.alembic_version")
    } == newest()


def test_migrating_twice_is_migrating_once(database: Urls) -> None:
    migrate(database.owner)


def test_a_database_of_a_newer_version_is_left_alone(database: Urls) -> None:
    _execute(database.owner, "UPDATE zhangtu_meta.alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseFromTheFuture):
        migrate(database.owner)


def test_the_pools_connect_when_opened_and_not_before(database: Urls) -> None:
    settings = Settings().with_database(application=database.application, owner=database.owner)
    for pool, role in ((application_pool(settings), "zhangtu_app"), (owner_pool(settings), "zhangtu_owner")):
        assert pool.closed
        with pool, pool.connection() as connection:
            assert connection.execute("SELECT current_user").fetchone() == (role,)
