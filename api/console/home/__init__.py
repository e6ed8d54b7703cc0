"""The first page: what waits for whoever looks, what looks wrong, the figures that they answer for, and what changed last.

There is no page for each role: a role reads some kinds and sends some commands, and the page is made of these.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.console.home import administering
from api.console.home.figures import panels
from api.console.pages import Page, Pages
from api.console.showing import moment

LATEST: Final = 30

TRAYS: Final = {
    "waiting": {"zh": "呈批件待您审批", "en": "Proposals that you decide on", "rows": "/inbox"},
    "returned": {"zh": "退回您修改的呈批件", "en": "Proposals that came back to you", "rows": "/inbox?which=returned"},
}

router = Pages()


@router.get("/", operation_id="page.home")
async def home(request: Request) -> Response:
    page = Page(request)
    me = await page.enter()
    if not me["reads"]:
        return page.show("home/administrator.html", **await administering.shown(page, me))
    attention, history, figures, inbox = await asyncio.gather(
        page.look("/v1/attention"), page.look("/v1/history", limit=str(LATEST)), panels(page, me), _inbox(page, me)
    )
    waits = [*inbox, *attention["waits"]]
    return page.show(
        "home/home.html",
        waits=[one for one in waits if one["count"]],
        settles=bool(waits),
        wrong=sorted((one for one in attention["wrong"] if one["count"]), key=lambda one: -one["count"]),
        sound=[one for one in attention["wrong"] if not one["count"]],
        panels=figures,
        days=_by_day(history["events"]),
    )


async def _inbox(page: Page, me: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Proposals that wait for whoever looks, now: what waited once waits no more."""
    if "proposals" not in me["reads"]:
        return []
    counts = (await page.api.get("/v1/inbox", limit="1"))["counts"]
    return [one | {"kind": "proposals", "count": counts[which]} for which, one in TRAYS.items() if counts[which]]


@dataclass(frozen=True, slots=True)
class Told:
    """A change, and how often the same happened to the same thing one after the other; `event` is the last of them."""

    event: Mapping[str, Any]
    times: int


def _by_day(events: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Told]]]:
    """Changes under the day on which they were recorded, the latest first, as they come."""
    return [(day, _told(list(of))) for day, of in groupby(events, key=lambda one: moment(one["recorded_at"])[:10])]


def _told(events: Sequence[Mapping[str, Any]]) -> list[Told]:
    same = groupby(events, key=lambda one: (one["zh"], one["asset"]["id"], one["overtaken"]))
    return [Told(first, 1 + sum(1 for _ in more)) for _, more in same for first in [next(more)]]
