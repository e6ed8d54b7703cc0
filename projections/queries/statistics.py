"""Figures at a moment, as known at a position, broken down as asked; and for each of them the rows that it was made from.

Both ask the same rows with the same conditions, so that the drill-down of a figure adds up to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from projections.queries import idle
from projections.queries.question import Question
from projections.queries.statistics_subjects import DIMENSIONS, Dimension, Measure, Subject
from projections.queries.view import View
from projections.statistics import OF_THINGS

MOST_DIMENSIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """What of a subject: by dimension the values that count (None: those without one), and units with all below them."""

    subject: Subject
    values: Mapping[str, Sequence[str | UUID]] = field(default_factory=dict)
    none: frozenset[str] = frozenset()
    subtree: bool = False
    """Whether the units chosen count with all below them."""
    idle_before: datetime | None = None
    """Only what has lain idle since this moment at least."""


Group: TypeAlias = tuple[Any, ...]
"""The values of the dimensions that were asked for, in their order."""
Figures: TypeAlias = dict[str, Decimal | int]
"""By measure."""


def broken_down(view: View, which: Which, by: Sequence[str]) -> tuple[Figures, dict[Group, Figures]]:
    """The figures of all, and those of each group; what can be added up from the groups is not asked for twice."""
    if not by:
        return figures(view, which, ())[()], {}
    groups = figures(view, which, by)
    own = {name: one for name, one in which.subject.measures.items() if one.each or "branch" in by}
    totals = {name: one.nothing for name, one in which.subject.measures.items()}
    for told in groups.values():
        totals |= {name: totals[name] + value for name, value in told.items() if name not in own}
    return totals | (figures(view, which, (), own)[()] if own else {}), groups


def figures(view: View, which: Which, by: Sequence[str], only: Collection[str] | None = None) -> dict[Group, Figures]:
    """The figures of each group; with no dimension, of the one group of all. `only`: these measures."""
    above = _above(view, which) if "branch" in by else {}
    wanted = {name: one for name, one in which.subject.measures.items() if only is None or name in only}
    nothing = {name: one.nothing for name, one in wanted.items()}
    sums: dict[Group, dict[str, Any]] = {} if by else {(): dict(nothing)}
    for kind in dict.fromkeys(kind for one in wanted.values() for kind in one.adds):
        measures = {name: one for name, one in wanted.items() if kind in one.adds}
        statement = _counted(view, which, by, kind, measures)
        # Binary: thousands of ids and numbers are read several times as quickly as their texts.
        found = view.connection.cursor(binary=True).execute(statement.encode(), {**view.axes, **_parameters(which)})
        for row in found:
            for group in _groups(by, row[: len(by)], above):
                _add(sums.setdefault(group, dict(nothing)), zip(measures, row[len(by) :], strict=True))
    return {group: {name: _counted_up(value) for name, value in told.items()} for group, told in sums.items()}


def _add(told: dict[str, Any], row: Iterable[tuple[str, Any]]) -> None:
    """A number is added, somebody is added to those who are there."""
    for name, value in row:
        if isinstance(value, UUID):
            told[name] = told[name] or set()
            told[name].add(value)
        elif value is not None:
            told[name] += value


def _counted_up(value: Any) -> Decimal | int:
    return len(value) if isinstance(value, set) else value


def _groups(by: Sequence[str], group: Group, above: Mapping[UUID, Sequence[UUID]]) -> Iterator[Group]:
    """The group itself, or with branches those of the unit and of all above it."""
    if "branch" not in by:
        yield group
        return
    place = list(by).index("branch")
    for unit in above.get(group[place], [group[place]] if group[place] is None else []):
        yield (*group[:place], unit, *group[place + 1 :])


def _above(view: View, which: Which) -> dict[UUID, list[UUID]]:
    """Of each unit: itself and the units above it as they stood; only those that were chosen, or are below one of them."""
    units = f"SELECT asset, parent FROM {view.of('units')} WHERE {view.held()}"  # noqa: S608 -- the axes, as SQL of ours
    parents = dict(view.connection.execute(units.encode(), view.axes))
    found = {unit: list(_up(unit, parents)) for unit in parents}
    chosen = set(which.values.get("unit", ()))
    within = {unit for unit, line in found.items() if not chosen or chosen.intersection(line)}
    return {unit: [one for one in line if one in within] for unit, line in found.items()}


def _up(unit: UUID, parents: Mapping[UUID, UUID | None]) -> Iterator[UUID]:
    seen = set[UUID | None]([None])  # units are never above themselves, but a past day's parents were told on many days
    next: UUID | None = unit
    while next is not None and next not in seen:
        yield next
        seen.add(next)
        next = parents.get(next)


def _counted(view: View, which: Which, by: Sequence[str], kind: str, measures: Mapping[str, Measure]) -> str:
    """One kind after the other: each needs few of the joins, and is added up without sorting those of another."""
    groups = [f"{DIMENSIONS[name].of(kind)} AS {name}" for name in by]
    columns = [*groups, *(f'{measure.sql(kind)} AS "={name}"' for name, measure in measures.items())]
    select = f"{', '.join(columns)} {_rows(view, which, kind, columns)}"
    grouped = f" GROUP BY {', '.join(str(number) for number, _ in enumerate(by, 1))}" if by else ""
    if not any(measure.each for measure in measures.values()):
        return f"{_with(view)} SELECT {select}{grouped}"
    if "branch" in by:  # somebody may sit with two units of one branch: who is the same must be known further on
        return f"{_with(view)} SELECT DISTINCT {select}"
    counts = ", ".join(f'count("={name}")' for name in measures)
    return f"{_with(view)} SELECT {', '.join([*by, counts])} FROM (SELECT DISTINCT {select}) AS each{grouped}"  # noqa: S608 -- texts of the code


@dataclass(frozen=True, slots=True)
class Page:
    """Where a list goes on: after this kind, thing and line; and how many rows."""

    after: tuple[str, UUID, str] | None = None
    limit: int | None = None


def rows(view: View, which: Which, measure: str | None, page: Page) -> Question:
    """The rows behind the figures; or behind one of them, and then `amount` is what each adds to it."""
    chosen = None if measure is None else which.subject.measures[measure]
    kinds = which.subject.kinds if chosen is None else tuple(chosen.adds)
    union = " UNION ALL ".join(_listed(view, which, kind, chosen) for kind in kinds)
    where, parameters = "", {**_parameters(which), "limit": page.limit}
    if page.after is not None:
        where = "WHERE (kind, asset, line) > (%(after_kind)s::text, %(after_asset)s::uuid, %(after_line)s::text)"
        parameters |= dict(zip(("after_kind", "after_asset", "after_line"), page.after, strict=True))
    statement = f"{_with(view)} SELECT * FROM ({union}) AS counted {where} ORDER BY kind, asset, line LIMIT %(limit)s"  # noqa: S608 -- texts of the code
    return Question(view, statement, parameters)


def many(view: View, which: Which, measure: str) -> int:
    """How many rows there are behind a figure."""
    statement, parameters = things(view, which, measure)
    row = view.one(f"SELECT count(*) AS n FROM ({statement}) AS counted", parameters)  # noqa: S608 -- texts of the code
    return 0 if row is None else int(row["n"])


def things(view: View, which: Which, measure: str) -> tuple[str, dict[str, Any]]:
    """SQL: the `asset` of each row behind a figure; and its parameters."""
    chosen = which.subject.measures[measure]
    union = " UNION ALL ".join(_listed(view, which, kind, chosen) for kind in chosen.adds)
    return f"{_with(view)} SELECT asset FROM ({union}) AS counted", _parameters(which)  # noqa: S608 -- texts of the code


_PLAIN = ("kind", "asset", "label", "person", "idle", "area", "value", "quantity", "posts")
_LINE = "concat_ws('/', f.person, f.unit, f.rank, f.category)"
"""What tells apart the rows of one thing: who sits in a room, which units share a building."""


def _listed(view: View, which: Which, kind: str, measure: Measure | None) -> str:
    shown = [f"{DIMENSIONS[name].of(kind)} AS {name}" for name in which.subject.dimensions if name != "branch"]
    amount = "NULL" if measure is None or measure.each else measure.adds[kind]
    columns = [*(f"f.{name}" for name in _PLAIN), f"{_LINE} AS line", *shown, f"({amount})::numeric AS amount"]
    only = measure.where if measure is not None else ""
    where = f" AND ({only})" if only else ""
    return f"SELECT {', '.join(columns)} {_rows(view, which, kind, [*columns, where])}{where}"


def _with(view: View) -> str:
    """Units as they stood, and those below the chosen ones; PostgreSQL makes only what the question speaks of."""
    return f"""
        WITH RECURSIVE standing AS (SELECT asset, parent FROM {view.of("units")} WHERE {view.held()}),
        below (unit) AS (
            SELECT unnest(%(unit)s::uuid[])
             UNION SELECT asset FROM below JOIN standing ON parent = unit)"""  # noqa: S608 -- the axes, as SQL of ours


_JOINS = {
    "b": ("buildings", "building"),
    "u": ("units", "unit"),
    "w": ("warehouses", "warehouse"),
    "p": ("people", "person"),
}
"""What is joined where something of it is spoken of: by alias the table, and the column that names its row."""


def _rows(view: View, which: Which, kind: str, spoken: Sequence[str]) -> str:
    """FROM and WHERE: the rows that count, with what other things say of them at the same moment."""
    conditions = [view.held("f"), *_conditions(view, which, kind)]
    words = " ".join([*spoken, *conditions])
    joins = [_join(view, alias) for alias in _JOINS if re.search(rf"\b{alias}\.", words)]
    return f"FROM {view.of(f'figures_{kind}', 'f')} {' '.join(joins)} WHERE {' AND '.join(conditions)}"


def _join(view: View, alias: str) -> str:
    table, column = _JOINS[alias]
    return f"LEFT JOIN {view.of(table, alias)} ON {alias}.asset = f.{column} AND {view.held(alias)}"


def _conditions(view: View, which: Which, kind: str) -> Iterator[str]:
    if which.subject.where:
        yield which.subject.where
    if which.idle_before is not None:
        yield f"f.idle AND {idle.since_long(view, OF_THINGS.get(kind, kind))}"
    for name in sorted({*which.values, *which.none}):
        yield f"({_condition(which, DIMENSIONS[name], kind)})"


def _condition(which: Which, dimension: Dimension, kind: str) -> str:
    sql = dimension.of(kind)
    of = [f"{sql} IS NULL"] if dimension.name in which.none else []
    if dimension.name == "unit" and which.subtree:
        of.append("f.unit IN (SELECT unit FROM below)")
    elif which.values.get(dimension.name):
        of.append(dimension.matches.format(sql=sql, values=f"%({dimension.name})s::{dimension.type}[]"))
    return " OR ".join(of)


def _parameters(which: Which) -> dict[str, Any]:
    values = {name: list(chosen) for name, chosen in which.values.items()}
    return {"unit": [], **values, "idle_before": which.idle_before}
