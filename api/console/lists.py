"""A list of one kind: what the API lists, with its filters, order and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import cursor
from api.console.kinds import KINDS, Kind
from api.console.pages import Page, Pages
from api.console.showing import FIGURES
from projections.queries.listed import LISTED, Listed

ROWS = 50

router = Pages()


def _list(kind: Kind) -> Any:
    async def shown(request: Request) -> Response:
        page = Page(request)
        await page.enter()
        asked = _asked(request, kind)
        answer = await page.look(
            f"/v1/{kind.name}", **asked, fields=",".join(kind.columns), limit=str(ROWS), count="true"
        )
        columns = [column | {"align": _align(column)} for column in answer["columns"]]
        return page.show(
            "list.html",
            kind=kind,
            answer=answer,
            columns=columns,
            asked=asked,
            choices=_choices(kind, asked),
            next=cursor(answer),
        )

    return shown


def _asked(request: Request, kind: Kind) -> dict[str, str]:
    """The question in the address of the page: words, filters, order, and where to go on."""
    names = ("q", "sort", "cursor", *kind.filters)
    return {name: request.query_params.get(name, "") for name in names}


def _align(column: Mapping[str, Any]) -> str:
    figures = column["type"] in FIGURES and column["name"] != "year_built"
    return "number" if figures else "day" if column["type"] in ("timestamptz", "date") else ""


def _choices(kind: Kind, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """The filters, each with the words that it can be set to."""
    listed = LISTED[kind.name]
    return [
        {
            "name": name,
            "zh": listed[name].zh,
            "en": listed[name].en,
            "chosen": asked[name],
            "words": _words(listed[name]),
        }
        for name in kind.filters
    ]


def _words(column: Listed) -> list[tuple[str, str, str]]:
    """What it can be, with the words for it."""
    if column.term is None:
        return [("true", "是", "Yes"), ("false", "否", "No")]
    return [(one.value, one.zh, one.en.capitalize()) for one in column.term]


for _kind in KINDS.values():
    router.add_api_route(f"/{_kind.name}", _list(_kind), operation_id=f"page.{_kind.name}")
