"""What a thing has to do with: what it refers to, and what refers to it."""

from __future__ import annotations

from typing import Any

from api.console.asking import cursor
from api.console.things.thing import Thing


async def told(thing: Thing) -> dict[str, Any]:
    asked = thing.asked("role", "cursor")
    answer = await thing.look("relations", **asked)
    return {**answer, "asked": asked, "next": cursor(answer)}
