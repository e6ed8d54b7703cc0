"""A thing at two moments, by two states of knowledge or in two views side by side, with the events that made the difference."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from api.console.moment import KEPT, day_of, end_of
from api.console.things.thing import Thing

_USUAL: Final = timedelta(days=365)
"""So long before the moment looked at, unless another one is chosen."""


async def told(thing: Thing) -> dict[str, Any]:
    sides = {side: _side(thing, side) for side in ("a", "b")}
    asked = {f"{side}.{name}": value for side, given in sides.items() for name, value in given.items() if value}
    answer = await thing.page.api.get(f"/v1/compare/assets/{thing.id}", **asked)
    changes = answer["different"][0]["changes"] if answer["different"] else []
    events = {event["position"]: event for event in answer["events"]}
    things = {one["id"]: one for one in answer["things"]}
    return {"sides": sides, "changes": changes, "events": events, "things": things, "cases": await _cases(thing)}


def _side(thing: Thing, side: str) -> dict[str, str]:
    """What the form sent for a side; at first a year before on the one, and what the page looks at on the other."""
    query, moment = thing.page.request.query_params, thing.page.moment
    names = [f"{side}.{name}" for name in KEPT]
    if not any(name in query for name in names):
        begun = datetime.fromisoformat(thing.fixed["at"]) - _USUAL
        at = day_of(begun.isoformat()) if side == "a" else moment.at
        return {"at": at, "known": moment.known, "case": moment.case}
    at, known, case = (query.get(name, "") for name in names)
    return {"at": at, "known": end_of(known), "case": case}


async def _cases(thing: Thing) -> list[str]:
    if thing.page.me is None or "cases" not in thing.page.me["rights"]:
        return []
    answer = await thing.page.api.get("/v1/cases")
    return [one["name"] for one in answer["cases"] if one["state"] == "ready"]
