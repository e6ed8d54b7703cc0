"""Text and lines as SVG."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import shapely

from maps.pictures.view import Frame

INK, SOFT, LINE, PAPER = "#1d2733", "#5b6775", "#c9d1d9", "#f7f5ef"
FULL, FAINT = 0.6, 0.16
"""How strongly an outline is filled."""
_WIDE: Final = 0x2E7F
"""From here on signs are as wide as high."""


def text(
    x: float, y: float, said: str, size: float, *, weight: str = "normal", fill: str = INK, anchor: str = "start"
) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{fill}" text-anchor="{anchor}">{escape(said)}</text>'


def haloed(x: float, y: float, said: str, size: float, *, weight: str = "normal", fill: str = INK) -> str:
    """In the middle, with a pale edge, so that it reads on any colour."""
    halo = (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="middle" fill="none"'
        f' stroke="#ffffff" stroke-width="2.6" stroke-linejoin="round">{escape(said)}</text>'
    )
    return halo + text(x, y, said, size, weight=weight, fill=fill, anchor="middle")


def width(said: str, size: float) -> float:
    """About how wide a text is."""
    return sum(size if ord(sign) > _WIDE else size * 0.58 for sign in said)


def outline(
    frame: Frame, shape: shapely.Geometry, fill: str, stroke: str, width: float, *, opacity: float = 1, dash: str = ""
) -> str:
    dashes = f" stroke-dasharray={quoteattr(dash)}" if dash else ""
    return f'<path d="{_path(frame, shape)}" fill="{fill}" fill-opacity="{opacity}" fill-rule="evenodd" stroke="{stroke}" stroke-width="{width}"{dashes}/>'


def _path(frame: Frame, shape: shapely.Geometry) -> str:
    rings = []
    for part in getattr(shape, "geoms", [shape]):
        lines = [part.exterior, *part.interiors] if isinstance(part, shapely.Polygon) else [part]
        for line in lines:
            points = [frame.at(x, y) for x, y in line.coords]
            rings.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points))
    return "".join(rings)


@dataclass(slots=True)
class Room:
    """Where on the paper something is written already."""

    _taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def takes(self, x: float, y: float, wide: float, high: float) -> bool:
        """Whether there was still room for a text whose line begins at `y`, with its middle at `x`; from then on it is taken."""
        place = (x - wide / 2, y - high, x + wide / 2, y + 3)
        if any(_meet(place, other) for other in self._taken):
            return False
        self._taken.append(place)
        return True


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
