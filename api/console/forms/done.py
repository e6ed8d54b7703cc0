"""What came of a form: the things by their names, and what may be done about one of them next."""

from __future__ import annotations

from typing import Any

from api.console.asking import Refused
from api.console.choosing import called
from api.console.forms.opened import Opened
from api.console.pages import Page

MOST_NEXT = 8


async def came_of(page: Page, found: Opened, answer: Any) -> dict[str, Any]:
    """It was carried out whatever the views show yet: what they cannot tell is left out."""
    kind, ids = found.form["kind"], [result["id"] for result in answer["results"]]
    try:
        labels = await called(page, kind, ids, after=str(answer["position"]))
        told = await page.api.get(f"/v1/{kind}/{ids[0]}/actions") if len(ids) == 1 else {"actions": []}
    except Refused:
        return {"labels": {}, "actions": []}
    return {"labels": labels, "actions": list(next_steps(kind, ids[0], told["actions"]))[:MOST_NEXT]}


def next_steps(kind: str, id: str, actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that its state allows, steps of a process first."""
    allowed = sorted((one for one in actions if one["plausible"]), key=lambda one: not one["step"])
    return [{**one, "page": f"/{kind}/do/{one['command'].partition('.')[2]}?id={id}"} for one in allowed]
