"""The journeys of a vehicle or of a driver, the latest first."""

from __future__ import annotations

from typing import Any, Final

from api.console.asking import cursor
from api.console.things.thing import Thing

_COLUMNS: Final = "status,destination,planned_from,planned_until,unit,purpose,vehicle,driver,distance"


async def told(thing: Thing) -> dict[str, Any]:
    asked = thing.asked("cursor")
    one = {thing.kind.name.removesuffix("s"): str(thing.id)}
    answer = await thing.page.look(
        "/v1/journeys", **one, **asked, fields=_COLUMNS, sort="-planned_from", limit="50", count="true"
    )
    return {"found": answer, "asked": asked, "next": cursor(answer)}
