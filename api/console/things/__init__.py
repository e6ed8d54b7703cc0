"""The page of one thing, the same for an asset, a place, a unit, a person: what stands at the top, and a tab for each side of it."""

from __future__ import annotations

from api.console.kinds import KINDS
from api.console.pages import Pages
from api.console.things import (
    cited,
    comparing,
    costs,
    facts,
    floors,
    holdings,
    inside,
    journeys,
    loans,
    past,
    place,
    related,
    timeline,
)
from api.console.things.tab import TABS, shown

router = Pages()

_TOLD = {
    "": facts.told,
    "contents": inside.told,
    "floors": floors.told,
    "holdings": holdings.told,
    "rooms-map": floors.of_unit,
    "costs": costs.told,
    "journeys": journeys.told,
    "timeline": timeline.told,
    "history": past.told,
    "relations": related.told,
    "documents": cited.told,
    "place": place.told,
    "compare": comparing.told,
    "loans": loans.told,
}

for _name, _tab in TABS.items():
    for _kind in _tab.kinds or KINDS:
        router.add_api_route(
            f"/{_kind}/{{id:uuid}}" + (f"/{_name}" if _name else ""),
            shown(KINDS[_kind], _name, _TOLD[_name]),
            operation_id=f"page.{_kind}.{_name or 'facts'}",
        )
