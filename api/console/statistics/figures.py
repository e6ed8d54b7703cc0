"""`/statistics/{subject}`: the figures of a subject, drawn and in a table, each leading to its rows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.charts import Bar, Part, bars, heights, tone
from api.console.leading import lead
from api.console.pages import Page, Pages
from api.console.showing import SHANGHAI, sentence
from api.console.statistics.asking import Asked, asked_of

Group: TypeAlias = Mapping[str, Any]
DRAWN = 20
"""Bars of a chart; the table below it has every group."""
YEARS = 8
"""How far back a figure is followed."""

router = Pages()


@router.get("/statistics", operation_id="page.statistics")
async def statistics(request: Request) -> Response:
    """The first subject that one may ask of."""
    page = Page(request)
    await page.enter()
    [first, *_] = (await page.api.get("/v1/statistics"))["subjects"] or [{"subject": ""}]
    return RedirectResponse(page.moment.link(f"/statistics/{first['subject']}" if first["subject"] else "/"), 303)


@router.get("/statistics/{subject}", operation_id="page.statistics.subject")
async def figures(request: Request, subject: str) -> Response:
    page = Page(request)
    await page.enter()
    asked = await asked_of(page, subject)
    path, wanted = f"/v1/statistics/{subject}", {"by": ",".join(asked.by), **asked.filters}
    now = await page.look(path, **wanted)
    then = years = None
    if asked.is_yearly:
        years = await _years(page, asked, path)
    elif asked.against:
        then = await page.api.get(path, **{**wanted, **page.moment.asked, "at": asked.against})
    return page.show(
        "statistics/figures.html",
        asked=asked,
        told=now,
        table=_table(page, now),
        chart=_chart(page, asked, now),
        years=years,
        compared=None if then is None else _compared(page, asked, now, then),
    )


async def _years(page: Page, asked: Asked, path: str) -> list[dict[str, Any]]:
    """The figure at the beginning of each of the last years, and at the moment that is looked at."""
    last = int(page.moment.at[:4] or f"{datetime.now(SHANGHAI):%Y}")
    moments = [replace(page.moment, at=f"{year}-01-01") for year in range(last - YEARS + 1, last + 1)] + [page.moment]
    answers = await asyncio.gather(*(page.api.get(path, **{**asked.filters, **moment.asked}) for moment in moments))
    values = [Decimal(answer["totals"][asked.measure]) for answer in answers]
    return [
        {
            "label": moment.at[:4] if moment is not page.moment else page.moment.at[:10] or page.say("现在", "now"),
            "value": value,
            "height": height,
            "href": lead(moment, answer["drill"], measure=asked.measure),
        }
        for moment, answer, value, height in zip(moments, answers, values, heights(values), strict=True)
    ]


def _cells(page: Page, answer: Mapping[str, Any], told: Group) -> list[tuple[Any, str]]:
    return [(told["figures"][name], lead(page.moment, told["drill"], measure=name)) for name in answer["measures"]]


def _table(page: Page, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Each group with its figures, and all of them together at the foot."""
    totals = {"figures": answer["totals"], "drill": answer["drill"]}
    return {
        "rows": [(_labels(page, group), _cells(page, answer, group)) for group in answer["groups"]],
        "totals": _cells(page, answer, totals),
    }


def _labels(page: Page, group: Group) -> list[str]:
    return [page.say(one["label"], sentence(one["label_en"])) for one in group["dimensions"].values()]


def _chart(page: Page, asked: Asked, answer: Mapping[str, Any]) -> dict[str, Any] | None:
    """Bars by what comes first, in parts by what comes second; a figure that cannot be added up stands in the table only."""
    if not asked.by or not answer["groups"]:
        return None
    series = _series(page, asked, answer["groups"])
    rows: dict[str, list[Part]] = {}
    if len(asked.by) > 1 and not series:
        return None
    for group in answer["groups"]:
        rows.setdefault(_labels(page, group)[0], []).append(_part(page, asked, answer, group, series))
    told = [Bar(label=label, parts=_in_order(parts, series), href=_only(parts)) for label, parts in rows.items()]
    longest = sorted((bar for bar in told if bar.total > 0), key=lambda bar: bar.total, reverse=True)
    if not longest:
        return None
    return {
        "bars": bars(longest[:DRAWN]),
        "is_stacked": len(asked.by) > 1,
        "left_out": max(len(longest) - DRAWN, 0),
    }


def _series(page: Page, asked: Asked, groups: Sequence[Group]) -> dict[str, str]:
    """The colour of each value of what comes second, the one with most first."""
    if len(asked.by) < 2:  # noqa: PLR2004 -- one dimension has no second
        return {}
    sizes: dict[str, Decimal] = {}
    for group in groups:
        name = _labels(page, group)[1]
        sizes[name] = sizes.get(name, Decimal(0)) + Decimal(group["figures"][asked.measure])
    ordered = sorted((name for name, size in sizes.items() if size > 0), key=lambda name: sizes[name], reverse=True)
    return {name: tone(number) for number, name in enumerate(ordered)}


def _part(page: Page, asked: Asked, answer: Mapping[str, Any], group: Group, series: Mapping[str, str]) -> Part:
    words = answer["measures"][asked.measure]
    name = _labels(page, group)[1] if series else page.say(words["zh"], words["en"])
    return Part(
        name=name,
        value=Decimal(group["figures"][asked.measure]),
        href=lead(page.moment, group["drill"], measure=asked.measure),
        tone=series.get(name, "c1"),
    )


def _in_order(parts: Sequence[Part], series: Mapping[str, str]) -> tuple[Part, ...]:
    """Of each series one part, in the same order in every bar; nothing where a bar has none of it."""
    if not series:
        return tuple(parts)
    found = {part.name: part for part in parts}
    return tuple(found.get(name, Part(name=name, value=Decimal(0), tone=colour)) for name, colour in series.items())


def _only(parts: Sequence[Part]) -> str:
    return parts[0].href if len(parts) == 1 else ""


def _compared(page: Page, asked: Asked, now: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    """One figure on both days, group by group, those that changed most first."""
    former = replace(page.moment, at=asked.against)
    both: dict[tuple[str | None, ...], dict[str, Any]] = {}
    for side, moment, answer in (("now", page.moment, now), ("then", former, then)):
        for group in answer["groups"] or [{"dimensions": {}, "figures": answer["totals"], "drill": answer["drill"]}]:
            key = tuple(one["id"] for one in group["dimensions"].values())
            row = both.setdefault(
                key, {"labels": _labels(page, group), "now": (Decimal(0), ""), "then": (Decimal(0), "")}
            )
            row[side] = (
                Decimal(group["figures"][asked.measure]),
                lead(moment, group["drill"], measure=asked.measure),
            )
    rows = [
        {**row, "difference": row["now"][0] - row["then"][0]}
        for row in both.values()
        if row["now"][0] or row["then"][0]
    ]
    return {"rows": sorted(rows, key=lambda row: -abs(row["difference"]))}
