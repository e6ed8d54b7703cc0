"""To whom an item was lent, from when to when, and until when it was due; the latest first."""

from __future__ import annotations

from typing import Any

from api.console.things.thing import Thing
from projections.queries.telling import value


async def told(thing: Thing) -> dict[str, Any]:
    kept = {name: said for name, said in thing.fixed.items() if name != "at"}
    answer = await thing.page.api.get(f"{thing.api}/timeline", **kept, facet=["loan_unit", "loan_due"])
    things = {one["id"]: one for one in answer["things"]}
    versions = {facet["name"]: facet["versions"] for facet in answer["facets"]}
    lent = [one | {"unit": things.get(one["value"])} for one in versions.get("loan_unit", []) if one["value"]]
    due = [one for one in versions.get("loan_due", []) if one["value"]]
    for loan in lent:
        loan["due"] = next((_day(one["value"]) for one in due if _within(loan, one["from"])), "")
    return {"loans": sorted(lent, key=lambda one: one["from"], reverse=True)}


def _within(loan: dict[str, Any], moment: str) -> bool:
    return loan["from"] <= moment and (loan["to"] is None or moment < loan["to"])


def _day(said: Any) -> str:
    return str(value("items", "loan_due", said, {})["zh"])
