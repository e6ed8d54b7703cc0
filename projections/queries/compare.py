"""Two views side by side, each at its moment, as known at its position: what is only in one, and what is otherwise.

Both are read in one snapshot (`projections/queries/beside.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from projections.places import SHOWN
from projections.queries.beside import on_side
from projections.queries.history import known_position
from projections.queries.question import Question
from projections.queries.view import View, held_sql


@dataclass(frozen=True, slots=True)
class Sides:
    """The two views that are compared; on one connection, in one snapshot."""

    a: View
    b: View

    @property
    def later(self) -> View:
        """The one that knows more of the log."""
        return self.a if known_position(self.a) > known_position(self.b) else self.b


# Lines: the facets of things -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """What a facet of a thing is at a side, and which event states it."""

    value: Any
    stated: int


Lines = dict[tuple[str, str], Held]
"""By facet and member."""

_LINES = "SELECT asset, facet, member, coalesce(value, to_json(ref)) AS value, stated FROM {timelines} WHERE asset = ANY(%(ids)s::uuid[]) AND {held}"


def lines(view: View, ids: Sequence[UUID]) -> dict[UUID, Lines]:
    """What holds of these things at a side; a thing that is not there has none."""
    found: dict[UUID, Lines] = {}
    with on_side(view):
        for row in view.rows(
            _LINES.format(timelines=view.of("timelines", "t"), held=view.held("t")), {"ids": list(ids)}
        ):
            found.setdefault(row["asset"], {})[row["facet"], row["member"]] = Held(row["value"], row["stated"])
    return found


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A facet that is not the same on both sides."""

    facet: str
    member: str
    a: Held | None
    b: Held | None
    caused_by: list[int]


def otherwise(a: Lines, b: Lines, causes: dict[tuple[str, str], list[int]]) -> list[Otherwise]:
    """The facets that differ. Where no event between says so, a time ran out that one of these two events had set."""
    found = []
    for line in sorted(a.keys() | b.keys()):
        left, right = a.get(line), b.get(line)
        if (left.value if left else None) != (right.value if right else None):
            stated = sorted({one.stated for one in (left, right) if one is not None})
            found.append(Otherwise(*line, left, right, causes.get(line) or stated))
    return found


# Causes: the events between ----------------------------------------------------------------------------------------------

_BETWEEN = """
SELECT h.asset, h.position, c.value ->> 0 AS facet, c.value ->> 1 AS member
  FROM {history} CROSS JOIN LATERAL json_array_elements(h.changes) c
       CROSS JOIN LATERAL (SELECT (c.value ->> 4)::timestamptz AS start) said
 WHERE h.asset = ANY(%(ids)s::uuid[]) AND h.position <= %(last)s::bigint AND said.start <= %(to)s::timestamptz
   AND (h.position > %(first)s::bigint
        OR said.start > %(from)s::timestamptz AND (h.overtaken IS NULL OR h.overtaken > %(first)s::bigint))
 ORDER BY h.position
"""


def causes(sides: Sides, ids: Sequence[UUID]) -> dict[UUID, dict[tuple[str, str], list[int]]]:
    """By thing, facet and member: the events recorded between the two positions, or of effect between the two moments."""
    known = sorted((known_position(sides.a), known_position(sides.b)))
    moments = sorted((sides.a.at, sides.b.at))
    window = {"first": known[0], "last": known[1], "from": moments[0], "to": moments[1]}
    found: dict[UUID, dict[tuple[str, str], list[int]]] = {}
    for view in (sides.later, sides.a if sides.later is sides.b else sides.b):
        missing = [id for id in ids if id not in found]
        with on_side(view):
            for row in (
                view.rows(_BETWEEN.format(history=view.of("history", "h")), {"ids": missing, **window})
                if missing
                else ()
            ):
                said = found.setdefault(row["asset"], {}).setdefault((row["facet"], row["member"]), [])
                said.append(row["position"])
    return found


# Sets: which things are on which side ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two as SQL speaks of it in a query over both."""

    name: str
    view: View

    def of(self, table: str, alias: str, *kinds: str) -> str:
        return self.view.of(table, alias, *kinds)

    def held(self, alias: str) -> str:
        everything = self.view.known is None
        return held_sql(alias, everything=everything, at=f"{self.name}_at", known=f"{self.name}_known")

    def given(self, parameter: str) -> str:
        return f"%({self.name}_{parameter})s"

    @property
    def newest(self) -> str:
        """SQL: the last position that is known on this side; past all that there can be where nothing is left out."""
        return f"coalesce({self.given('known')}::bigint, 9223372036854775806)"


