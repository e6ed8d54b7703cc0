"""Positions read: the latest of vehicles, and the way of one. Who may see them is the business of whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import psycopg

from infra.positions.keeping import array
from infra.positions.terms import Fix, Mark

Connection: TypeAlias = psycopg.Connection[Any]

_PLACE: Final = "ST_X(point), ST_Y(point)"
_FIX: Final = f"vehicle::text, at, received_at, system, x, y, {_PLACE}, speed, heading, altitude, accuracy, marks"
_LATEST: Final = (
    f"SELECT vehicle::text, at, received_at, {_PLACE}, speed, heading, accuracy, marks FROM telemetry.latest"  # noqa: S608 -- constants
)
_SAMPLED: Final = f"""
    SELECT DISTINCT ON (vehicle, stretch) vehicle::text, extract(epoch FROM at - %(since)s::timestamptz)::float8, {_PLACE}
      FROM (SELECT *, floor(extract(epoch FROM at) / %(seconds)s::int) AS stretch FROM telemetry.positions
             WHERE vehicle = ANY(%(vehicles)s::uuid[]) AND at >= %(since)s AND at < %(until)s AND point IS NOT NULL
               AND (%(known)s::timestamptz IS NULL OR received_at <= %(known)s::timestamptz)
               AND NOT marks && '{{future,null-island,out-of-range,outside}}') p
     ORDER BY vehicle, stretch, at"""  # noqa: S608 -- constants
_BY_NAME: Final = {str(mark): mark for mark in Mark}


# What came in on a day may have been measured on the day before, or by a clock that is ahead.
_RECEIVED: Final = (
    f"SELECT source, {_FIX} FROM telemetry.positions WHERE vehicle = ANY(%(vehicles)s::uuid[])"  # noqa: S608 -- constants
    " AND at >= %(since)s::timestamptz - interval '1 day' AND at < %(since)s::timestamptz + interval '10 days'"
    " AND received_at >= %(since)s::timestamptz AND received_at < %(since)s::timestamptz + interval '1 day' ORDER BY vehicle, at, x, y"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Of which vehicle, from when until when; `known`: what was received by then only."""

    vehicle: str
    since: datetime
    until: datetime
    known: datetime | None = None


def latest_of(connection: Connection, vehicles: Iterable[str]) -> dict[str, Fix]:
    rows = connection.execute(f"{_LATEST} WHERE vehicle = ANY(%s::uuid[])".encode(), [array(vehicles)])
    return {row[0]: latest(row) for row in rows}


def moved_since(connection: Connection, cursor: int | None) -> tuple[int, list[Fix]]:
    """The latest of all that moved in transactions which were not over at the cursor, and the next cursor.

    Some may be told twice, none is left out, in whatever order transactions end.
    """
    row = connection.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint").fetchone()
    condition = "" if cursor is None else " WHERE moved >= %s::text::xid8"
    rows = connection.execute(f"{_LATEST}{condition}".encode(), [] if cursor is None else [str(cursor)])
    return (row or (0,))[0], [latest(one) for one in rows]


def latest(row: tuple[Any, ...]) -> Fix:
    vehicle, at, received, longitude, latitude, speed, heading, accuracy, marks = row
    return Fix(
        vehicle=vehicle, at=at, received_at=received, system="EPSG:4490", x=longitude, y=latitude, longitude=longitude,
        latitude=latitude, speed=speed, heading=heading, accuracy=accuracy, marks=tuple(map(_BY_NAME.__getitem__, marks)),
    )  # fmt: skip


def way(connection: Connection, asked: Way, most: int) -> list[Fix]:
    """In order of the device's clock, each as it was received."""
    rows = connection.execute(
        f"SELECT {_FIX} FROM telemetry.positions WHERE vehicle = %s AND at >= %s AND at <= %s"  # noqa: S608 -- constants
        " AND (%s::timestamptz IS NULL OR received_at <= %s::timestamptz) ORDER BY at, x, y, system LIMIT %s".encode(),
        [asked.vehicle, asked.since, asked.until, asked.known, asked.known, most],
    )
    return [_fix(row) for row in rows]


def _fix(row: tuple[Any, ...]) -> Fix:
    vehicle, at, received, system, x, y, longitude, latitude, speed, heading, altitude, accuracy, marks = row
    return Fix(
        vehicle=vehicle, at=at, received_at=received, system=system, x=x, y=y, longitude=longitude, latitude=latitude,
        speed=speed, heading=heading, altitude=altitude, accuracy=accuracy,
        marks=tuple(map(_BY_NAME.__getitem__, marks)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One position of each of these vehicles in each stretch of so many seconds; `known`: of what was received by then only."""

    vehicles: Sequence[str]
    since: datetime
    seconds: int
    known: datetime | None = None


def sampled(connection: Connection, day: Day) -> Iterator[tuple[str, float, float, float]]:
    """Vehicle, second of the day, longitude and latitude, in order of vehicle and time; misplaced ones left out."""
    asked = {"vehicles": list(day.vehicles), "since": day.since, "until": day.since + timedelta(days=1)}
    with connection.cursor(name="sampled") as cursor:
        cursor.itersize = 20_000
        yield from cursor.execute(_SAMPLED.encode(), {**asked, "seconds": day.seconds, "known": day.known})


def received(connection: Connection, vehicles: Iterable[str], since: datetime) -> list[tuple[str, Fix]]:
    """What was received of these in the day that begins at a moment, each with who sent it: by vehicle, in order of the device's clock."""
    rows = connection.execute(_RECEIVED.encode(), {"vehicles": list(vehicles), "since": since})
    return [(row[0], _fix(row[1:])) for row in rows]
