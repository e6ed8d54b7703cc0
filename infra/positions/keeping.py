"""Positions written down: by COPY, each once, with the latest of each vehicle in the same transaction."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeAlias

import msgspec
import psycopg
from psycopg.errors import UniqueViolation

from infra.positions.terms import Fix

Connection: TypeAlias = psycopg.Connection[Any]

BEIJING: Final = timedelta(hours=8)
AHEAD: Final = 3
"""For how many days partitions are made before they come."""

_COLUMNS: Final = "vehicle, at, received_at, system, x, y, point, speed, heading, altitude, accuracy, marks, source"
_ADD: Final = (
    f"INSERT INTO telemetry.positions ({_COLUMNS})"  # noqa: S608 -- constants
    " SELECT u.v::uuid, u.a::timestamptz, u.r::timestamptz, u.s, u.x::float8, u.y::float8, u.p::geometry, u.sp::real, u.h::real,"
    " u.al::real, u.ac::real, u.m::text[], u.so FROM unnest(" + ", ".join(["%s::text[]"] * 13) + ")"
    " AS u(v, a, r, s, x, y, p, sp, h, al, ac, m, so) ON CONFLICT DO NOTHING"
)
_LATEST: Final = """
    INSERT INTO telemetry.latest (vehicle, at, received_at, point, speed, heading, accuracy, marks)
    SELECT u.v::uuid, u.a::timestamptz, u.r::timestamptz, u.p::geometry, u.sp::real, u.h::real, u.ac::real, u.m::text[]
      FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
           AS u(v, a, r, p, sp, h, ac, m)
     ORDER BY u.v
        ON CONFLICT (vehicle) DO UPDATE SET at = excluded.at, received_at = excluded.received_at, point = excluded.point,
           speed = excluded.speed, heading = excluded.heading, accuracy = excluded.accuracy, marks = excluded.marks,
           moved = excluded.moved
     WHERE latest.at < excluded.at"""

NOTHING: Final = str(None)
"""As Python says it: what has no value is written down without being asked."""
_POINT: Final = struct.Struct("<BIIdd")


def keep(connection: Connection, fixes: Sequence[Fix], source: str) -> int:
    """All of them or none; how many were not there before. Acknowledge them after the transaction, not within it."""
    text = text_of(fixes, source)
    with connection.transaction():
        try:
            with connection.transaction():
                copy(connection, text)
            added = len(fixes)
        except UniqueViolation:
            added = _add(connection, text)
        _note_latest(connection, fixes)
    return added


def copy(connection: Connection, text: str, table: str = "telemetry.positions") -> None:
    statement = f"COPY {table} ({_COLUMNS}) FROM STDIN (NULL '{NOTHING}')"
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as target:
        target.write(text)


def _add(connection: Connection, text: str) -> int:
    """The slower way, where some were reported before."""
    rows = [[None if cell == NOTHING else cell for cell in line.split("\t")] for line in text.splitlines()]
    return connection.execute(_ADD.encode(), [list(column) for column in zip(*rows, strict=True)]).rowcount


def text_of(fixes: Sequence[Fix], source: str) -> str:
    """Lines that COPY takes. A login has no characters that would have to be escaped, and nothing else is free text."""
    moments = zip(fixes, _moments([fix.at for fix in fixes]), _moments([fix.received_at for fix in fixes]), strict=True)
    return "".join(
        [
            f"{fix.vehicle}\t{at}\t{received}\t{fix.system}\t{fix.x!r}\t{fix.y!r}\t{_point(fix)}\t"
            f"{fix.speed!r}\t{fix.heading!r}\t{fix.altitude!r}\t{fix.accuracy!r}\t{_marks(fix)}\t{source}\n"
            for fix, at, received in moments
        ]
    )


def _moments(moments: Sequence[datetime]) -> list[str]:
    """All written down at once: one by one they would take longer than all the rest of a line."""
    return msgspec.json.encode(moments).decode()[2:-2].split('","')


def _point(fix: Fix) -> str:
    """EWKB in EPSG:4490."""
    if fix.longitude is None or fix.latitude is None:
        return NOTHING
    return _POINT.pack(1, 0x20000001, 4490, fix.longitude, fix.latitude).hex()


def _marks(fix: Fix) -> str:
    return "{" + ",".join(fix.marks) + "}" if fix.marks else "{}"


def _note_latest(connection: Connection, fixes: Iterable[Fix]) -> None:
    """In the order of their ids, so that two batches never wait for each other."""
    newest: dict[str, Fix] = {}
    for fix in fixes:
        if not fix.is_misplaced and (fix.vehicle not in newest or newest[fix.vehicle].at < fix.at):
            newest[fix.vehicle] = fix
    if newest:
        connection.execute(_LATEST.encode(), list(_columns(list(newest.values()))))


def _columns(fixes: Sequence[Fix]) -> Iterator[str]:
    yield array([fix.vehicle for fix in fixes])
    yield array(_moments([fix.at for fix in fixes]))
    yield array(_moments([fix.received_at for fix in fixes]))
    yield array(map(_point, fixes))
    for figure in ("speed", "heading", "accuracy"):
        yield array("NULL" if value is None else repr(value) for value in (getattr(fix, figure) for fix in fixes))
    yield array(f'"{_marks(fix)}"' for fix in fixes)


def array(cells: Iterable[str]) -> str:
    """As PostgreSQL writes it: of ids and numbers, in which nothing has to be escaped. To escape them takes longer than all the rest."""
    return f"{{{','.join(cells)}}}"


def day_of(at: datetime) -> date:
    """As on a calendar in Beijing."""
    return (at.astimezone(UTC) + BEIJING).date()


def make_days(connection: Connection, days: Iterable[date]) -> None:
    """So that what is copied finds its day. By a function of the owner's: the application makes no tables."""
    for day in sorted(days):
        connection.execute("SELECT telemetry.make_day(%s)", [day])


def days_ahead(now: datetime) -> Iterator[date]:
    yield from (day_of(now) + timedelta(days=more) for more in range(AHEAD + 1))


def forget(connection: Connection, before: date) -> int:
    """Days before this one are gone; never what is younger than half a year."""
    row = connection.execute("SELECT telemetry.forget(%s)", [before]).fetchone()
    return 0 if row is None else int(row[0])
