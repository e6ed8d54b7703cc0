"""Conditions on the rows of a list: SQL made from declared columns, with everything that was asked for as a parameter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from projections.queries.bound import Bound
from projections.queries.listed import LISTS, Listed
from projections.queries.matching import like, normal_sql
from projections.queries.view import View
from projections.search import normal

ROW = "r"
"""The alias of the row that a condition is about."""


class Asks(Enum):
    ANY = "any"
    """One of the values; of an array: it has one of them."""
    LEAST = "min"
    MOST = "max"
    HAS = "has"
    """These words are in it, whatever stands before and behind them."""
    NONE = "none"
    UNDER = "subtree"
    """One of these units, or a unit under one of them at the same moment."""


@dataclass(frozen=True, slots=True)
class Filter:
    column: str
    test: Asks
    value: Any


def condition(view: View, kind: str, filter: Filter, bound: Bound) -> str:
    column = LISTS[kind][filter.column]
    return _TESTS[filter.test](view, column, filter.value, bound)


def _any(_: View, column: Listed, values: list[Any], bound: Bound) -> str:
    wanted = bound(values, f"{_comparable(column)}[]")
    return f"{ROW}.{column.name} && {wanted}" if column.is_array else f"{ROW}.{column.name} = ANY({wanted})"


def _least(_: View, column: Listed, value: Any, bound: Bound) -> str:
    return f"{ROW}.{column.name} >= {bound(value, _comparable(column))}"


def _most(_: View, column: Listed, value: Any, bound: Bound) -> str:
    return f"{ROW}.{column.name} <= {bound(value, _comparable(column))}"


def _has(_: View, column: Listed, words: str, bound: Bound) -> str:
    said = f"array_to_string({ROW}.{column.name}, E'\\n')" if column.is_array else f"{ROW}.{column.name}"
    return f"{normal_sql(said, bound)} LIKE {bound(like(normal(words)), 'text')}"


def _none(_: View, column: Listed, is_none: bool, __: Bound) -> str:
    said = f"coalesce(cardinality({ROW}.{column.name}), 0) = 0" if column.is_array else f"{ROW}.{column.name} IS NULL"
    return said if is_none else f"NOT ({said})"


def _under(view: View, column: Listed, units: list[Any], bound: Bound) -> str:
    under = subtree(view, bound(units, "uuid[]"))
    if column.is_array:
        return f"{ROW}.{column.name} && ARRAY({under})"
    return f"{ROW}.{column.name} IN ({under})"


_TESTS: Final[dict[Asks, Callable[[View, Listed, Any, Bound], str]]] = {
    Asks.ANY: _any,
    Asks.LEAST: _least,
    Asks.MOST: _most,
    Asks.HAS: _has,
    Asks.NONE: _none,
    Asks.UNDER: _under,
}


def _comparable(column: Listed) -> str:
    # Whoever asks for more than fits an integer is answered that there is none.
    return "bigint" if column.scalar == "integer" else column.scalar


def subtree(view: View, units: str) -> str:
    """SQL: the units of an array and all that are under them at the moment; a circle of units ends as well."""
    return (
        f"WITH RECURSIVE under(asset) AS (SELECT unnest({units}) UNION"  # noqa: S608 -- the array is a bound parameter
        f" SELECT u.asset FROM {view.of('units', 'u')} JOIN under ON u.parent = under.asset WHERE {view.held('u')})"
        " SELECT asset FROM under"
    )


def ids(wanted: list[Any], bound: Bound) -> str:
    return f"{ROW}.asset = ANY({bound(wanted, 'uuid[]')})"


_DIVIDED: Final = {
    "rooms": ("buildings", "building"),
    "people": ("units", "unit"),
    "journeys": ("units", "unit"),
    "proposals": ("units", "unit"),
    "fences": ("units", "managing_unit"),
    "vehicles": ("units", "coalesce(r.using_unit, r.owner)"),
    "items": ("units", "coalesce(r.using_unit, r.owner)"),
    "lots": ("warehouses", "warehouse"),
    "loans": ("units", "borrower"),
}
"""What has no division of its own lies where its building, its unit or its warehouse does."""


def within_division(view: View, kind: str, prefixes: list[str], bound: Bound) -> str:
    """In a division: `6401` is all of Yinchuan, `640104` one district of it."""
    starts = bound([f"{prefix}%" for prefix in prefixes], "text[]")
    if "division" in LISTS[kind]:
        return f"{ROW}.division LIKE ANY({starts})"
    if kind == "drivers":
        members = _divided(view, "units", starts)
        return f"{ROW}.person IN (SELECT m.asset FROM {view.of('people', 'm')} WHERE {view.held('m')} AND m.unit IN ({members}))"  # noqa: S608 -- of the code's own names
    table, through = _DIVIDED[kind]
    expression = through if through.startswith("coalesce") else f"{ROW}.{through}"
    return f"{expression} IN ({_divided(view, table, starts)})"


def _divided(view: View, table: str, starts: str) -> str:
    return f"SELECT d.asset FROM {view.of(table, 'd')} WHERE {view.held('d')} AND d.division LIKE ANY({starts})"  # noqa: S608 -- of the code's own names
