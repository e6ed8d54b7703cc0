"""How much each unit has borrowed out of the warehouses at a moment, and how much of it is overdue."""

from __future__ import annotations

from typing import Any, Final

from fastapi import Depends
from fastapi.responses import Response

from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports import types as exports_types
from api.exports.asking import Formed
from api.exports.cells import Row, number, thing
from api.exports.files import export
from api.exports.table import Table, at_hand
from api.figures.answers import Borrowers
from api.figures.asking import labelled, names_of
from api.lists.asked import filters_of
from api.reading import Viewed, looking, seen
from api.routing import Routes
from projections.queries import loans
from projections.queries.listed import LOANS
from projections.queries.lists import Wanted
from projections.queries.view import View

_WANTED: Any = Depends(filters_of(LOANS))

router = Routes(tags=["warehouse"])


@router.get(
    "/v1/loans/borrowers",
    operation_id="loans.borrowers",
    summary="各单位借用情况 · What each unit has borrowed",
    response_class=Response,
    **exports_types.reads(Borrowers, 404, 409),
)
def borrowing(given: Given, asked: Viewed, _: Caller, form: Formed, narrowed: Wanted | None = _WANTED) -> Response:
    """逾期多的在前。Those with most overdue come first."""
    wanted = narrowed or Wanted(LOANS)
    if form.is_file:
        return export(looking(given, asked), form, lambda view: _table(view, wanted))
    with looking(given, asked) as view:
        told, totals = _borrowers(view, wanted), loans.totals(view, wanted)
    return json_response({**seen(view, asked), "totals": totals, "borrowers": told})


def _borrowers(view: View, wanted: Wanted) -> list[Row]:
    rows = loans.borrowers(view, wanted)
    names = names_of(view, rows, ["borrower"])
    return [{**row, "borrower": labelled(names, row["borrower"])} for row in rows]


_COLUMNS: Final = (
    *thing("借用单位", "Borrower", "borrower"),
    number("借用件数", "Items", "items"),
    number("账面价值", "Book value", "value"),
    number("逾期件数", "Overdue", "overdue"),
    number("最早应还日期", "Earliest due of those overdue", "earliest_due"),
)


def _table(view: View, wanted: Wanted) -> Table:
    rows = at_hand(_borrowers(view, wanted))
    return Table(view=view, name="borrowers", zh="借用单位", columns=_COLUMNS, rows=rows)
