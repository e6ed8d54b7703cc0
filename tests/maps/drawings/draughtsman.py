"""Plans as draughtsmen draw them, made by ezdxf: five rooms a side along a corridor, in whatever disorder a test asks for."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import ezdxf
from ezdxf.document import Drawing

WIDE, DEEP, CORRIDOR = 6.0, 7.0, 2.4
MILLIMETRES, CENTIMETRES, METRES, UNSAID = 4, 5, 6, 0


def saved(document: Drawing, encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    document.write(out)
    return out.getvalue().encode(encoding)


def a_document(units: int = METRES, version: str = "R2010") -> Drawing:
    document = ezdxf.new(version)  # type: ignore[attr-defined]  # not in its list of exports
    document.header["$INSUNITS"] = units
    return document


def boxes(count: int = 10) -> Iterator[tuple[float, float, float, float]]:
    for place in range(count // 2):
        yield place * WIDE, DEEP + CORRIDOR, WIDE, DEEP
    for place in range(count - count // 2):
        yield place * WIDE, 0.0, WIDE, DEEP


def numbers(floor: int = 3, count: int = 10) -> list[str]:
    return [f"{floor}{place:02d}" for place in range(1, count + 1)]


def rooms(
    space: Any, *, floor: int = 3, scale: float = 1.0, at: tuple[float, float] = (0, 0), layer: str = "ROOM",
    count: int = 10, writes: bool = True, said: Callable[[str], str] = str,
) -> None:  # fmt: skip
    """Each room a closed polyline with its number in the middle."""
    for number, (x, y, width, height) in zip(numbers(floor, count), boxes(count), strict=True):
        west, south = (at[0] + x) * scale, (at[1] + y) * scale
        east, north = west + width * scale, south + height * scale
        corners = [(west, south), (east, south), (east, north), (west, north)]
        if space.doc.dxfversion < "AC1015":
            space.add_polyline2d(corners, close=True, dxfattribs={"layer": layer})
        else:
            space.add_lwpolyline(corners, close=True, dxfattribs={"layer": layer})
        if writes:
            text = space.add_text(said(number), height=0.4 * scale, dxfattribs={"layer": layer})
            text.set_placement((west + width / 2 * scale, south + height / 2 * scale))


def walls(space: Any, *, floor: int = 3, gap: float = 0.0, layer: str = "WALL", writes: bool = True) -> None:
    """Bare lines: two rows of rooms, whose cross walls end `gap` short of the long ones."""
    length = 5 * WIDE
    for y in (0.0, DEEP, DEEP + CORRIDOR, 2 * DEEP + CORRIDOR):
        space.add_line((0, y), (length, y), dxfattribs={"layer": layer})
    for place in range(6):
        x = place * WIDE
        space.add_line((x, gap), (x, DEEP - gap), dxfattribs={"layer": layer})
        space.add_line((x, DEEP + CORRIDOR + gap), (x, 2 * DEEP + CORRIDOR - gap), dxfattribs={"layer": layer})
    for number, (x, y, width, height) in zip(numbers(floor), boxes(), strict=True):
        if writes:
            space.add_text(number, height=0.4, dxfattribs={"layer": layer}).set_placement(
                (x + width / 2, y + height / 2)
            )
