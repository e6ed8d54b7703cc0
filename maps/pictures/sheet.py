"""One sheet of paper as SVG: the map in its frame, title, legend, scale, north, the moment, and a line for the approval number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from maps.pictures.fleet import fleet
from maps.pictures.legend import legend
from maps.pictures.margins import degrees_told, facts, net_of_degrees, north, scale
from maps.pictures.strokes import INK, PAPER, Room, outline, text
from maps.pictures.terms import Sheet
from maps.pictures.things import things
from maps.pictures.view import Frame

FONT: Final = "Noto Sans CJK SC"


def svg(sheet: Sheet) -> str:
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width}" height="{sheet.height}" '
            f'viewBox="0 0 {sheet.width} {sheet.height}" font-family="{FONT}">'
        ),
        f'<rect width="{sheet.width}" height="{sheet.height}" fill="#ffffff"/>',
        text(sheet.frame.left, sheet.frame.top - 18, sheet.title, 22, weight="bold"),
        *_map(sheet),
        f'<rect {_box(sheet.frame)} fill="none" stroke="{INK}" stroke-width="1.2"/>',
        *degrees_told(sheet.frame),
        *north(sheet.frame),
        *legend(sheet),
        *scale(sheet),
        *facts(sheet),
        "</svg>",
    ]
    return "\n".join(parts)


def _map(sheet: Sheet) -> Iterator[str]:
    """What is in the frame; without a base map on a net of degrees on plain paper."""
    frame, room = sheet.frame, Room()
    yield f'<clipPath id="frame"><rect {_box(frame)}/></clipPath>'
    yield f'<g clip-path="url(#frame)"><rect {_box(frame)} fill="{PAPER}"/>'
    yield from net_of_degrees(frame) if sheet.ground is None else sheet.ground.drawn(frame)
    for line in sheet.boundaries:
        yield outline(frame, line, "none", "#8a6d8f", 1.2, dash="8 3 2 3")
    # Whoever moves is looked for first: the names of what stands give way.
    moving = list(fleet(frame, sheet.fleet, room))
    yield from things(frame, sheet.things, room)
    yield from moving
    yield "</g>"


def _box(frame: Frame) -> str:
    return f'x="{frame.left}" y="{frame.top}" width="{frame.width}" height="{frame.height}"'
