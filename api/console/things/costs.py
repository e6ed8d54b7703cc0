"""What a vehicle cost, and how it was looked after."""

from __future__ import annotations

from typing import Any

from api.console.asking import cursor
from api.console.things.thing import Thing


async def told(thing: Thing) -> dict[str, Any]:
    asked = thing.asked("from", "to", "cursor")
    answer = await thing.look("upkeep", **asked)
    return {**answer, "asked": asked, "next": cursor(answer)}
