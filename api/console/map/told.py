"""What the scripts of the map are told: kinds, schemes of colour and their words, in the language of the page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from api.console.badges import COLUMNS, tone
from api.console.kinds import KINDS
from api.console.map.filtered import Filtered
from api.console.pages import Page
from maps.page.schemes import SCHEMES, Value, carried_as, values
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
        "overlays": [{"name": name, "word": word} for name, word in overlays_of(page)],
        "filters": {"kind": filtered.kind, "query": filtered.query},
    }


@cache
def words(language: str) -> tuple[str, str]:
    """The script with what is the same for everybody, and where it is served: its address holds its digest, so browsers keep it."""
    said = {
        "tiles": TILES,
        "schemes": [
            {"name": one.name, "by": {kind: _by(kind, colour) for kind, colour in one.by.items()}} for one in SCHEMES
        ],
        "states": {kind: _states(kind, language) for kind in ON_THE_MAP},
        "places": [[one.zh if language == "zh" else one.en, one.latitude, one.longitude, one.rank] for one in SEATS],
    }
    script = f"window.zhangtu = {{ ...window.zhangtu, words: {json.dumps(said, ensure_ascii=False, separators=(',', ':'))} }};"
    return script, f"/map/words/{hashlib.sha256(script.encode()).hexdigest()[:16]}/{language}.js"


def _by(kind: str, colour: str) -> Mapping[str, Any]:
    """How the tiles tell it, and how each value is painted; what the values are called the legend says."""
    means = colour in COLUMNS
    paints = {one.value: _paint(one, place, means=means) for place, one in enumerate(values(kind, colour))}
    return {"colour": colour, "as": carried_as(kind, colour), "paints": paints}


def _paint(one: Value, place: int, *, means: bool) -> str:
    if one.paint:
        return one.paint
    return tone(one.value) or "none" if means else f"c{place % 8 + 1}"


def _states(kind: str, language: str) -> Mapping[str, str]:
    term = LISTED[kind]["status"].term
    return {} if term is None else {one.value: one.zh if language == "zh" else one.en for one in term}
