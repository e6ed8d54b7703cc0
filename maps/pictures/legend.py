"""The legend of a sheet: what the colours mean, and how many there are of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from maps.pictures.strokes import FAINT, FULL, INK, SOFT, text
from maps.pictures.terms import Entry, Sheet

_LONGEST_WORD: Final = 26
_LINE: Final = 22
"""From one line to the next."""


def legend(sheet: Sheet) -> Iterator[str]:
    x, y = sheet.frame.left + sheet.frame.width + 20, sheet.frame.top + 14
    yield text(x, y, sheet.legend_title, 14, weight="bold")
    most = int((sheet.frame.height - 26) // _LINE)
    for number, one in enumerate(sheet.legend[:most]):
        at = y + 26 + number * _LINE
        yield from _swatch(one, x, at)
        yield text(x + (26 if one.colour else 0), at, one.word[:_LONGEST_WORD], 12, fill=INK if one.colour else SOFT)
        yield text(sheet.width - 24, at, f"{one.many:,}", 12, fill=SOFT, anchor="end")


def _swatch(one: Entry, x: float, at: float) -> Iterator[str]:
    if one.is_point:
        yield f'<circle cx="{x + 9}" cy="{at - 5}" r="6" fill="{one.colour}"/>'
    elif one.colour:
        opacity = FAINT if one.is_faint else FULL
        yield f'<rect x="{x}" y="{at - 11}" width="18" height="12" fill="{one.colour}" fill-opacity="{opacity}" stroke="{one.edge or one.colour}"/>'
