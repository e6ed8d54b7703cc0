"""What may be done about a thing next."""

from __future__ import annotations

from typing import Any

from api.console.forms.done import next_steps
from api.console.things.thing import Thing


async def next_for(thing: Thing) -> list[dict[str, Any]]:
    """What this person may do about a thing next, what its state suggests first. Of the past nothing is done."""
    page = thing.page
    if not page.moment.is_now or page.me is None or not page.me["commands"]:
        return []
    answer = await page.api.get(f"{thing.api}/actions")
    return [*next_steps(thing.kind.name, str(thing.id), answer["actions"]), *_besides(thing, page.me["commands"])]


def _besides(thing: Thing, commands: list[str]) -> list[dict[str, Any]]:
    """What is no command but leads to many."""
    if thing.kind.name != "buildings" or "rooms.measure" not in commands:
        return []
    page = f"/drawings/new?building={thing.id}"
    return [{"zh": "导入图纸", "en": "Bring in a drawing", "page": page, "step": False}]
