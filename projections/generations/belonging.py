"""Keeps who things belong to at the head of the log (`projections/belongings.py`): by what changed, and what belongs by way of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, LiteralString, TypeAlias
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

from projections.belongings import BY_WAY, TIES, select

Connection: TypeAlias = psycopg.Connection[TupleRow]

_BY_WAY_OF: Final = {tie.to for ties in BY_WAY.values() for tie in ties}


def belong(connection: Connection, schema: str, rows: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Rows of things were written: theirs are made anew, and those of what belongs by way of things whose own changed."""
    changed: dict[str, list[UUID]] = {}
    for kind in TIES:
        touched = {row[0] for row in rows.get(kind, ())}
        touched.update(_by_way(connection, schema, kind, changed))
        if touched:
            found = connection.execute(_statement(schema, kind), {"ids": list(touched)}).fetchall()
            if found and kind in _BY_WAY_OF:
                changed[kind] = [row[0] for row in found]


def _by_way(connection: Connection, schema: str, kind: str, changed: Mapping[str, list[UUID]]) -> Iterable[UUID]:
    for other in {tie.to for tie in BY_WAY[kind]}:
        if ids := changed.get(other):
            # More may be in these rows than belong now: to look at one in vain changes nothing.
            statement = f"SELECT DISTINCT asset FROM {schema}.timelines WHERE ref = ANY(%s)"  # noqa: S608 -- a name of ours
            yield from (row[0] for row in connection.execute(statement.encode(), [ids]))


_ANEW: LiteralString = """
    WITH made AS MATERIALIZED ({select}),
         gone AS (DELETE FROM {schema}.belongings b
                   WHERE b.asset = ANY(%(ids)s) AND b.kind = '{kind}'
                     AND NOT EXISTS (SELECT FROM made m WHERE (m.asset, m.scope, m.bond) = (b.asset, b.scope, b.bond))
                  RETURNING b.asset),
         come AS (INSERT INTO {schema}.belongings AS b (asset, kind, bond, scope, ends) SELECT * FROM made
                      ON CONFLICT (asset, scope, bond) DO UPDATE SET ends = excluded.ends WHERE b.ends <> excluded.ends
                  RETURNING b.asset)
    SELECT asset FROM gone UNION SELECT asset FROM come"""


@cache
def _statement(schema: str, kind: str) -> bytes:
    """Answers with the things that belong otherwise than before."""
    rows = f"(SELECT * FROM {schema}.{kind} WHERE asset = ANY(%(ids)s))"  # noqa: S608 -- names of the code
    return _ANEW.format(select=select(kind, rows, f"{schema}.belongings"), schema=schema, kind=kind).encode()
