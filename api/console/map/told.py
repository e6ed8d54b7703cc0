"""What the scripts of the map are told: kinds, schemes of colour and their words, in the language of the page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from api.console.kinds import KINDS
from api.console.map.filtered import Filtered
from api.console.pages import Page
from api.pictures.painting import paints
from maps.page.schemes import SCHEMES, carried_as
from maps.page.seats import SEATS
from projections.queries.listed import LISTED

ON_THE_MAP: Final = ("compounds", "buildings", "rooms", "warehouses", "vehicles")
"""In the order in which they are drawn: what stands on the ground first."""
CARDS: Final = (*ON_THE_MAP, "fences")
"""Of what a card can be opened."""
FILTERED: Final = (*ON_THE_MAP, "items")
"""What can be shown as a list is filtered."""
PLACES: Final = {"items": "warehouses"}
"""Where what has no place of its own lies."""
TILES: Final = "/tiles/{layer}/{z}/{x}/{y}.mvt"
COUNTED_UP_TO: Final = {"rooms": 15}
"""The zoom of tiles up to which they hold counts of a kind; `_OTHERS` of all others."""
_OTHERS: Final = 12


OVERLAYS: Final = (
    ("items", "仓内资产", "Items in warehouses", frozenset({"items"})),
    ("findings", "待办与异常", "What waits or looks wrong", frozenset(ON_THE_MAP)),
)
"""What is told of places by other things, to whoever reads one of these kinds."""
FENCES: Final = ("fences", "电子围栏", "Geofences")
"""Lines over everything; they are no tiles, but taken out whole."""


def overlays_of(page: Page) -> list[tuple[str, str]]:
    reads = frozenset(() if page.me is None else page.me["reads"])
    found = [(name, page.say(zh, en)) for name, zh, en, kinds in OVERLAYS if kinds & reads]
    draws = page.me is not None and FENCES[0] in reads and "export" in page.me["rights"]
    return [(FENCES[0], page.say(*FENCES[1:])), *found] if draws else found


def kinds_of(page: Page) -> list[str]:
    """The kinds on the map that whoever looks may read."""
    reads = () if page.me is None else page.me["reads"]
    return [kind for kind in ON_THE_MAP if kind in reads]


def told(page: Page, box: Sequence[float] | None, filtered: Filtered) -> dict[str, Any]:
    """What differs from page to page; the rest is `words`."""
    return {
        "language": page.language,
        "box": box,
        "moment": {"at": page.moment.at, "known": page.moment.known, "case": page.moment.case},
        "kinds": [
            {
                "name": kind,
                "word": page.say(KINDS[kind].zh, KINDS[kind].en),
                "counted": COUNTED_UP_TO.get(kind, _OTHERS),
            }
            for kind in kinds_of(page)
        ],
        "overlays": [{"name": name, "word": word, "tiled": name != FENCES[0]} for name, word in overlays_of(page)],
        "filters": {"kind": filtered.kind, "query": filtered.query},
    }


PASSING: Final = (
    "odometer", "serviced", "insured", "inspected", "fuel_card", "reserved", "away",
    "repair", "repair_estimate", "repair_approved", "repair_cost", "repair_project", "daily_repair", "inspection",
)  # fmt: skip
"""What changes with every journey and every visit to the workshop: no difference between two days of the map."""


@cache
def words(language: str) -> tuple[str, str]:
    """The script with what is the same for everybody, and where it is served: its address holds its digest, so browsers keep it."""
    said = {
        "tiles": TILES,
        "schemes": [
            {"name": one.name, "by": {kind: _by(kind, colour) for kind, colour in one.by.items()}} for one in SCHEMES
        ],
        "states": {kind: _states(kind, language) for kind in ON_THE_MAP},
        "passing": PASSING,
        "places": [[one.zh if language == "zh" else one.en, one.latitude, one.longitude, one.rank] for one in SEATS],
    }
    script = f"window.zhangtu = {{ ...window.zhangtu, words: {json.dumps(said, ensure_ascii=False, separators=(',', ':'))} }};"
    return script, f"/map/words/{hashlib.sha256(script.encode()).hexdigest()[:16]}/{language}.js"


def _by(kind: str, colour: str) -> Mapping[str, Any]:
    """How the tiles tell it, and how each value is painted; what the values are called the legend says."""
    return {"colour": colour, "as": carried_as(kind, colour), "paints": paints(kind, colour)}


def _states(kind: str, language: str) -> Mapping[str, str]:
    term = LISTED[kind]["status"].term
    return {} if term is None else {one.value: one.zh if language == "zh" else one.en for one in term}
