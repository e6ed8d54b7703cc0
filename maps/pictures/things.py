"""The things on a sheet: outlines, points, numbers, badges, and what they are called where it fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from maps.pictures.strokes import FAINT, FULL, Room, haloed, outline, text, width
from maps.pictures.terms import Drawn
from maps.pictures.view import Frame

_LONGEST_LABEL: Final = 24


def things(frame: Frame, things: Sequence[Drawn], room: Room) -> Iterator[str]:
    """The large ones first, then what they are called, and over everything the badges."""
    labels: list[str] = []
    badges: list[str] = []
    for one in sorted(things, key=lambda one: -one.area):
        if one.badge:
            badges.extend(_badge(frame, one))
        else:
            yield from _thing(frame, one)
        if one.label:
            labels.extend(_label(frame, one, room))
    yield from labels
    yield from badges


def _thing(frame: Frame, one: Drawn) -> Iterator[str]:
    if one.many:
        yield from _counted(frame, one)
    elif one.area:
        opacity, dash = FAINT if one.is_faint else FULL, "4 3" if one.is_dashed else ""
        yield outline(frame, one.shape, one.colour, one.edge or one.colour, 0.8, opacity=opacity, dash=dash)
    else:
        x, y = frame.at(*one.middle)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{one.colour}" stroke="#ffffff" stroke-width="1.2"/>'


def _badge(frame: Frame, one: Drawn) -> Iterator[str]:
    x, y = frame.at(*one.middle)
    wide = 10 + 6.5 * len(one.badge)
    yield f'<rect x="{x - wide / 2:.1f}" y="{y - 24:.1f}" width="{wide:.1f}" height="16" rx="8" fill="{one.colour}" stroke="#ffffff" stroke-width="1.5"/>'
    yield text(x, y - 12.5, one.badge, 10, weight="bold", fill="#ffffff", anchor="middle")


def _counted(frame: Frame, one: Drawn) -> Iterator[str]:
    x, y = frame.at(*one.middle)
    radius = 8 + 4 * len(str(one.many))
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{one.colour}" fill-opacity="0.85" stroke="#ffffff" stroke-width="1.5"/>'
    yield text(x, y + 4, str(one.many), 11, weight="bold", fill="#ffffff", anchor="middle")


def _label(frame: Frame, one: Drawn, room: Room) -> Iterator[str]:
    """What a thing is called, where it fits and nothing was written yet."""
    size = 10.0
    said = one.label if len(one.label) <= _LONGEST_LABEL else one.label[: _LONGEST_LABEL - 1] + "…"
    wide = width(said, size)
    x, y = frame.at(*one.middle)
    if one.area and wide > one.width / frame.unit * 1.5:
        return
    y += 4 if one.area else 16
    if room.takes(x, y, wide, size):
        yield haloed(x, y, said, size)
