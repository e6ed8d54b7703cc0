"""What the scripts of the map are told: kinds, schemes of colour and their words, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.console.badges import tone
from api.console.kinds import KINDS
from api.console.pages import Page
from maps.page.seats import SEATS
from projections.queries.listed import LISTED

ON_THE_MAP: Final = ("compounds", "buildings", "rooms", "warehouses", "vehicles")
"""In the order in which they are drawn: what stands on the ground first."""
COUNTED_UP_TO: Final = 12
"""The zoom of tiles up to which they hold counts."""
TILES: Final = "/tiles/all/{z}/{x}/{y}.mvt"

SCHEMES: Final = (
    ("kind", "种类", "Kind"),
    ("status", "使用状态", "State"),
    ("category", "权属与类别", "Title or category"),
    ("unit", "使用单位", "Unit"),
)
_CATEGORY: Final = {"buildings": "title", "rooms": "category", "vehicles": "category", "warehouses": "form"}
"""The column of lists that a tile carries as `category`."""


def kinds_of(page: Page) -> list[str]:
    """The kinds on the map that whoever looks may read."""
    reads = () if page.me is None else page.me["reads"]
    return [kind for kind in ON_THE_MAP if kind in reads]


def told(page: Page, box: Sequence[float] | None) -> dict[str, Any]:
    kinds = kinds_of(page)
    return {
        "language": page.language,
        "tiles": TILES,
        "counted": COUNTED_UP_TO,
        "box": box,
        "moment": {"at": page.moment.at, "known": page.moment.known, "case": page.moment.case},
        "kinds": [{"name": kind, "word": page.say(KINDS[kind].zh, KINDS[kind].en)} for kind in kinds],
        "schemes": [{"name": name, "word": page.say(zh, en)} for name, zh, en in SCHEMES],
        "words": {kind: _words(page, kind) for kind in kinds},
        "filters": {},
        "places": [[page.say(one.zh, one.en), one.latitude, one.longitude, one.rank] for one in SEATS],
    }


def _words(page: Page, kind: str) -> Mapping[str, list[list[str]]]:
    columns = {"status": "status", **({"category": _CATEGORY[kind]} if kind in _CATEGORY else {})}
    return {attribute: _values(page, kind, column) for attribute, column in columns.items()}


def _values(page: Page, kind: str, column: str) -> list[list[str]]:
    """Each value of a closed list: as it is stored, in words, and what it means for how something stands."""
    term = LISTED[kind][column].term
    return [] if term is None else [[one.value, page.say(one.zh, one.en), tone(one.value) or "none"] for one in term]
