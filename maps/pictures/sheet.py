"""One sheet of paper as SVG: the map in its frame, title, legend, scale, north, the moment, and a line for the approval number."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import shapely

from maps.pictures.ground import Ground
from maps.pictures.view import Frame, degrees, mercator, net, round_length

FONT: Final = "Noto Sans CJK SC"
INK, SOFT, LINE, PAPER = "#1d2733", "#5b6775", "#c9d1d9", "#f7f5ef"
FULL, FAINT = 0.6, 0.16
"""How strongly an outline is filled."""
_LONGEST_LABEL: Final = 24
_LONGEST_WORD: Final = 26
_LINE: Final = 22
"""Of the legend, from one line to the next."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An outline or a point, in web Mercator, with its colour and what it is called.

    `many`: it stands for so many. `is_faint`: others lie in it, and are to be seen. `edge`: another colour for its outline.
    `badge`: not the thing itself is drawn, but this is written at its place.
    """

    shape: shapely.Geometry
    colour: str
    label: str = ""
    many: int = 0
    is_faint: bool = False
    edge: str = ""
    is_dashed: bool = False
    badge: str = ""

    @property
    def area(self) -> float:
        return float(shapely.area(self.shape))

    @property
    def middle(self) -> tuple[float, float]:
        west, south, east, north = shapely.bounds(self.shape)
        return (west + east) / 2, (south + north) / 2

    @property
    def width(self) -> float:
        west, _, east, _ = shapely.bounds(self.shape)
        return float(east - west)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend; `is_point`: it is of points and not of outlines. Without a colour it is a heading."""

    colour: str
    word: str
    many: int
    is_point: bool = False
    is_faint: bool = False
    edge: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`facts`: the moment and what else must be said, one line each. `boundaries`: in web Mercator."""

    width: float
    height: float
    frame: Frame
    title: str
    legend_title: str
    legend: Sequence[Entry]
    things: Sequence[Drawn]
    boundaries: Sequence[shapely.Geometry]
    facts: Sequence[str]
    approval: str
    ground: Ground | None = None
    is_exact: bool = True
    """Printed at its own size, so that its scale can be told as a fraction."""


def svg(sheet: Sheet) -> str:
    frame = sheet.frame
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width}" height="{sheet.height}" '
            f'viewBox="0 0 {sheet.width} {sheet.height}" font-family="{FONT}">'
        ),
        f'<rect width="{sheet.width}" height="{sheet.height}" fill="#ffffff"/>',
        _text(frame.left, frame.top - 18, sheet.title, 22, weight="bold"),
        f'<clipPath id="frame"><rect x="{frame.left}" y="{frame.top}" width="{frame.width}" height="{frame.height}"/></clipPath>',
        f'<g clip-path="url(#frame)"><rect x="{frame.left}" y="{frame.top}" width="{frame.width}" height="{frame.height}" fill="{PAPER}"/>',
        *_ground(frame, sheet.ground),
        *(_outline(frame, one, "none", "#8a6d8f", 1.2, dash="8 3 2 3") for one in sheet.boundaries),
        *_things(frame, sheet.things),
        "</g>",
        f'<rect x="{frame.left}" y="{frame.top}" width="{frame.width}" height="{frame.height}" fill="none" stroke="{INK}" stroke-width="1.2"/>',
        *_degrees(frame),
        *_north(frame),
        *_legend(sheet),
        *_scale(sheet),
        *_facts(sheet),
        "</svg>",
    ]
    return "\n".join(parts)


def _ground(frame: Frame, ground: Ground | None) -> Iterator[str]:
    """The base map; without one a net of degrees on plain paper."""
    if ground is None:
        yield from _net(frame)
        return
    west, south, east, north = ground.box
    (left, top), (right, bottom) = frame.at(west, north), frame.at(east, south)
    content = base64.b64encode(ground.png).decode()
    yield (
        f'<image x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}" height="{bottom - top:.2f}"'
        f' preserveAspectRatio="none" href="data:image/png;base64,{content}"/>'
    )


def _text(
    x: float, y: float, text: str, size: float, *, weight: str = "normal", fill: str = INK, anchor: str = "start"
) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{fill}" text-anchor="{anchor}">{escape(text)}</text>'


def _path(frame: Frame, shape: shapely.Geometry) -> str:
    rings = []
    for part in getattr(shape, "geoms", [shape]):
        lines = [part.exterior, *part.interiors] if isinstance(part, shapely.Polygon) else [part]
        for line in lines:
            points = [frame.at(x, y) for x, y in line.coords]
            rings.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points))
    return "".join(rings)


def _outline(
    frame: Frame, shape: shapely.Geometry, fill: str, stroke: str, width: float, *, opacity: float = 1, dash: str = ""
) -> str:
    dashes = f" stroke-dasharray={quoteattr(dash)}" if dash else ""
    return f'<path d="{_path(frame, shape)}" fill="{fill}" fill-opacity="{opacity}" fill-rule="evenodd" stroke="{stroke}" stroke-width="{width}"{dashes}/>'


def _things(frame: Frame, things: Sequence[Drawn]) -> Iterator[str]:
    taken: list[tuple[float, float, float, float]] = []
    labels: list[str] = []
    badges: list[str] = []
    for one in sorted(things, key=lambda one: -one.area):
        if one.many:
            yield from _counted(frame, one)
        elif one.badge:
            badges.extend(_badge(frame, one))
        elif one.area:
            opacity, dash = FAINT if one.is_faint else FULL, "4 3" if one.is_dashed else ""
            yield _outline(frame, one.shape, one.colour, one.edge or one.colour, 0.8, opacity=opacity, dash=dash)
        else:
            x, y = frame.at(*one.middle)
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{one.colour}" stroke="#ffffff" stroke-width="1.2"/>'
        if one.label:
            labels.extend(_label(frame, one, taken))
    yield from labels
    yield from badges


def _badge(frame: Frame, one: Drawn) -> Iterator[str]:
    x, y = frame.at(*one.middle)
    wide = 10 + 6.5 * len(one.badge)
    yield f'<rect x="{x - wide / 2:.1f}" y="{y - 24:.1f}" width="{wide:.1f}" height="16" rx="8" fill="{one.colour}" stroke="#ffffff" stroke-width="1.5"/>'
    yield _text(x, y - 12.5, one.badge, 10, weight="bold", fill="#ffffff", anchor="middle")


def _counted(frame: Frame, one: Drawn) -> Iterator[str]:
    x, y = frame.at(*one.middle)
    radius = 8 + 4 * len(str(one.many))
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{one.colour}" fill-opacity="0.85" stroke="#ffffff" stroke-width="1.5"/>'
    yield _text(x, y + 4, str(one.many), 11, weight="bold", fill="#ffffff", anchor="middle")


def _label(frame: Frame, one: Drawn, taken: list[tuple[float, float, float, float]]) -> Iterator[str]:
    """What a thing is called, where it fits and nothing was written yet; with a pale edge, so that it reads on any colour."""
    size = 10.0
    text = one.label if len(one.label) <= _LONGEST_LABEL else one.label[: _LONGEST_LABEL - 1] + "…"
    wide = sum(size if ord(sign) > 0x2E7F else size * 0.58 for sign in text)  # noqa: PLR2004 -- from here on signs are as wide as high
    x, y = frame.at(*one.middle)
    if one.area and wide > one.width / frame.unit * 1.5:
        return
    y += 4 if one.area else 16
    place = (x - wide / 2, y - size, x + wide / 2, y + 3)
    if any(
        place[0] < other[2] and other[0] < place[2] and place[1] < other[3] and other[1] < place[3] for other in taken
    ):
        return
    taken.append(place)
    yield (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="middle" fill="none" stroke="#ffffff" stroke-width="2.6" stroke-linejoin="round">{escape(text)}</text>'
    )
    yield _text(x, y, text, size, anchor="middle")


def _lines(frame: Frame) -> Iterator[tuple[float, bool]]:
    """The degrees of the net, and whether each is a meridian."""
    step = net(frame)
    (west, south), (east, north) = degrees(*frame.box[:2]), degrees(*frame.box[2:])
    for low, high, is_meridian in ((west, east, True), (south, north, False)):
        number = int(low // step) + 1
        while number * step < high:
            yield number * step, is_meridian
            number += 1


def _net(frame: Frame) -> Iterator[str]:
    for degree, is_meridian in _lines(frame):
        x, y = frame.at(*mercator(degree, 0)) if is_meridian else frame.at(*mercator(0, degree))
        x1, x2 = (x, x) if is_meridian else (frame.left, frame.left + frame.width)
        y1, y2 = (frame.top, frame.top + frame.height) if is_meridian else (y, y)
        yield f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{LINE}" stroke-width="0.6"/>'


def _degrees(frame: Frame) -> Iterator[str]:
    for degree, is_meridian in _lines(frame):
        if is_meridian:
            x, _ = frame.at(*mercator(degree, 0))
            yield _text(x, frame.top + frame.height + 12, f"{degree:g}°E"[:12], 8, fill=SOFT, anchor="middle")
        else:
            _, y = frame.at(*mercator(0, degree))
            yield f'<g transform="rotate(-90 {frame.left - 5} {y:.1f})">{_text(frame.left - 5, y, f"{degree:g}°N", 8, fill=SOFT, anchor="middle")}</g>'


def _north(frame: Frame) -> Iterator[str]:
    x, y = frame.left + frame.width - 30, frame.top + 20
    yield f'<circle cx="{x}" cy="{y + 20}" r="25" fill="#ffffff" fill-opacity="0.85"/>'
    yield f'<path d="M{x} {y + 8}L{x + 8} {y + 36}L{x} {y + 30}L{x - 8} {y + 36}Z" fill="{INK}"/>'
    yield _text(x, y + 5, "N", 11, weight="bold", anchor="middle")


def _legend(sheet: Sheet) -> Iterator[str]:
    x, y = sheet.frame.left + sheet.frame.width + 20, sheet.frame.top + 14
    yield _text(x, y, sheet.legend_title, 14, weight="bold")
    most = int((sheet.frame.height - 26) // _LINE)
    for number, one in enumerate(sheet.legend[:most]):
        at = y + 26 + number * _LINE
        yield from _swatch(one, x, at)
        yield _text(x + (26 if one.colour else 0), at, one.word[:_LONGEST_WORD], 12, fill=INK if one.colour else SOFT)
        yield _text(sheet.width - 24, at, f"{one.many:,}", 12, fill=SOFT, anchor="end")


def _swatch(one: Entry, x: float, at: float) -> Iterator[str]:
    if one.is_point:
        yield f'<circle cx="{x + 9}" cy="{at - 5}" r="6" fill="{one.colour}"/>'
    elif one.colour:
        opacity = FAINT if one.is_faint else FULL
        yield f'<rect x="{x}" y="{at - 11}" width="18" height="12" fill="{one.colour}" fill-opacity="{opacity}" stroke="{one.edge or one.colour}"/>'


def _scale(sheet: Sheet) -> Iterator[str]:
    frame = sheet.frame
    metres = round_length(frame.metres * 160)
    wide = metres / frame.metres
    x, y = frame.left, frame.top + frame.height + 34
    said = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"  # noqa: PLR2004 -- a kilometre
    yield f'<rect x="{x}" y="{y}" width="{wide / 2:.1f}" height="5" fill="{INK}"/>'
    yield f'<rect x="{x}" y="{y}" width="{wide:.1f}" height="5" fill="none" stroke="{INK}" stroke-width="1"/>'
    yield _text(x, y - 4, "0", 9, fill=SOFT)
    yield _text(x + wide, y - 4, said, 9, fill=SOFT, anchor="middle")
    if sheet.is_exact:
        fraction = frame.metres / (25.4 / 96 / 1000)
        yield _text(x + wide + 24, y + 6, f"1 : {round(fraction, -max(len(str(int(fraction))) - 3, 0)):,.0f}", 10)


def _facts(sheet: Sheet) -> Iterator[str]:
    frame = sheet.frame
    for number, fact in enumerate(sheet.facts):
        yield _text(frame.left, frame.top + frame.height + 60 + number * 15, fact, 10, fill=SOFT)
    x, y = sheet.width - 24, sheet.height - 22
    yield f'<line x1="{x - 130}" y1="{y + 3}" x2="{x}" y2="{y + 3}" stroke="{INK}" stroke-width="0.8"/>'
    yield _text(x - 136, y, sheet.approval, 12, anchor="end")
