"""`/statistics/{subject}/rows`: what a figure was made from, row by row, each leading to its thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import cursor
from api.console.kinds import KINDS
from api.console.language import said
from api.console.pages import Page, Pages
from api.console.showing import NOTHING
from api.console.statistics.asking import Asked, asked_of

ROWS: Final = 100
_PAGES: Final = {"occupancies": "rooms", "allocations": "buildings", "posts": "units", "quotas": "units"}
"""Whose page shows what is no thing by itself."""
_PLAIN: Final = (
    ("area", "面积（m²）", "Area (m²)"),
    ("value", "账面价值（元）", "Book value (CNY)"),
    ("quantity", "数量", "Quantity"),
    ("posts", "编制数", "Posts"),
    ("idle_since", "闲置起", "Idle since"),
)
"""Columns beside the dimensions; shown where some row has something in them."""

_SAID: Final = ("branch", "prefecture", "province")
"""Dimensions that another says already: the unit, and the division."""

router = Pages()


@router.get("/statistics/{subject}/rows", operation_id="page.statistics.rows")
async def rows(request: Request, subject: str) -> Response:
    page = Page(request)
    await page.enter()
    asked = await asked_of(page, subject)
    measure = request.query_params.get("measure")
    wanted = {**asked.filters, "measure": asked.measure if measure else None}
    answer = await page.look(
        f"/v1/statistics/{subject}/rows", **wanted, limit=str(ROWS), cursor=request.query_params.get("cursor")
    )
    names = {one["id"]: one for one in answer["things"]}
    return page.show(
        "statistics/rows.html",
        asked=asked,
        wanted={name: value for name, value in wanted.items() if value},
        chosen=asked.subject["measures"][asked.measure] if measure else None,
        dimensions=[one for one in asked.dimensions if _is_told(answer["rows"], one["name"])],
        plain=[one for one in _PLAIN if any(row[one[0]] is not None for row in answer["rows"])],
        rows=[_row(page, asked, row, names, answer["words"]) for row in answer["rows"]],
        next=cursor(answer),
    )


def _is_told(rows: list[Mapping[str, Any]], name: str) -> bool:
    return name not in _SAID and any(row["dimensions"].get(name) is not None for row in rows)


def _row(
    page: Page, asked: Asked, row: Mapping[str, Any], names: Mapping[str, Any], words: Mapping[str, Any]
) -> dict[str, Any]:
    kind = _PAGES.get(row["kind"], row["kind"])
    label = row["label"] or names.get(row["id"], {}).get("label")
    person = names.get(row["person"]) if row["person"] and kind != "people" else None
    return {
        **row,
        "kind": said(words["kind"][row["kind"]], page.language),
        "label": label or page.say("（未命名）", "(no name)"),
        "href": page.moment.link(f"/{kind}/{row['id']}"),
        "person": person["label"] if person else "",
        "told": {one["name"]: _value(page, one["name"], row, names, words) for one in asked.dimensions},
    }


def _value(page: Page, name: str, row: Mapping[str, Any], names: Mapping[str, Any], words: Mapping[str, Any]) -> Any:
    value = row["dimensions"].get(name)
    if value is None:
        return {"text": NOTHING, "href": ""}
    thing = names.get(value)
    if thing is not None:
        linked = thing["kind"] in KINDS
        return {"text": thing["label"], "href": page.moment.link(f"/{thing['kind']}/{value}") if linked else ""}
    return {"text": said(words.get(name, {}).get(value), page.language) or value, "href": ""}
