"""The history of a thing: every change, narrowed down by document, by whom, and when it was recorded."""

from __future__ import annotations

from typing import Any, Final

from api.console.asking import cursor
from api.console.things.thing import Thing

_ASKED: Final = ("document", "actor", "recorded.from", "recorded.to", "cursor")


async def told(thing: Thing) -> dict[str, Any]:
    asked = thing.asked(*_ASKED)
    answer = await thing.page.look("/v1/history", asset=str(thing.id), **asked)
    return {"events": answer["events"], "asked": asked, "next": cursor(answer)}
