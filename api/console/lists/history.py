"""The history of everything as a list: by document, by who acted for which unit in which role, by day and by kind of thing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import cursor
from api.console.kinds import HISTORY, KINDS
from api.console.lists import columns, desk
from api.console.lists.asked import asked, labels
from api.console.lists.filters import Field, names_of
from api.console.lists.frame import answered, framed
from api.console.lists.question import Question
from api.console.pages import Page, Pages
from domain.access.roles import BY_NAME

FILES: Final = (({"format": "xlsx"}, "Excel 表格", "Excel"), ({"format": "csv"}, "CSV 文本", "CSV"))
OLDEST: Final = "oldest"
_ENDS: Final = {"min": "from", "max": "to"}

router = Pages()


def fields_for(reads: Sequence[str]) -> tuple[Field, ...]:
    """`reads`: the kinds that whoever looks may read."""
    return (
        Field("kind", "对象", "Of what", "choice", tuple((one.name, one.zh, one.en) for one in KINDS.values() if one.name in reads)),
        Field("recorded", "登记日期", "Recorded", "days"),
        Field("document", "文号", "Document", "exact"),
        Field("actor", "经办人", "By whom", "exact"),
        Field("unit", "经办单位", "For which unit", "exact"),
        Field("role", "经办角色", "In which role", "choice", tuple((name, one.zh, one.en) for name, one in BY_NAME.items())),
        Field("effective", "生效日期", "Effective", "days"),
    )  # fmt: skip


@router.get("/history", operation_id="page.history")
async def history(request: Request) -> Response:
    page = Page(request)
    me = await page.enter()
    fields, question = fields_for(me["reads"]), Question.of(request, "/history", names_of(HISTORY.name))
    oldest = question.one("order") == OLDEST
    asks = {**_asks(fields, question), **({"order": OLDEST} if oldest else {})}
    (answer, wrong), called, kept = await asyncio.gather(
        answered(page, "/v1/history", {**asks, "cursor": question.one("cursor")}),
        labels(page, fields, question),
        desk.kept(page, HISTORY),
    )
    names = columns.shown(HISTORY, question, kept)
    return page.show(
        "lists/history.html",
        status=HTTPStatus.OK if answer else HTTPStatus.UNPROCESSABLE_ENTITY,
        title=("变更记录", "History"),
        listed=HISTORY,
        kept=kept,
        by_itself=desk.BY_ITSELF,
        answer=answer,
        columns=[columns.known(HISTORY)[name] for name in names],
        choosing=columns.choosing(request, HISTORY, names),
        as_table=question.one("by") == "table",
        wrong={name.replace(".from", ".min").replace(".to", ".max"): one for name, one in wrong.items()},
        asks=asks,
        next=cursor(answer) if answer else "",
        files=FILES,
        cleared={"by": question.one("by")},
        searched=("查找变更", "Search the changes"),
        oldest=oldest,
        **await framed(page, question, fields, called, quick=("kind", "recorded", "document")),
    )


def _asks(fields: Sequence[Field], question: Question) -> dict[str, Sequence[str]]:
    """Ranges of the API end before their last moment: the day until which is the day after."""
    given: dict[str, Any] = {}
    for name, values in asked(fields, question).items():
        column, _, part = name.partition(".")
        given[f"{column}.{_ENDS[part]}" if part else name] = [
            _day_after(one) if part == "max" else one for one in values
        ]
    return given


def _day_after(day: str) -> str:
    """As typed where it is no day: the API says what is wrong with it."""
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day
