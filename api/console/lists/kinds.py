"""The list of one kind: what the API lists, with filters, columns, order, totals, and files of the same."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.asking import cursor
from api.console.beginning import begun
from api.console.kinds import KINDS, Kind
from api.console.lists import bulk, columns, desk
from api.console.lists.asked import asked, labels
from api.console.lists.desk import BY_ITSELF
from api.console.lists.filters import fields_of, names_of
from api.console.lists.frame import answered, framed
from api.console.lists.question import Question
from api.console.pages import Page, Pages
from api.console.showing import FIGURES
from projections.queries.listed import LISTS, WITH_PLACE

ALL_TOLD: Final = {"limit": "50", "count": "true", "totals": "true"}
FILES: Final = (
    ({"format": "xlsx"}, "Excel 表格", "Excel"),
    ({"format": "xlsx", "totals": "true"}, "Excel 表格，末行合计", "Excel, with the totals below"),
    ({"format": "csv"}, "CSV 文本", "CSV"),
    ({"format": "geojson"}, "GeoJSON（地图软件）", "GeoJSON, for maps"),
)
CALLED: Final[Mapping[str, tuple[str, str]]] = {"people": ("姓名", "Name"), "drivers": ("姓名", "Name")}
"""The kinds whose own name is in no column."""

router = Pages()


def list_of(kind: Kind, template: str = "lists/list.html", **more: Any) -> Callable[[Request], Awaitable[Response]]:
    """The page of a list; `more`: what a template of its own takes besides."""

    async def shown(request: Request) -> Response:
        page = Page(request)
        me = await page.enter()
        question, kept = Question.of(request, f"/{kind.name}", names_of(kind.name)), await desk.kept(page, kind)
        if kept.first is not None and not question.given:
            opened = {**kept.first.question.given, "view": kept.first.name}
            return RedirectResponse(page.moment.link(question.path, opened), HTTPStatus.SEE_OTHER)
        names, order = columns.shown(kind, question, kept), columns.order(kind, question, kept)
        asks = _asks(kind, question, names, order)
        (answer, wrong), called, begins = await asyncio.gather(
            answered(page, f"/v1/{kind.name}", {**asks, **ALL_TOLD, "cursor": question.one("cursor")}),
            labels(page, fields_of(kind.name), question),
            begun(page, me, kind.name),
        )
        return page.show(
            template,
            status=HTTPStatus.OK if answer else HTTPStatus.UNPROCESSABLE_ENTITY,
            kind=kind,
            title=(kind.zh, kind.en),
            kept=kept,
            choosable=page.moment.is_now and bulk.may_act(me, kind),
            begun=begins if page.moment.is_now else [],
            answer=answer,
            wrong=wrong,
            columns=_columns(answer, order),
            choosing=columns.choosing(request, kind, names, order),
            asks=asks,
            next=cursor(answer) if answer else "",
            by_itself=BY_ITSELF,
            own_name=_own_name(kind, names),
            summed=answer is not None and any(name in answer["totals"] for name in names),
            on_the_map={*WITH_PLACE, "items"},
            files=FILES[: None if kind.name in WITH_PLACE else -1],
            **await framed(page, question, fields_of(kind.name), called, quick=kind.filters),
            cleared={"view": BY_ITSELF},
            searched=(f"查找{kind.zh}", f"Search {kind.en.lower()}"),
            **more,
        )

    return shown


def _asks(kind: Kind, question: Question, names: list[str], order: str) -> dict[str, Any]:
    """The question in the words of the API: of the page, of its files, and of whatever shows the same things elsewhere."""
    return {**asked(fields_of(kind.name), question), "fields": ",".join(names), "sort": order}


def _columns(answer: Mapping[str, Any] | None, order: str) -> list[dict[str, Any]]:
    if answer is None:
        return []
    return [
        column | {"align": align(column), "sorting": columns.sorting(column["name"], order)}
        for column in answer["columns"]
    ]


def align(column: Mapping[str, Any]) -> str:
    figures = column["type"] in FIGURES and column["name"] != "year_built"
    return "number" if figures else "day" if column["type"] in ("timestamptz", "date") else ""


def _own_name(kind: Kind, names: list[str]) -> tuple[str, str] | None:
    """A column of names before the others, where none is there or what comes first is called after something else."""
    if kind.name in CALLED:
        return CALLED[kind.name]
    return ("名称", "Name") if LISTS[kind.name][names[0]].party is not None else None


for _kind in KINDS.values():
    router.add_api_route(f"/{_kind.name}", list_of(_kind), operation_id=f"page.{_kind.name}")
