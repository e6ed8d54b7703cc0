"""The way to a database: is this server fit for us, and the pools that the application and the owner work through."""

from __future__ import annotations

from typing import TypeAlias

import msgspec
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow
from psycopg.types.json import set_json_loads
from psycopg_pool import ConnectionPool

from infra.problems import Problem
from infra.settings import Settings

OLDEST_VERSION = 150000
OLDEST_POSTGIS = (3, 0)
APPLICATION_ROLE = "zhangtu_app"
PROJECTOR_ROLE = "zhangtu_projector"
EVERYTHING_ROLE = "zhangtu_everything"
ROLES = (APPLICATION_ROLE, PROJECTOR_ROLE, EVERYTHING_ROLE)
CONNECT_SECONDS = 10

Pool: TypeAlias = ConnectionPool[psycopg.Connection[TupleRow]]


class ServerUnreachable(Problem):
    zh = "连不上数据库 {address}：{reason}\n请检查服务器是否运行、地址和口令是否正确（ZHANGTU_DATABASE_URL）。"
    en = "Cannot reach the database {address}: {reason}\nCheck that the server runs and that ZHANGTU_DATABASE_URL has the right address and password."


class ServerTooOld(Problem):
    zh = "数据库版本 {found} 太旧，需要 PostgreSQL 15 或更新。请升级服务器，或不设 ZHANGTU_DATABASE_URL 以使用自带的数据库。"
    en = "The database is version {found}; PostgreSQL 15 or newer is needed. Upgrade it, or unset ZHANGTU_DATABASE_URL to use the private one."


class ServerReadOnly(Problem):
    zh = "数据库是只读副本。请把 ZHANGTU_DATABASE_URL 指向主库。"
    en = "The database is a read-only replica. Point ZHANGTU_DATABASE_URL at the primary."


class EncodingNotUtf8(Problem):
    zh = "数据库编码是 {found}，需要 UTF8。请新建：CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;"
    en = "The database's encoding is {found}; UTF8 is needed. Make a new one: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0;"


class PostgisMissing(Problem):
    zh = "服务器没有安装 PostGIS 3（现有：{found}）。请在服务器上安装，例如 apt-get install postgresql-{major}-postgis-3。"
    en = "The server has no PostGIS 3 (found: {found}). Install it there, for example: apt-get install postgresql-{major}-postgis-3."


class RightsMissing(Problem):
    zh = "数据库用户 {user} 缺少权限。请数据库管理员在库 {database} 中执行：\n{statements}"
    en = (
        "The database user {user} lacks rights. Ask the administrator to run, in the database {database}:\n{statements}"
    )


def application_conninfo(url: str) -> str:
    """The address for the application: whoever logs in acts with the rights of `zhangtu_app` and no others."""
    given = conninfo_to_dict(url)
    named = make_conninfo(url, application_name=given.get("application_name") or "zhangtu")
    if given.get("user") == APPLICATION_ROLE:
        return named
    return make_conninfo(named, options=f"{given.get('options') or ''} -c role={APPLICATION_ROLE}".strip())


def projector_conninfo(url: str, **session: str) -> str:
    """The address for whoever builds and keeps generations: rights to read the log, and to own what is made from it.

    `session` are settings of the server for each session. Those that a value's text depends on are always the same, so that
    a generation can be compared and written down byte by byte.
    """
    told = {"role": PROJECTOR_ROLE, "timezone": "UTC", "datestyle": "ISO,YMD", "extra_float_digits": "1"}
    told |= {"bytea_output": "hex", "intervalstyle": "postgres", "search_path": "public", **session}
    given = conninfo_to_dict(url).get("options") or ""
    options = " ".join([str(given), *(f"-c {name}={value}" for name, value in told.items())]).strip()
    return make_conninfo(url, application_name=PROJECTOR_ROLE, options=options)


def application_pool(settings: Settings) -> Pool:
    """The pool that serves requests; closed until its owner opens it."""
    return ConnectionPool(
        application_conninfo(settings.application_url),
        min_size=settings.pool_min_size,
        max_size=settings.pool_max_size,
        configure=_reads_json,
        name="application",
        open=False,
    )


def _reads_json(connection: psycopg.Connection[TupleRow]) -> None:
    """Several times as fast as the standard library's way; long lists are full of it."""
    set_json_loads(msgspec.json.decode, connection)


def owner_pool(settings: Settings) -> Pool:
    """A small pool with the owner's rights, for tokens and upkeep; closed until its owner opens it."""
    return ConnectionPool(settings.owner_url, min_size=0, max_size=2, name="owner", open=False)


