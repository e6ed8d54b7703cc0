"""What each unit has borrowed at a moment, and what all that is lent out comes to. The loans one by one are a list (`lists.py`)."""

from __future__ import annotations

from typing import Final

from psycopg.rows import DictRow

from projections.queries import lists
from projections.queries.bound import Bound
from projections.queries.filters import ROW
from projections.queries.listed import LOANS
from projections.queries.lists import Wanted
from projections.queries.sources import source
from projections.queries.view import View


def borrowers(view: View, wanted: Wanted) -> list[DictRow]:
    """What each unit has borrowed, those with most overdue first."""
    bound = Bound()
    return view.rows(
        f"SELECT borrower, {_FIGURES} FROM {_asked_for(view, wanted, bound)}"  # noqa: S608 -- texts of the code
        " GROUP BY borrower ORDER BY overdue DESC, items DESC, borrower",
        bound.values,
    )


def totals(view: View, wanted: Wanted) -> DictRow:
    bound = Bound()
    [row] = view.rows(f"SELECT {_FIGURES} FROM {_asked_for(view, wanted, bound)}", bound.values)  # noqa: S608 -- texts of the code
    return row


_FIGURES: Final = (
    f"count(*) AS items, coalesce(sum({ROW}.value), 0) AS value, count(*) FILTER (WHERE {ROW}.overdue) AS overdue,"
    f" min({ROW}.due) FILTER (WHERE {ROW}.overdue) AS earliest_due"
)


def _asked_for(view: View, wanted: Wanted, bound: Bound) -> str:
    return f"{source(view, LOANS)} WHERE {lists.conditions(view, wanted, bound)}"
