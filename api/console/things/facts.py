"""What holds of a thing, in groups: each fact with since when, and on which document it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Final

from api.console.things.groups import PLACE, group_of
from api.console.things.thing import Thing
from projections.queries.telling import line, value

MOST_MEMBERS: Final = 12
"""Of what has many members at once so many are shown; the timeline has the rest."""
_MOST_EVENTS: Final = 500


async def told(thing: Thing) -> dict[str, Any]:
    answer = await thing.page.api.get(f"{thing.api}/timeline", **thing.fixed)
    facts = _facts(thing.kind.name, answer)
    shown = [fact for fact in facts if fact["shown"]]
    events = await _events(thing, {fact["stated_by"] for fact in shown})
    groups = [
        {
            "zh": group.zh,
            "en": group.en,
            "facts": [list(of) for _, of in groupby(found, key=lambda fact: fact["facet"])],
        }
        for group, found in groupby(shown, key=lambda fact: group_of(fact["facet"]))
    ]
    counts = {facet: len(list(of)) for facet, of in groupby(facts, key=lambda fact: fact["facet"])}
    return {"groups": groups, "events": events, "counts": counts}


def _facts(kind: str, answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One a facet and member, in the order of the groups; of members only those that there are."""
    things = {one["id"]: one for one in answer["things"]}
    names = {id: one["label"] for id, one in things.items()}
    told = [_fact(kind, facet, names, things) for facet in answer["facets"] if facet["name"] in PLACE]
    found = [fact for fact in told if not (fact["member"] and fact["said"]["value"] in (None, False))]
    ordered = sorted(found, key=lambda fact: (PLACE[fact["facet"]], fact["member_zh"]))
    return [fact | {"shown": place < MOST_MEMBERS} for place, fact in _numbered(ordered)]


def _fact(kind: str, facet: Mapping[str, Any], names: Mapping[str, str], things: Mapping[str, Any]) -> dict[str, Any]:
    name, member, version = facet["name"], facet["member"], facet["versions"][-1]
    said = value(kind, name, version["value"], names)
    return {
        **line(kind, name, member, names),
        **{part: version[part] for part in ("from", "to", "stated_by", "known_from")},
        "said": said,
        "thing": things.get(said["value"]) if isinstance(said["value"], str) else None,
        "member_thing": things.get(member.partition("/")[0]),
    }


def _numbered(facts: Iterable[dict[str, Any]]) -> Iterable[tuple[int, dict[str, Any]]]:
    """Each with its place among those of its facet."""
    for _, of in groupby(facts, key=lambda fact: fact["facet"]):
        yield from enumerate(of)


async def _events(thing: Thing, positions: set[int]) -> dict[int, Any]:
    """The events that state the facts, by their positions."""
    if not positions:
        return {}
    asked = [str(position) for position in sorted(positions)[-_MOST_EVENTS:]]
    kept = {name: said for name, said in thing.fixed.items() if name != "at"}
    asking: dict[str, Any] = {"asset": str(thing.id), "position": asked, "limit": str(_MOST_EVENTS)}
    answer = await thing.page.api.get("/v1/history", **asking, **kept)
    return {event["position"]: event for event in answer["events"]}
