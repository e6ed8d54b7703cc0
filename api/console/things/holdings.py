"""What a unit, with those under it, or a person holds: counted by kind and role, and listed."""

from __future__ import annotations

from typing import Any

from api.console.asking import cursor
from api.console.things.thing import Thing


async def told(thing: Thing) -> dict[str, Any]:
    asked = thing.asked("subtree", "kind", "role", "cursor")
    below = {"subtree": "true"} if asked["subtree"] and thing.kind.name == "units" else {}
    narrowed = {name: asked[name] for name in ("kind", "role", "cursor")}
    answer = await thing.look("holdings", **below, **narrowed)
    everything = answer if not (asked["kind"] or asked["role"]) else await thing.look("holdings", **below, limit="1")
    return {
        **answer,
        "counts": everything["counts"],
        "asked": asked | {"subtree": below.get("subtree", "")},
        "next": cursor(answer),
    }
