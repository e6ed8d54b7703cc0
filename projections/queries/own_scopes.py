"""Which scopes a caller's reaches make their own: asked of a generation once for each of its states, and told to every transaction.

It takes the database some milliseconds, which every page would pay several times. A state is a version of the generation's row in
the catalogue, which is written with whatever changes its rows; it holds until the next unit begins to belong elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

import psycopg

from domain.access.principal import Sight
from projections.queries.memory import Memory
from projections.queries.sight import declared

Connection: TypeAlias = psycopg.Connection[Any]

FEW: Final = 1_000
"""Of what things belong to: to look at each row costs some microseconds, so it pays where one in hundreds is in sight."""

_MEMORY: Final = Memory(most=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A generation as a transaction found it; `moment` decides where things belong."""

    schema: str
    version: str
    moment: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Scopes:
    """The scopes of each reach, in the order of their numbers, as an array in text; whether `few` things are in them."""

    by_reach: list[str]
    few: bool
    since: datetime
    until: datetime | None


_ASK: Final = """
    SELECT ARRAY(SELECT {schema}.scopes(r.reach)::text FROM unnest(access.declared('reaches')::text[])
                   WITH ORDINALITY AS r(reach, number) ORDER BY r.number),
           (SELECT count(*) < {few} FROM (SELECT FROM {schema}.gathered LIMIT {few}) AS found),
           (SELECT e.until FROM {schema}.scopes_end e)"""
_TELL: Final = """
    SELECT count(set_config('zhangtu.' || %(schema)s::text || '_scopes_' || r.number, r.scopes, true))
      FROM unnest(%(scopes)s::text[]) WITH ORDINALITY AS r(scopes, number)"""


def told(connection: Connection, state: State, sight: Sight) -> bool:
    """Tells the transaction, which declared this sight, its scopes; whether they hold few things."""
    if not sight.is_partial:
        return False
    info, said = connection.info, declared(sight)
    key = (info.host, info.port, info.dbname, state.schema, state.version, *said["settings"], *said["values"])
    known = _MEMORY.recalled(key, lambda found, _: _holds(found, state.moment), lambda: _asked(connection, state))
    connection.execute(_TELL, {"schema": state.schema, "scopes": known.by_reach})
    return known.few


def _holds(known: Scopes, moment: datetime) -> bool:
    return known.since <= moment and (known.until is None or moment < known.until)


def _asked(connection: Connection, state: State) -> Scopes:
    row = connection.execute(_ASK.format(schema=state.schema, few=FEW).encode()).fetchone()
    if row is None:
        raise LookupError("a SELECT without FROM has a row")
    by_reach, few, until = row
    return Scopes(by_reach=by_reach, few=few, since=state.moment, until=until)
