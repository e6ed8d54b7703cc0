"""What the rows of a list are read from: the things of a kind, or some of them with more that is said of each."""

from __future__ import annotations

from typing import Final

from projections.queries.filters import ROW
from projections.queries.listed import LOANS
from projections.queries.view import View

TODAY: Final = "(%(at)s::timestamptz AT TIME ZONE 'Asia/Shanghai')::date"
"""SQL: the day that is asked about."""
_DAYS: Final = f"{TODAY} - l.due"


def source(view: View, listed: str) -> str:
    """SQL for FROM, under the name that conditions and orders give to a row; what does not hold is not yet left out."""
    return _loans(view) if listed == LOANS else view.of(listed, ROW)


def _loans(view: View) -> str:
    """Since when is looked up for the rows that are shown, and for all only where it is asked about: hence no join."""
    return f"""(
        SELECT l.*, coalesce({_DAYS} > 0, false) AS overdue, CASE WHEN {_DAYS} > 0 THEN l.due + 1 END AS overdue_since,
               CASE WHEN {_DAYS} > 0 THEN {_DAYS} END AS days_overdue,
               (SELECT t.begins FROM {view.of("timelines", "t", "items")}
                 WHERE t.asset = l.asset AND t.facet = 'item_status' AND {view.held("t")}) AS lent_since
          FROM {view.of(LOANS, "l")}) {ROW}"""  # noqa: S608 -- names of the code and the axes, as SQL of ours
