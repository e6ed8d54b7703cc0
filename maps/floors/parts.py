"""A floor of very many rooms in parts, so that each part can be drawn and read room by room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

MOST: Final = 400
"""Rooms of a part. A floor that has no more is one part: nobody is asked which."""
_SAME_ROW: Final = 0.5
"""Metres: what is nearer to each other is not torn apart, so that a row of rooms stays in one part."""


def parts(shapes: Sequence[BaseGeometry], most: int = MOST) -> list[list[int]]:
    """The places of the rooms, part by part: what there is halved along its longer side until few enough are left."""
    if not shapes:
        return []
    bounds = shapely.bounds(np.array(shapes, dtype=object))
    middles = np.column_stack(((bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2))
    found = sorted(_halved(np.arange(len(shapes)), middles, most), key=lambda part: _corner(middles[part]))
    return [sorted(part.tolist()) for part in found]


def _corner(middles: Any) -> tuple[int, float]:
    """As one reads: from above, and from left to right."""
    west, north = middles.min(axis=0).tolist()
    return round(north), west


def _halved(those: Any, middles: Any, most: int) -> Iterator[Any]:
    if len(those) <= most:
        yield those
        return
    reach = np.ptp(middles[those], axis=0)
    along = middles[those, 0 if reach[0] >= reach[1] else 1]
    order = np.argsort(along, kind="stable")
    cut = _cut(along[order])
    yield from _halved(those[order[:cut]], middles, most)
    yield from _halved(those[order[cut:]], middles, most)


def _cut(along: Any) -> int:
    """As near to the middle as rooms that stand in one row allow."""
    half = len(along) // 2
    before = int(np.searchsorted(along, along[half] - _SAME_ROW))
    after = int(np.searchsorted(along, along[half] + _SAME_ROW))
    near = [cut for cut in (before, after) if 0 < cut < len(along)]
    return min(near, key=lambda cut: abs(cut - half), default=half)