def check_owner(url: str) -> None:
    """Raise the first Problem that would stop migrations: nothing is changed by looking."""
    with _connect(url) as connection:
        check_version(connection.info.server_version)
        _check_kind(connection)
        missing = [*_check_postgis(connection), *_owner_statements(connection)]
        if missing:
            raise _rights(connection, missing)


def check_application(url: str) -> None:
    """After migrations: can the application's login take on its role?"""
    with _connect(url) as connection:
        row = connection.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [APPLICATION_ROLE]).fetchone()
        if row != (True,):
            login = connection.info.user
            raise _rights(connection, [f'GRANT {APPLICATION_ROLE} TO "{login}";'])
    with _connect(application_conninfo(url)):
        pass


def check_projector(url: str) -> None:
    """After migrations: can the owner's login take on the role that builds generations?"""
    with _connect(url) as connection:
        row = connection.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [PROJECTOR_ROLE]).fetchone()
        if row != (True,):
            raise _rights(connection, [f'GRANT {PROJECTOR_ROLE} TO "{connection.info.user}";'])


def check_version(number: int) -> None:
    """`number` as the server reports it: 150004 is 15.4."""
    if number < OLDEST_VERSION:
        raise ServerTooOld(found=f"{number // 10000}.{number % 10000}")


def _connect(url: str) -> psycopg.Connection[TupleRow]:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS)
    except psycopg.OperationalError as error:
        raise ServerUnreachable(address=address(url), reason=str(error).strip()) from error


def address(url: str) -> str:
    """The address without its password, fit to be shown."""
    given = conninfo_to_dict(url)
    host = given.get("host") or "localhost"
    return f"{given.get('user') or ''}@{host}:{given.get('port') or 5432}/{given.get('dbname') or ''}"


def _check_kind(connection: psycopg.Connection[TupleRow]) -> None:
    row = connection.execute("SELECT pg_is_in_recovery(), current_setting('server_encoding')").fetchone()
    recovering, encoding = row or (False, "UTF8")
    if recovering:
        raise ServerReadOnly
    if encoding != "UTF8":
        raise EncodingNotUtf8(found=encoding)


def _check_postgis(connection: psycopg.Connection[TupleRow]) -> list[str]:
    """The statement that a user with more rights must run, if PostGIS is there but not in this database."""
    row = connection.execute(
        "SELECT coalesce(installed_version, default_version), installed_version IS NOT NULL,"
        "       (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        "  FROM pg_available_extensions WHERE name = 'postgis'"
    ).fetchone()
    found, installed, superuser = row or ("–", False, False)
    if row is None or _numbers(found) < OLDEST_POSTGIS:
        raise PostgisMissing(found=found, major=connection.info.server_version // 10000)
    return [] if installed or superuser else ["CREATE EXTENSION postgis;"]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())


def _owner_statements(connection: psycopg.Connection[TupleRow]) -> list[str]:
    row = connection.execute(
        "SELECT has_database_privilege(current_database(), 'CREATE'),"
        "       has_database_privilege(current_database(), 'CREATE WITH GRANT OPTION'), rolsuper OR rolcreaterole,"
        "       ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY(%s)),"
        "       EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND has_database_privilege(oid, current_database(), 'CREATE'))"
        "  FROM pg_roles WHERE rolname = current_user",
        [list(ROLES), PROJECTOR_ROLE],
    ).fetchone()
    may_create, may_grant, may_make_roles, there, projector_may_create = row or (False, False, False, [], False)
    user, database = connection.info.user, connection.info.dbname
    statements = [] if may_create else [f'GRANT CREATE ON DATABASE "{database}" TO "{user}";']
    # Whoever cannot hand the right on needs the role made and given it by someone who can.
    helped = not (may_grant or projector_may_create)
    for role in ROLES:
        if role not in there and (not may_make_roles or (helped and role == PROJECTOR_ROLE)):
            member = APPLICATION_ROLE if role == EVERYTHING_ROLE else user
            statements += [f"CREATE ROLE {role};", f'GRANT {role} TO "{member}";']
    return statements + ([f'GRANT CREATE ON DATABASE "{database}" TO {PROJECTOR_ROLE};'] if helped else [])


def _rights(connection: psycopg.Connection[TupleRow], statements: list[str]) -> RightsMissing:
    shown = "\n".join(f"  {statement}" for statement in statements)
    return RightsMissing(user=connection.info.user, database=connection.info.dbname, statements=shown)
