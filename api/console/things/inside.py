"""What lies in a place: the buildings of a compound, the floors and rooms of a building, the shelves of a warehouse."""

from __future__ import annotations

from typing import Any

from api.console.asking import cursor
from api.console.things.thing import Thing


async def told(thing: Thing) -> dict[str, Any]:
    asked = thing.asked("cursor")
    match thing.kind.name:
        case "compounds":
            answer = await thing.look("contents", depth="floors")
        case "buildings":
            answer = await thing.look("contents")
        case _:
            answer = await thing.look("contents", **asked)
            answer["next"] = cursor(answer)
    return {"found": answer, "asked": asked}
