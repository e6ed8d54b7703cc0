"""What the rows of a list come to: how many there are, and the sums and averages of their figures, in one look at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from psycopg.rows import DictRow

from projections.queries.bound import Bound
from projections.queries.filters import ROW
from projections.queries.listed import ADDED_UP, Listed, averaged
from projections.queries.lists import Wanted, conditions
from projections.queries.sources import source
from projections.queries.view import View


@dataclass(frozen=True, slots=True)
class Total:
    """Of one column: how many rows have a figure in it, what these add up to where that says something, and their average."""

    given: int
    sum: Decimal | None
    average: Decimal | None


@dataclass(frozen=True, slots=True)
class Totals:
    count: int
    columns: dict[str, Total]


def totals(view: View, wanted: Wanted) -> Totals:
    """Of all that was asked for, on whatever page it stands; no rows add up to nothing, and have no average."""
    bound = Bound()
    figures = averaged(wanted.kind)
    told = ", ".join(["count(*) AS n", *(part for column in figures for part in _parts(column))])
    where = conditions(view, wanted, bound)
    statement = f"SELECT {told} FROM {source(view, wanted.kind)} WHERE {where}"  # noqa: S608 -- names of the code; values are bound
    [row] = view.rows(statement, bound.values)
    return Totals(row["n"], {column.name: _total(row, column.name) for column in figures})


def _parts(column: Listed) -> Iterator[str]:
    yield f"count({ROW}.{column.name}) AS given_{column.name}"
    yield f"round(avg({ROW}.{column.name}), 2) AS average_{column.name}"
    if column.name in ADDED_UP:
        yield f"coalesce(sum({ROW}.{column.name}), 0)::numeric AS sum_{column.name}"


def _total(row: DictRow, name: str) -> Total:
    return Total(row[f"given_{name}"], row.get(f"sum_{name}"), row[f"average_{name}"])
