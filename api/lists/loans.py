"""What is lent out of the warehouses at a moment: by whom borrowed, due when, and how long overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any, Final, TypeAlias

from fastapi import Depends, Query, Request
from fastapi.responses import Response

from api.angles.asking import YesNo
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports import types as exports_types
from api.exports.asking import Formed
from api.exports.cells import OF_IDS, Row, coded, moment, number, plain, thing
from api.exports.files import export
from api.exports.table import Table, at_hand
from api.figures.answers import Borrowers, Loans
from api.figures.asking import Ids, PageCursor, PageLimit, Subtree, begun, going_on, labelled, names_of
from api.lists.cursor import CursorInvalid
from api.moments import Day
from api.reading import Viewed, looking, seen
from api.routing import Routes
from domain.warehouse.terms import Grade
from projections.queries import loans
from projections.queries.loans import Chosen
from projections.queries.question import Question
from projections.queries.view import View
from projections.queries.words.facets import Reads

Overdue: TypeAlias = Annotated[YesNo, Query(description="只要逾期未还的 · Only those overdue")]
DueMin: TypeAlias = Annotated[Day | None, Query(alias="due.min", description="应还日期 ≥ · Due ≥")]
DueMax: TypeAlias = Annotated[Day | None, Query(alias="due.max", description="应还日期 ≤ · Due ≤")]
USUAL = 100
_THINGS = ("owner", "borrower", "custodian", "warehouse")

router = Routes(tags=["warehouse"])


async def chosen(
    borrower: Ids = None,
    unit_subtree: Subtree = "false",
    owner: Ids = None,
    warehouse: Ids = None,
    due_min: DueMin = None,
    due_max: DueMax = None,
    overdue: Overdue = "false",
) -> Chosen:
    return Chosen(
        borrowers=borrower or (), subtree=unit_subtree == "true", owners=owner or (), warehouses=warehouse or (),
        due_from=due_min, due_until=due_max, overdue=overdue == "true",
    )  # fmt: skip


Which: TypeAlias = Annotated[Chosen, Depends(chosen)]


@router.get(
    "/v1/loans",
    operation_id="loans",
    summary="借出的资产 · What is lent out",
    response_class=Response,
    **exports_types.reads(Loans, 404, 409),
)
def lent(
    request: Request,
    given: Given,
    asked: Viewed,
    _: Caller,
    form: Formed,
    chosen: Which,
    cursor: PageCursor = None,
    limit: PageLimit | None = None,
) -> Response:
    """先到期的在前，没有期限的在后。Those due first come first; those due on no day come last."""
    asked, page = begun(request, asked, cursor, 1)
    after = None if page is None else (_day(page.keys[0]), page.id)
    if form.is_file:
        return export(looking(given, asked), form, lambda view: _table(view, loans.loans(view, chosen, after, limit)))
    limit = limit or USUAL
    with looking(given, asked) as view:
        found = loans.loans(view, chosen, after, limit + 1).rows()
        totals = loans.totals(view, chosen)
        rows, more = found[:limit], len(found) > limit
        told = _told(view, rows)
    last = rows[-1] if more else None
    due = str(last["due"]) if last and last["due"] else None
    next = going_on(request, view, (due,), last["asset"]) if last else None
    return json_response({**seen(view, asked), "totals": totals, "loans": told, "next": next})


@router.get(
    "/v1/loans/borrowers",
    operation_id="loans.borrowers",
    summary="各单位借用情况 · What each unit has borrowed",
    response_class=Response,
    **exports_types.reads(Borrowers, 404, 409),
)
def borrowing(
    given: Given,
    asked: Viewed,
    _: Caller,
    form: Formed,
    chosen: Which,
) -> Response:
    """逾期多的在前。Those with most overdue come first."""
    if form.is_file:
        return export(looking(given, asked), form, lambda view: _table_of_borrowers(view, chosen))
    with looking(given, asked) as view:
        told, totals = _borrowers(view, chosen), loans.totals(view, chosen)
    return json_response({**seen(view, asked), "totals": totals, "borrowers": told})


def _borrowers(view: View, chosen: Chosen) -> list[Row]:
    rows = loans.borrowers(view, chosen)
    names = names_of(view, rows, ["borrower"])
    return [{**row, "borrower": labelled(names, row["borrower"])} for row in rows]


def _told(view: View, rows: Sequence[Row]) -> list[Row]:
    names = names_of(view, rows, _THINGS)
    return [{**_shown(row), **{name: labelled(names, row[name]) for name in _THINGS}} for row in rows]


_COLUMNS: Final = (
    plain("编号", "Id", "id", OF_IDS, is_id=True),
    plain("资产编号", "Asset number", "asset_number"),
    plain("名称", "Name", "name"),
    plain("型号", "Model", "model"),
    coded("资产分类", "Asset class", "asset_class", Reads.ASSET_CLASS),
    coded("成色", "Grade", "grade", Grade),
    number("账面价值", "Book value", "value"),
    *thing("权属单位", "Owner", "owner"),
    *thing("借用单位", "Borrower", "borrower"),
    *thing("保管人", "Custodian", "custodian"),
    *thing("所在仓库", "Warehouse", "warehouse"),
    plain("存放地点", "Location", "location"),
    moment("借出时间", "Lent since", "lent_since"),
    number("应还日期", "Due", "due"),
    number("逾期起", "Overdue since", "overdue_since"),
    number("逾期天数", "Days overdue", "days_overdue"),
)
_COLUMNS_OF_BORROWERS: Final = (
    *thing("借用单位", "Borrower", "borrower"),
    number("借用件数", "Items", "items"),
    number("账面价值", "Book value", "value"),
    number("逾期件数", "Overdue", "overdue"),
    number("最早应还日期", "Earliest due of those overdue", "earliest_due"),
)


def _table(view: View, found: Question) -> Table:
    told = partial(_told, view)
    return Table(view=view, name="loans", zh="借出资产", columns=_COLUMNS, rows=found.stream(), told=told)


def _table_of_borrowers(view: View, chosen: Chosen) -> Table:
    rows = at_hand(_borrowers(view, chosen))
    return Table(view=view, name="borrowers", zh="借用单位", columns=_COLUMNS_OF_BORROWERS, rows=rows)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {("id" if name == "asset" else name): value for name, value in row.items()}


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise CursorInvalid from error
