"""What a fresh private server is given: the owner, the roles that serve and that build, one database, and PostGIS in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psycopg
from psycopg import sql

DATABASE = "zhangtu"
OWNER = "zhangtu_owner"
APPLICATION = "zhangtu_app"
PROJECTOR = "zhangtu_projector"
EVERYTHING = "zhangtu_everything"
SUPERUSER = "postgres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Urls:
    """How to reach one database in each role. `superuser` is for provisioning and tests only."""

    application: str
    owner: str
    superuser: str


def urls(sockets: Path, database: str = DATABASE) -> Urls:
    def url(role: str) -> str:
        return f"postgresql://{role}@/{quote(database)}?host={quote(str(sockets), safe='')}"

    return Urls(application=url(APPLICATION), owner=url(OWNER), superuser=url(SUPERUSER))


def provision(sockets: Path) -> Urls:
    """Bring a server to the state above; every step may have been done already, also half of them."""
    with psycopg.connect(urls(sockets, SUPERUSER).superuser, autocommit=True) as connection:
        _create_roles(connection)
        create_database(connection, DATABASE)
    found = urls(sockets)
    with psycopg.connect(found.superuser, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_extension WHERE extname = 'postgis'").fetchone():
            connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    return found


def create_database(
    connection: psycopg.Connection,
    name: str,
    template: str = "template0",
    *,
    strategy: Literal["WAL_LOG", "FILE_COPY"] = "WAL_LOG",
) -> None:
    """A database of the owner that nobody but the two roles may enter; generations may be made in it.

    `FILE_COPY` is quicker where nothing is waited for on the disk.
    """
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    names = {
        "name": sql.Identifier(name),
        "owner": sql.Identifier(OWNER),
        "application": sql.Identifier(APPLICATION),
        "projector": sql.Identifier(PROJECTOR),
    }
    create = sql.SQL(f"CREATE DATABASE {{name}} OWNER {{owner}} TEMPLATE {{template}} STRATEGY {strategy}")
    connection.execute(create.format(template=sql.Identifier(template), **names))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC").format(**names))
    connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {application}").format(**names))
    # Rights on a database do not come with the template, so the migration that gives this one is not enough.
    connection.execute(sql.SQL("GRANT CREATE ON DATABASE {name} TO {projector}").format(**names))


def _create_roles(connection: psycopg.Connection) -> None:
    logins = {OWNER: "LOGIN", APPLICATION: "LOGIN", PROJECTOR: "NOLOGIN", EVERYTHING: "NOLOGIN"}
    for role, login in logins.items():
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(login)))
    # Who builds generations logs in as the owner and takes on this role: also on a server of the user's own. The application
    # takes on the other one to read for those who may see everything.
    for role, member in ((PROJECTOR, OWNER), (EVERYTHING, APPLICATION)):
        if connection.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [member, role]).fetchone() != (True,):
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(member)))
