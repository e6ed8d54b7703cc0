"""The live fleet on a sheet: arrows that point where vehicles go, spots where they stand, paler the longer nothing was heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from maps.pictures.strokes import SOFT, Room, haloed, width
from maps.pictures.terms import Moving
from maps.pictures.view import Frame

_ARROW: Final = "M0 -9L6 7L0 4L-6 7Z"
_SIZE, _NOTE = 10.0, 8.0


def fleet(frame: Frame, vehicles: Sequence[Moving], room: Room) -> Iterator[str]:
    for one in vehicles:
        yield _spot(*frame.at(*one.at), one)
    for one in vehicles:
        yield from _label(*frame.at(*one.at), one, room)


def _spot(x: float, y: float, one: Moving) -> str:
    looks = f'fill="{one.colour}" fill-opacity="{one.strength:.2f}" stroke="#ffffff" stroke-width="1.5"'
    if one.heading is None:
        return f'<circle class="moving" cx="{x:.1f}" cy="{y:.1f}" r="5" {looks}/>'
    return (
        f'<path class="moving" d="{_ARROW}" transform="translate({x:.1f} {y:.1f}) rotate({one.heading:.0f})" {looks}/>'
    )


def _label(x: float, y: float, one: Moving, room: Room) -> Iterator[str]:
    """Its plate, and below how old all this is; where there is room for both."""
    wide = max(width(one.label, _SIZE), width(one.note, _NOTE))
    if room.takes(x, y + 31, wide, 21):
        yield haloed(x, y + 20, one.label, _SIZE)
        yield haloed(x, y + 30, one.note, _NOTE, fill=SOFT)
