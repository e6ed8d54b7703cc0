"""The key figures of the first page: one panel a subject that somebody may ask figures of, each figure leading to its rows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, TypeAlias

from api.console.charts import Bar, Part, bars, share, tone
from api.console.leading import lead
from api.console.pages import Page
from api.console.showing import sentence

Answer: TypeAlias = Mapping[str, Any]
Chart: TypeAlias = Callable[[Page, Answer], dict[str, Any]]
MOST: Final = 8
"""Bars of a chart on the first page; the page of the subject has them all."""


@dataclass(frozen=True, slots=True)
class Panel:
    """`kinds`: whoever reads one of these may ask. `headline`: the figures in large. `by`: what the chart is broken down by."""

    subject: str
    kinds: frozenset[str]
    by: str
    headline: tuple[str, ...]
    chart: Chart


async def panels(page: Page, me: Mapping[str, Any]) -> list[dict[str, Any]]:
    if "statistics" not in me["rights"]:
        return []
    wanted = [one for one in PANELS if one.kinds & set(me["reads"])]
    answers = await asyncio.gather(*(page.look(f"/v1/statistics/{one.subject}", by=one.by) for one in wanted))
    return [_told(page, panel, answer) for panel, answer in zip(wanted, answers, strict=True)]


def _told(page: Page, panel: Panel, answer: Answer) -> dict[str, Any]:
    return {
        "subject": answer["subject"],
        "zh": answer["zh"],
        "en": answer["en"],
        "by": panel.by,
        "figures": [
            {**answer["measures"][name], "value": answer["totals"][name], "href": _rows(page, answer, name)}
            for name in panel.headline
        ],
        **panel.chart(page, answer),
    }


def _rows(page: Page, told: Answer, measure: str) -> str:
    return lead(page.moment, told["drill"], measure=measure)


def _named(page: Page, group: Answer) -> str:
    [dimension] = group["dimensions"].values()
    return page.say(dimension["label"], sentence(dimension["label_en"]))


def _part(page: Page, answer: Answer, group: Answer, measure: str, colour: str = "c1") -> Part:
    words = answer["measures"][measure]
    return Part(
        name=page.say(words["zh"], words["en"]),
        value=Decimal(group["figures"][measure]),
        href=_rows(page, group, measure),
        tone=colour,
    )


def _largest(answer: Answer, *measures: str) -> Sequence[Answer]:
    def size(group: Answer) -> Decimal:
        return sum((Decimal(group["figures"][name]) for name in measures), Decimal(0))

    return sorted((group for group in answer["groups"] if size(group)), key=size, reverse=True)[:MOST]


def _one_measure(zh: str, en: str, measure: str) -> Chart:
    def chart(page: Page, answer: Answer) -> dict[str, Any]:
        told = [
            Bar(
                label=_named(page, group),
                parts=(_part(page, answer, group, measure),),
                href=_rows(page, group, measure),
            )
            for group in _largest(answer, measure)
        ]
        return {"chart": "bars", "title": page.say(zh, en), "bars": bars(told), "limit": ""}

    return chart


def _stacked(zh: str, en: str, *measures: str) -> Chart:
    def chart(page: Page, answer: Answer) -> dict[str, Any]:
        told = [
            Bar(
                label=_named(page, group),
                parts=tuple(_part(page, answer, group, name, tone(number)) for number, name in enumerate(measures)),
            )
            for group in _largest(answer, *measures)
        ]
        return {"chart": "stacked", "title": page.say(zh, en), "bars": bars(told)}

    return chart


def _shares(zh: str, en: str, measure: str) -> Chart:
    """One bar of all, each group a part of it."""

    def chart(page: Page, answer: Answer) -> dict[str, Any]:
        parts = [
            replace(_part(page, answer, group, measure, tone(number)), name=_named(page, group))
            for number, group in enumerate(_largest(answer, measure))
        ]
        return {"chart": "share", "title": page.say(zh, en), "bars": parts and share(parts)}

    return chart


def _against_establishment(zh: str, en: str, actual: str) -> Chart:
    """What there is, against what there may be."""

    def chart(page: Page, answer: Answer) -> dict[str, Any]:
        told = [
            Bar(
                label=_named(page, group),
                parts=(_part(page, answer, group, actual),),
                href=_rows(page, group, actual),
                limit=Decimal(group["figures"]["establishment"]),
                limit_href=_rows(page, group, "establishment"),
            )
            for group in _largest(answer, actual, "establishment")
        ]
        return {
            "chart": "bars",
            "title": page.say(zh, en),
            "bars": bars(told),
            "limit": page.say("编制", "Establishment"),
        }

    return chart


PANELS: Final = (
    Panel("premises", frozenset({"buildings", "rooms"}), "category", ("gross_area", "net_area", "idle_rooms", "idle_area"),
          _one_measure("使用面积（m²），按类别", "Net area (m²) by category", "net_area")),
    Panel("people", frozenset({"people"}), "rank", ("establishment", "statutory", "actual"),
          _against_establishment("编制内人员与编制，按职级", "Statutory staff against the establishment, by rank", "statutory")),
    Panel("vehicles", frozenset({"vehicles"}), "category", ("vehicles", "establishment", "over", "value"),
          _against_establishment("车辆实有与编制，按类别", "Vehicles against the establishment, by category", "vehicles")),
    Panel("stock", frozenset({"lots"}), "asset_family", ("items", "item_value", "lots", "lot_value"),
          _stacked("库存价值（元），按资产门类", "Value of stock (CNY) by family", "item_value", "lot_value")),
    Panel("items", frozenset({"items"}), "status", ("items", "value", "idle_items", "idle_value"),
          _shares("资产件数，按状态", "Items by status", "items")),
)  # fmt: skip
