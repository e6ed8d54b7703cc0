"""The documents on which a thing was changed, with the files attached to them."""

from __future__ import annotations

from typing import Any

from api.console.things.thing import Thing


async def told(thing: Thing) -> dict[str, Any]:
    answer = await thing.look("documents")
    return {"documents": answer["documents"], "photos": answer["photos"]}
