"""Sessions of the role that builds and keeps generations, and the locks that say which of them does what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

import psycopg
from psycopg.rows import TupleRow

from infra.database import projector_conninfo

Connection: TypeAlias = psycopg.Connection[TupleRow]

CONNECT_SECONDS = 10
IDLE_IN_TRANSACTION = "60s"
"""A process that was stopped in the middle of a transaction must not hold its locks for ever."""

LEADS = 7265, 1
BUILDS = 7266
COUNTS_CASES = 7267, 1
MAKES_SHADOWS = 7267, 2
"""Advisory locks, in two numbers each: who leads; with the number of a generation, who fills it; who makes a case or a shadow."""

TRANSIENT = (psycopg.OperationalError, psycopg.InterfaceError)
"""The connection is gone, or others were in the way (serialization, deadlock, lock timeout): the same again may do."""


def connect(url: str, **session: str) -> Connection:
    """A session of the projector, each statement its own transaction unless one is opened."""
    told = {"idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION, **session}
    return psycopg.connect(projector_conninfo(url, **told), autocommit=True, connect_timeout=CONNECT_SECONDS)


def try_lock(connection: Connection, first: int, second: int) -> bool:
    """Held until the session ends, also when it ends by `kill -9`."""
    return connection.execute("SELECT pg_try_advisory_lock(%s, %s)", [first, second]).fetchone() == (True,)


def unlock(connection: Connection, first: int, second: int) -> None:
    connection.execute("SELECT pg_advisory_unlock(%s, %s)", [first, second])


@contextmanager
def locked(connection: Connection, first: int, second: int) -> Iterator[bool]:
    """Whether the lock was free; if so it is held for the length of the block."""
    got = try_lock(connection, first, second)
    try:
        yield got
    finally:
        if got and not connection.closed:
            unlock(connection, first, second)


def is_held(connection: Connection, first: int, second: int) -> bool:
    """Whether any session of this database holds it; asks nobody to wait."""
    row = connection.execute(
        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s AND objid = %s"
        "  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
        [first, second],
    ).fetchone()
    return row == (True,)
