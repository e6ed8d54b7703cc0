"""What somebody may begin without naming a thing first: to register a room, to ask for a car."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.console.pages import Page


async def begun(page: Page, me: Mapping[str, Any], kind: str = "") -> list[dict[str, Any]]:
    """The commands that make something, of one kind or of any, each with the page of its form."""
    mine = {key for key in me["commands"] if key.startswith(f"{kind}.") or not kind}
    if not mine:
        return []
    answer = await page.api.get("/v1/commands")
    made = [one for one in answer["commands"] if one["creates"] and one["key"] in mine]
    return [{**one, "page": "/" + one["key"].replace(".", "/do/", 1)} for one in made]
