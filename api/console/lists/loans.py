"""What is lent out: a list like every other, and beside it how much each unit has borrowed."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Final

from fastapi import Request
from fastapi.responses import Response

from api.console.kinds import LOANS
from api.console.lists import desk
from api.console.lists.asked import asked, labels
from api.console.lists.filters import fields_of, names_of
from api.console.lists.frame import answered, framed
from api.console.lists.kinds import list_of
from api.console.lists.question import Question
from api.console.pages import Page, Pages

FILES: Final = (({"format": "xlsx"}, "Excel 表格", "Excel"), ({"format": "csv"}, "CSV 文本", "CSV"))
BY_BORROWER: Final = "borrower"

router = Pages()
_one_by_one = list_of(LOANS, "lists/loans.html", by_borrower=False)


@router.get("/loans", operation_id="page.loans")
async def loans(request: Request) -> Response:
    return await (_borrowers if request.query_params.get("by") == BY_BORROWER else _one_by_one)(request)


async def _borrowers(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    fields, question = fields_of(LOANS.name), Question.of(request, "/loans", names_of(LOANS.name))
    asks = asked(fields, question)
    (answer, wrong), called, kept = await asyncio.gather(
        answered(page, "/v1/loans/borrowers", asks), labels(page, fields, question), desk.kept(page, LOANS)
    )
    return page.show(
        "lists/borrowers.html",
        status=HTTPStatus.OK if answer else HTTPStatus.UNPROCESSABLE_ENTITY,
        kind=LOANS,
        title=(LOANS.zh, LOANS.en),
        kept=kept,
        by_itself=desk.BY_ITSELF,
        by_borrower=True,
        answer=answer,
        wrong=wrong,
        asks=asks,
        files=FILES,
        cleared={"view": desk.BY_ITSELF, "by": BY_BORROWER},
        searched=(f"查找{LOANS.zh}", f"Search {LOANS.en.lower()}"),
        **await framed(page, question, fields, called, quick=LOANS.filters),
    )