Condition = Callable[[Side], str]
"""SQL about a row `r` of one side."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which things of each kind belong to what is compared, with the parameters of each side.

    `places`: where a thing lies is part of it; lists do not show that.
    """

    conditions: dict[str, Condition]
    a: dict[str, Any]
    b: dict[str, Any]
    places: bool = False

    def only(self, kinds: Collection[str] | None) -> Scope:
        if kinds is None:
            return self
        return replace(self, conditions={kind: one for kind, one in self.conditions.items() if kind in kinds})


@dataclass(frozen=True, slots=True)
class Different:
    """A thing that is not the same on both sides of a comparison."""

    kind: str
    id: UUID
    in_a: bool
    in_b: bool


def different(
    sides: Sides,
    scope: Scope,
    columns: dict[str, Sequence[str]],
    beyond: tuple[str, UUID] | None,
    limit: int | None,
    at_once: int | None = None,
) -> Generator[list[Different]]:
    """By kind, in the order of the scope, then id: those that are on one side only, or show something else there.

    Some at a time; they are to be closed, for they stay in the database until they are asked for.
    """
    kinds = list(scope.conditions)
    left = limit
    for kind in kinds[kinds.index(beyond[0]) if beyond else 0 :]:
        after = beyond[1] if beyond and beyond[0] == kind else None
        with _of_kind(sides, scope, kind, columns[kind], after, left).stream(at_once) as batches:
            for rows in batches:
                left = None if left is None else left - len(rows)
                yield [Different(kind, row["asset"], row["in_a"], row["in_b"]) for row in rows]
        if left == 0:
            return


def counted(sides: Sides, scope: Scope, columns: dict[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Of each kind: how many are only in a, only in b, otherwise, and the same."""
    return [{"kind": kind, **_counted(sides, scope, kind, columns[kind])} for kind in scope.conditions]


def _of_kind(
    sides: Sides, scope: Scope, kind: str, columns: Sequence[str], after: UUID | None, limit: int | None
) -> Question:
    return Question(
        sides.a,
        f"SELECT asset, in_a, in_b FROM ({_joined(sides, scope, kind, columns)}) j WHERE NOT same"  # noqa: S608 -- constants of the code
        " AND (%(after)s::uuid IS NULL OR asset > %(after)s::uuid) ORDER BY asset LIMIT %(limit)s",
        _parameters(sides, scope) | {"after": after, "limit": limit},
    )


def _counted(sides: Sides, scope: Scope, kind: str, columns: Sequence[str]) -> dict[str, int]:
    return sides.a.rows(
        "SELECT count(*) FILTER (WHERE in_a AND NOT in_b) AS only_a, count(*) FILTER (WHERE in_b AND NOT in_a) AS only_b,"  # noqa: S608 -- likewise
        " count(*) FILTER (WHERE in_a AND in_b AND NOT same) AS otherwise, count(*) FILTER (WHERE same) AS same"
        f" FROM ({_joined(sides, scope, kind, columns)}) j",
        _parameters(sides, scope),
    )[0]


def _joined(sides: Sides, scope: Scope, kind: str, columns: Sequence[str]) -> str:
    shown = ", ".join(f'r."{column}"' for column in columns)
    a, b = (
        f"SELECT r.asset, ROW({shown}{_place(scope, side, kind)}) AS shown FROM {side.of(kind, 'r')}"  # noqa: S608 -- likewise
        f" WHERE {side.held('r')} AND ({scope.conditions[kind](side)})"
        for side in _sides(sides)
    )
    return (
        "SELECT coalesce(a.asset, b.asset) AS asset, a.asset IS NOT NULL AS in_a, b.asset IS NOT NULL AS in_b,"  # noqa: S608 -- likewise
        " a.asset IS NOT NULL AND b.asset IS NOT NULL AND a.shown IS NOT DISTINCT FROM b.shown AS same"
        f" FROM ({a}) a FULL JOIN ({b}) b ON a.asset = b.asset"
    )


def _place(scope: Scope, side: Side, kind: str) -> str:
    if not scope.places or kind not in SHOWN:
        return ""
    return (
        f", (SELECT m.shape::bytea FROM {side.of('map', 'm', kind)} WHERE m.asset = r.asset AND"  # noqa: S608 -- likewise
        f" m.valid @> {side.given('at')}::timestamptz AND m.known @> {side.newest} LIMIT 1)"
    )


def _parameters(sides: Sides, scope: Scope) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for side, own in zip(_sides(sides), (scope.a, scope.b), strict=True):
        axes = {"at": side.view.at, "known": side.view.known}
        given |= {f"{side.name}_{name}": value for name, value in (axes | own).items()}
    return given


def _sides(sides: Sides) -> tuple[Side, Side]:
    return Side("a", sides.a), Side("b", sides.b)
