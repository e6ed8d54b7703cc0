"""Into the building: one floor as a plan, coloured as one likes; and the rooms of a unit on all floors that it is on."""

from __future__ import annotations

from typing import Any, Final

from api.console.things.thing import Thing

COLOURS: Final = {
    "unit": ("使用单位", "Unit"),
    "category": ("类别", "Category"),
    "occupancy": ("人均面积", "Area a head"),
    "finding": ("异常", "Findings"),
}


async def told(thing: Thing) -> dict[str, Any]:
    asked = thing.asked("floor", "colour", "unit", "part")
    plan = await thing.look("plan", **{**asked, "part": asked["part"] or "0"})
    kept = {"colour": asked["colour"], "unit": asked["unit"]}
    return {"plan": plan, "colours": COLOURS, "kept": kept}


async def of_unit(thing: Thing) -> dict[str, Any]:
    return {"found": await thing.look("rooms-map")}
