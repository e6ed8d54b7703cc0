"""How a base map of vectors is painted: simply, in the colours in which the map's page paints the same file (its flavor “light”)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from maps.bases.vectors import Feature, Form

_GREEN: Final = frozenset({
    "national_park", "park", "cemetery", "protected_area", "nature_reserve", "forest", "golf_course", "wood",
    "allotments", "village_green", "playground",
})  # fmt: skip
_GRASS: Final = frozenset({"scrub", "grassland", "grass"})
_BASE: Final = 1.6
"""From one zoom to the next a line grows by this."""

Widths = Sequence[tuple[float, float]]
"""Of a line: at some zooms, how many units of the paper it is wide."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Of features of a form in a layer, of these kinds (none: of all), how they are painted. `dash`: of a line, in units."""

    layer: str
    form: Form
    colour: str
    kinds: frozenset[str] = frozenset()
    opacity: float = 1
    widths: Widths = ()
    dash: str = ""
    least_zoom: float = 0

    def is_of(self, one: Feature) -> bool:
        return one.form == self.form and (not self.kinds or one.said.get("kind") in self.kinds)

    def width(self, zoom: float) -> float:
        """Between the zooms that are told it grows ever faster, as everything on the map does."""
        before = self.widths[0]
        if zoom <= before[0]:
            return before[1]
        for after in self.widths[1:]:
            if zoom <= after[0]:
                share = (math.pow(_BASE, zoom - before[0]) - 1) / (math.pow(_BASE, after[0] - before[0]) - 1)
                return before[1] + (after[1] - before[1]) * share
            before = after
        return before[1]


def _area(layer: str, colour: str, *kinds: str, opacity: float = 1, least_zoom: float = 0) -> Paint:
    return Paint(layer, "area", colour, frozenset(kinds), opacity=opacity, least_zoom=least_zoom)


def _road(widths: Widths, *kinds: str) -> Paint:
    return Paint("roads", "line", "#ffffff", frozenset(kinds), widths=widths)


PAINTS: Final = (
    _area("earth", "#e2dfda"),
    _area("landcover", "#d2efcf", "grassland", "farmland", opacity=0.5),
    _area("landcover", "#c4e7d2", "forest", "scrub", opacity=0.5),
    _area("landcover", "#fff3d7", "barren", opacity=0.5),
    _area("landcover", "#e6e6e6", "urban_area", opacity=0.5),
    _area("landuse", "#9cd3b4", *_GREEN, least_zoom=8),
    _area("landuse", "#99d2bb", *_GRASS),
    _area("landuse", "#e4dad9", "hospital"),
    _area("landuse", "#d1dde1", "industrial"),
    _area("landuse", "#e4ded7", "school", "university", "college"),
    _area("landuse", "#c6dcdc", "zoo", "military", "naval_base", "airfield"),
    _area("landuse", "#e2e0d7", "sand", least_zoom=8),
    _area("landuse", "#dadbdf", "aerodrome"),
    _area("water", "#80deea"),
    Paint("water", "line", "#80deea", frozenset({"river", "canal"}), widths=((9, 0), (9.5, 1), (18, 12)), least_zoom=9),
    Paint("water", "line", "#80deea", frozenset({"stream"}), widths=((14, 0.5),), least_zoom=14),
    _area("landuse", "#e3e0d4", "pedestrian"),
    _area("buildings", "#cccccc", opacity=0.5),
    _road(((14, 0), (20, 7)), "other", "path"),
    _road(((13, 0), (18, 8)), "minor_road"),
    _road(((6, 0), (12, 1.6), (15, 3), (18, 13)), "major_road"),
    _road(((3, 0), (6, 1.1), (12, 1.6), (15, 5), (18, 15)), "highway"),
    Paint("boundaries", "line", "#adadad", widths=((0, 0.8),)),
    Paint("roads", "line", "#a7b1b3", frozenset({"rail"}), widths=((4, 0.3), (12, 1), (19, 4)), dash="4 3"),
)  # fmt: skip
"""The first lies lowest."""

PLACES: Final = "places"
PLACE_INKS: Final = {"locality": "#5c5c5c", "region": "#8f8f8f", "country": "#8f8f8f"}
LAYERS: Final = frozenset({PLACES, *(paint.layer for paint in PAINTS)})
