"""Row-level security over the tables of a generation: the application's role sees what its transaction declared, and no more.

Two policies a table: one lets in, and one, of the application's role alone, takes away again all that is not in sight. So
`zhangtu_everything`, as which the application reads for those who may see all, has nothing to look up for any row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from projections import jurisdiction
from projections.statistics import SHARED
from projections.tables import Table

_OF_KIND: Final = ("history", "search", "map", "cells")
"""Tables in which a column says of which kind the thing is."""

ADDED_UP: Final = "pyramid"
"""Here nothing tells one thing from another: a kind is shown to those who see all of it, and to nobody else."""

WHERE_IT_IS: Final = ("map", "cells")
FACETS_OF_PLACE: Final = ("parking", "parking_name", "destination")


def statements(table: Table, application: str, everything: str) -> Iterator[str]:
    name = f'"{table.name}"'
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"CREATE POLICY readers ON {name} FOR SELECT TO {application}, {everything} USING (true)"
    yield f"CREATE POLICY in_sight ON {name} AS RESTRICTIVE FOR SELECT TO {application} USING ({in_sight(table)})"


def in_sight(table: Table) -> str:
    """SQL: this row may be seen. What is true of a whole statement is asked once, as a query of its own."""
    if table.name == ADDED_UP:
        kinds = {kind: [kind, *(["masked"] if kind == "vehicles" else [])] for kind in jurisdiction.TIES}
        return _case(
            "kind",
            {kind: " AND ".join(f"(SELECT access.whole('{key}'))" for key in keys) for kind, keys in kinds.items()},
        )
    seen = f"(SELECT access.whole('complete')) OR {_seen(table.name)}"
    hidden = "asset IN (SELECT unnest(hidden()))"
    if table.name in WHERE_IT_IS:
        return f"({seen}) AND ((SELECT access.whole('masked')) OR kind <> 'vehicles' OR NOT {hidden})"
    if table.name == "timelines":
        return f"({seen}) AND ((SELECT access.whole('masked')) OR facet <> ALL ('{{{','.join(FACETS_OF_PLACE)}}}') OR NOT {hidden})"
    return seen


def _seen(table: str) -> str:
    if table in jurisdiction.TIES:
        return _of_kind(table)
    if table in _OF_KIND:
        return _by("kind", {kind: (kind,) for kind in jurisdiction.TIES})
    if table == "shares":
        return _by("of", SHARED)
    return " OR ".join(_of_kind(kind) for kind in jurisdiction.TIES)


def _by(column: str, words: dict[str, tuple[str, ...]]) -> str:
    return _case(column, {word: _of_kind(kind) for kind, said in words.items() for word in said})


def _case(column: str, conditions: dict[str, str]) -> str:
    cases = [f"WHEN {column} = '{word}' THEN {condition}" for word, condition in conditions.items()]
    return f"CASE {' '.join(cases)} ELSE false END"


def _of_kind(kind: str) -> str:
    return f"asset IN (SELECT unnest(seen_{kind}()))"
