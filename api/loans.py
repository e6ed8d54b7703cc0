"""What is lent out of the warehouses at a moment: by whom borrowed, due when, and how long overdue."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, TypeAlias

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api import openapi
from api.angles_asking import YesNo
from api.answers_figures import Borrowers, Loans
from api.dependencies import Caller, Given
from api.executing import json_response
from api.figures_asking import Ids, PageCursor, PageLimit, Subtree, begun, going_on, labelled, names_of
from api.lists_cursor import CursorInvalid
from api.reading import Viewed, looking, seen
from projections.queries import loans
from projections.queries.loans import Chosen

Overdue: TypeAlias = Annotated[YesNo, Query(description="只要逾期未还的 · Only those overdue")]
_THINGS = ("owner", "borrower", "custodian")

router = APIRouter(tags=["warehouse"])


@router.get(
    "/v1/loans",
    operation_id="loans",
    summary="借出的资产 · What is lent out",
    response_class=Response,
    **openapi.reads(Loans, 404, 409),
)
def lent(
    request: Request,
    given: Given,
    asked: Viewed,
    _: Caller,
    borrower: Ids = None,
    unit_subtree: Subtree = "false",
    owner: Ids = None,
    overdue: Overdue = "false",
    cursor: PageCursor = None,
    limit: PageLimit = 100,
) -> Response:
    """先到期的在前，没有期限的在后。Those due first come first; those due on no day come last."""
    asked, page = begun(request, asked, cursor, 1)
    after = None if page is None else (_day(page.keys[0]), page.id)
    chosen = _chosen(borrower, unit_subtree, owner, overdue)
    with looking(given, asked) as view:
        found = loans.loans(view, chosen, after, limit + 1)
        totals = loans.totals(view, chosen)
        rows, more = found[:limit], len(found) > limit
        names = names_of(view, rows, _THINGS)
    told = [{**_shown(row), **{name: labelled(names, row[name]) for name in _THINGS}} for row in rows]
    last = rows[-1] if more else None
    due = str(last["due"]) if last and last["due"] else None
    next = going_on(request, view, (due,), last["asset"]) if last else None
    return json_response({**seen(view, asked), "totals": totals, "loans": told, "next": next})


@router.get(
    "/v1/loans/borrowers",
    operation_id="loans.borrowers",
    summary="各单位借用情况 · What each unit has borrowed",
    response_class=Response,
    **openapi.reads(Borrowers, 404, 409),
)
def borrowing(
    given: Given,
    asked: Viewed,
    _: Caller,
    borrower: Ids = None,
    unit_subtree: Subtree = "false",
    owner: Ids = None,
    overdue: Overdue = "false",
) -> Response:
    """逾期多的在前。Those with most overdue come first."""
    chosen = _chosen(borrower, unit_subtree, owner, overdue)
    with looking(given, asked) as view:
        rows = loans.borrowers(view, chosen)
        totals = loans.totals(view, chosen)
        names = names_of(view, rows, ["borrower"])
    told = [{**row, "borrower": labelled(names, row["borrower"])} for row in rows]
    return json_response({**seen(view, asked), "totals": totals, "borrowers": told})


def _chosen(borrower: Any, subtree: str, owner: Any, overdue: str) -> Chosen:
    return Chosen(borrowers=borrower or (), subtree=subtree == "true", owners=owner or (), overdue=overdue == "true")


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {("id" if name == "asset" else name): value for name, value in row.items()}


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise CursorInvalid from error
