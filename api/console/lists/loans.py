"""What is lent out: what is due when, what is overdue, and how much each unit has borrowed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import cursor
from api.console.kinds import LOANS
from api.console.lists import columns, desk
from api.console.lists.asked import asked, labels
from api.console.lists.filters import Field, names_of
from api.console.lists.frame import answered, framed
from api.console.lists.question import Question
from api.console.pages import Page, Pages

FIELDS: Final = (
    Field("overdue", "逾期", "Overdue", "choice", (("true", "只看逾期未还的", "Only those overdue"),)),
    Field("borrower", "借用单位", "Borrower", "thing", party="units", below=True),
    Field("due", "应还日期", "Due", "days", scalar="date"),
    Field("owner", "权属单位", "Owner", "thing", party="units"),
    Field("warehouse", "所在仓库", "Warehouse", "thing", party="warehouses"),
)
ROWS: Final = "50"
FILES: Final = (({"format": "xlsx"}, "Excel 表格", "Excel"), ({"format": "csv"}, "CSV 文本", "CSV"))

router = Pages()


@router.get("/loans", operation_id="page.loans")
async def loans(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    question = Question.of(request, "/loans", names_of(LOANS.name))
    asks = _asks(question)
    (answer, wrong), called, kept = await asyncio.gather(
        _answer(page, question, asks), labels(page, FIELDS, question), desk.kept(page, LOANS)
    )
    names = columns.shown(LOANS, question, kept)
    return page.show(
        "lists/loans.html",
        status=HTTPStatus.OK if answer else HTTPStatus.UNPROCESSABLE_ENTITY,
        title=("借出资产", "Loans"),
        listed=LOANS,
        kept=kept,
        by_itself=desk.BY_ITSELF,
        answer=answer,
        wrong=wrong,
        asks=asks,
        columns=[columns.known(LOANS)[name] for name in names],
        choosing=columns.choosing(request, LOANS, names),
        by_borrower=question.one("by") == "borrower",
        next=cursor(answer) if answer and "next" in answer else "",
        files=FILES,
        cleared={"by": question.one("by")},
        searched=None,
        as_items=as_items(question),
        **await framed(page, question, FIELDS, called, quick=("overdue", "borrower", "due")),
    )


def as_items(question: Question) -> dict[str, Any]:
    """The same in the list of items, where they can be searched, sorted by any column, and dealt with many at once."""
    narrowed = {name: values for name, values in question.filters.items() if name != "overdue"}
    kept = {name.replace("due", "loan_due"): values for name, values in narrowed.items()}
    shown = "name,asset_number,borrower,loan_due,value,custodian,warehouse"
    return {"status": "lent", **kept, "fields": shown, "sort": "loan_due"}


def _asks(question: Question) -> dict[str, Sequence[str]]:
    """The filters as the API takes them: it calls “and below” after what is chosen, not after the field."""
    given = asked(FIELDS, question)
    below = given.pop("borrower.subtree", None)
    return {**given, **({"unit.subtree": below} if below else {})}


async def _answer(
    page: Page, question: Question, asks: Mapping[str, Any]
) -> tuple[dict[str, Any] | None, Mapping[str, Any]]:
    if question.one("by") == "borrower":
        return await answered(page, "/v1/loans/borrowers", asks)
    return await answered(page, "/v1/loans", {**asks, "cursor": question.one("cursor"), "limit": ROWS})
