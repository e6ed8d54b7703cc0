"""What the scripts of the map are told: kinds, schemes of colour and their words, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.console.badges import COLUMNS, tone
from api.console.kinds import KINDS
from api.console.map.filtered import Filtered
from api.console.pages import Page
from maps.page.schemes import SCHEMES, Scheme, Value, carried_as, values
from maps.page.seats import SEATS
from projections.queries.listed import LISTED

ON_THE_MAP: Final = ("compounds", "buildings", "rooms", "warehouses", "vehicles")
"""In the order in which they are drawn: what stands on the ground first."""
TILES: Final = "/tiles/{layer}/{z}/{x}/{y}.mvt"
COUNTED_UP_TO: Final = {"rooms": 15}
"""The zoom of tiles up to which they hold counts of a kind; `_OTHERS` of all others."""
_OTHERS: Final = 12


OVERLAYS: Final = (
    ("items", "仓内资产", "Items in warehouses", frozenset({"items"})),
    ("findings", "待办与异常", "What waits or looks wrong", frozenset(ON_THE_MAP)),
)
"""What is told of places by other things, to whoever reads one of these kinds."""


def overlays_of(page: Page) -> list[tuple[str, str]]:
    reads = frozenset(() if page.me is None else page.me["reads"])
    return [(name, page.say(zh, en)) for name, zh, en, kinds in OVERLAYS if kinds & reads]


def kinds_of(page: Page) -> list[str]:
    """The kinds on the map that whoever looks may read."""
    reads = () if page.me is None else page.me["reads"]
    return [kind for kind in ON_THE_MAP if kind in reads]


def told(page: Page, box: Sequence[float] | None, filtered: Filtered) -> dict[str, Any]:
    kinds = kinds_of(page)
    return {
        "language": page.language,
        "tiles": TILES,
        "box": box,
        "moment": {"at": page.moment.at, "known": page.moment.known, "case": page.moment.case},
        "kinds": [
            {
                "name": kind,
                "word": page.say(KINDS[kind].zh, KINDS[kind].en),
                "counted": COUNTED_UP_TO.get(kind, _OTHERS),
            }
            for kind in kinds
        ],
        "overlays": [{"name": name, "word": word} for name, word in overlays_of(page)],
        "schemes": [_scheme(page, scheme, kinds) for scheme in SCHEMES],
        "states": {kind: _states(page, kind) for kind in kinds},
        "filters": {"kind": filtered.kind, "query": filtered.query},
        "places": [[page.say(one.zh, one.en), one.latitude, one.longitude, one.rank] for one in SEATS],
    }


def _scheme(page: Page, scheme: Scheme, kinds: Sequence[str]) -> Mapping[str, Any]:
    by = {kind: _by(kind, colour) for kind, colour in scheme.by.items() if kind in kinds}
    return {"name": scheme.name, "word": page.say(scheme.zh, scheme.en), "by": by}


def _by(kind: str, colour: str) -> Mapping[str, Any]:
    """How the tiles tell it, and how each value is painted; what the values are called the legend says."""
    means = colour in COLUMNS
    paints = {one.value: _paint(one, place, means=means) for place, one in enumerate(values(kind, colour))}
    return {"colour": colour, "as": carried_as(kind, colour), "paints": paints}


def _paint(one: Value, place: int, *, means: bool) -> str:
    if one.paint:
        return one.paint
    return tone(one.value) or "none" if means else f"c{place % 8 + 1}"


def _states(page: Page, kind: str) -> Mapping[str, str]:
    term = LISTED[kind]["status"].term
    return {} if term is None else {one.value: page.say(one.zh, one.en) for one in term}
