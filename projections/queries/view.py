"""A view opened for one question: which generation answers, at which moment, as known when.

The whole question sees one snapshot: rows and position belong together, and a swap in the middle changes nothing. It sees what
is in sight of whoever asks: every query names its tables by `View.of`, and the database shows no others (`projections/windows.py`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

import psycopg
from psycopg.rows import DictRow, dict_row

from domain.access.principal import Sight
from infra.database import Pool
from projections.queries.own_scopes import State, told
from projections.queries.seen import called, seen
from projections.queries.sight import DECLARED, declared

Connection: TypeAlias = psycopg.Connection[Any]

WAIT_SECONDS = 5.0
"""How long a question waits for the view to reach the position it asks for."""
LOOK_SECONDS = 0.02


class ViewMissing(Exception):
    """There is no such view to read: none is live yet, or no case has this name."""

    def __init__(self, case: str | None) -> None:
        super().__init__(case)
        self.case = case


class ViewBehind(Exception):
    """The view did not reach the position asked for in time."""

    def __init__(self, after: int, position: int) -> None:
        super().__init__(after, position)
        self.after, self.position = after, position


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which view, at which moment, as known when, by whom. `known` is a moment, a position, or None: all that the view knows."""

    sight: Sight
    at: datetime | None = None
    known: datetime | int | None = None
    case: str | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class View:
    """One generation in one snapshot, as far as it is in sight. What is named without a schema the search path leads to."""

    connection: Connection
    schema: str
    position: int
    at: datetime
    known: int | None
    sight: Sight
    few: bool = False
    """So little is in sight that a query begins with that."""

    def of(self, table: str, alias: str = "", *kinds: str) -> str:
        """SQL for FROM: a table or view of the generation, or the part of it that is in sight.

        `kinds`: of which kinds the things asked about are, where that is known; a table of one kind says so itself.
        """
        return seen(self.schema, self.sight, table, alias, kinds, few=self.few)

    def called(self, kind: str, alias: str) -> str:
        """SQL for FROM: what things of a kind are called; units and places also where they themselves are out of sight."""
        return called(self.schema, self.sight, kind, alias, few=self.few)

    @property
    def axes(self) -> dict[str, Any]:
        """The parameters that `held` speaks of."""
        return {"at": self.at} if self.known is None else {"at": self.at, "known": self.known}

    def held(self, alias: str = "") -> str:
        """SQL: this version held at the moment, as known at the position. Its parameters are `axes`."""
        return held_sql(alias, everything=self.known is None)

    def known_sql(self, alias: str = "") -> str:
        """SQL: this row, of one axis only, was known at the position."""
        row = f"{alias}." if alias else ""
        if self.known is None:
            return f"{row}until IS NULL"
        return f"{row}since <= %(known)s::bigint AND ({row}until IS NULL OR {row}until > %(known)s::bigint)"

    def rows(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, prepare: bool | None = None
    ) -> list[DictRow]:
        """`prepare` False: planned anew each time, because what is best depends on the parameters."""
        with self.connection.cursor(row_factory=dict_row) as cursor:
            asked = {**self.axes, **(parameters or {})}
            return cursor.execute(statement.encode(), asked, prepare=prepare).fetchall()

    def one(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, prepare: bool | None = None
    ) -> DictRow | None:
        return next(iter(self.rows(statement, parameters, prepare=prepare)), None)


def held_sql(alias: str = "", *, everything: bool, at: str = "at", known: str = "known") -> str:
    """The rule of both axes as SQL (see `projections/tiling.py`): parameters are cast, or small numbers hide the index."""
    row = f"{alias}." if alias else ""
    moment, position = f"%({at})s::timestamptz", f"%({known})s::bigint"
    if everything:
        return f"{row}until IS NULL AND {row}begins <= {moment} AND {row}ends > {moment}"
    return (
        f"{row}since <= {position} AND ({row}until IS NULL OR {row}until > {position}) AND {row}begins <= {moment}"
        f" AND CASE WHEN {row}cut > {position} THEN {row}ended ELSE {row}ends END > {moment}"
    )


# In a case it is decided as on its last day who may see what.
JURISDICTION_OF: Final = (
    "CASE WHEN role = 'case' THEN (SELECT recorded_at FROM log.events e WHERE e.position = g.position) END"
)
IS_ASKED_FOR: Final = (
    "state = 'ready' AND CASE WHEN %(case)s::text IS NULL THEN role = 'live' ELSE role = 'case' AND name = %(case)s END"
)
"""SQL: this row of the catalogue is that of the view that is asked for."""
_CHOOSE: Final = f"""
    SELECT schema, position, at, version, moment, set_config('search_path', schema || ',public', true), {DECLARED}
      FROM (SELECT schema, position, at, xmin::text AS version, coalesce({JURISDICTION_OF}, %(now)s::timestamptz) AS moment
              FROM reading.generations g
             WHERE {IS_ASKED_FOR}) chosen"""  # noqa: S608 -- constants


@contextmanager
def opened(pool: Pool, asked: Asked) -> Iterator[View]:
    """The view that was asked for, for the length of a block; waits, bounded, where a position is asked for."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        with pool.connection() as connection:
            view = chosen(connection, asked)
            if asked.after is None or view.position >= asked.after:
                yield view
                return
        if time.monotonic() >= deadline:
            raise ViewBehind(asked.after, view.position)
        time.sleep(LOOK_SECONDS)


def chosen(connection: Connection, asked: Asked) -> View:
    """Begins the snapshot: the choice of the generation is its first statement. All of it takes one round trip."""
    now = datetime.now(UTC)
    with connection.pipeline():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        found = connection.execute(_CHOOSE.encode(), {"case": asked.case, "now": now, **declared(asked.sight)})
    row = found.fetchone()
    if row is None:
        raise ViewMissing(asked.case)
    schema, position, at, version, moment = row[:5]
    known = _position(connection, asked.known)
    if known is not None and known >= position:
        known = None
    few = told(connection, State(schema=schema, version=version, moment=moment), asked.sight)
    return View(connection, schema, position, asked.at or at or now, known, asked.sight, few)


def shape(pool: Pool, case: str | None) -> str | None:
    """Of what definition the tables of a view are (`projections/generations/definition.py`)."""
    statement = f"SELECT shape FROM reading.generations WHERE {IS_ASKED_FOR}"  # noqa: S608 -- a constant
    with pool.connection() as connection:
        row = connection.execute(statement.encode(), {"case": case}).fetchone()
    return None if row is None else row[0]


def _position(connection: Connection, known: datetime | int | None) -> int | None:
    if not isinstance(known, datetime):
        return known
    row = connection.execute("SELECT log.position_at(%s)", [known]).fetchone()
    return None if row is None else row[0]
