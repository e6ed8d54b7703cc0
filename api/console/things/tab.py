"""Tabs: which sides a thing of a kind has, and how one of them becomes a page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api.console.kinds import Kind
from api.console.notices.wishes import watched
from api.console.pages import Page
from api.console.things.head import HEADS
from api.console.things.next import next_for
from api.console.things.thing import Thing, opened

Told: TypeAlias = Callable[[Thing], Awaitable[Mapping[str, Any]]]
"""What a tab shows besides what stands at the top of all of them."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A side of a thing; of these kinds only, if any are named."""

    zh: str
    en: str
    kinds: tuple[str, ...] = ()


TABS: Final[Mapping[str, Tab]] = {
    "": Tab("概况", "Facts"),
    "contents": Tab("内部", "Inside", ("compounds", "buildings", "warehouses")),
    "floors": Tab("楼层图", "Floor plans", ("buildings",)),
    "holdings": Tab("占有使用", "Holdings", ("units", "people")),
    "rooms-map": Tab("用房分布", "Where its rooms are", ("units",)),
    "costs": Tab("费用养护", "Costs", ("vehicles",)),
    "journeys": Tab("行程", "Journeys", ("vehicles", "drivers")),
    "loans": Tab("借用", "Loans", ("items",)),
    "timeline": Tab("时间线", "Timeline"),
    "history": Tab("变更记录", "History"),
    "relations": Tab("关联", "Relations"),
    "documents": Tab("文件", "Documents"),
    "place": Tab("位置图", "Place", ("compounds", "buildings", "rooms", "vehicles", "warehouses", "fences")),
    "compare": Tab("比较", "Compare"),
}


def tabs_of(kind: Kind) -> dict[str, Tab]:
    return {name: tab for name, tab in TABS.items() if kind.name in (tab.kinds or (kind.name,))}


def shown(kind: Kind, name: str, told: Told) -> Callable[[Request, UUID], Awaitable[Response]]:
    async def page_of(request: Request, id: UUID) -> Response:
        page = Page(request)
        await page.enter()
        thing = await opened(page, kind, id)
        watches, next_actions, side = await asyncio.gather(watched(page, id), next_for(thing), told(thing))
        top: dict[str, Any] = {
            "thing": thing,
            "kind": kind,
            "tab": name,
            "tabs": tabs_of(kind),
            "heads": HEADS[kind.name],
            "next_actions": next_actions,
            "watched": watches,
        }
        return page.show(f"things/{name or 'facts'}.html", **top, **side)

    return page_of
