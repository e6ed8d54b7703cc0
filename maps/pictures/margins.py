"""What a printed map says of itself about its frame: degrees, north, scale, the moment, and a line for the approval number."""

from __future__ import annotations

from collections.abc import Iterator

from maps.pictures.strokes import INK, LINE, SOFT, text
from maps.pictures.terms import Sheet
from maps.pictures.view import Frame, degrees, mercator, net, round_length


def _lines(frame: Frame) -> Iterator[tuple[float, bool]]:
    """The degrees of the net, and whether each is a meridian."""
    step = net(frame)
    (west, south), (east, north) = degrees(*frame.box[:2]), degrees(*frame.box[2:])
    for low, high, is_meridian in ((west, east, True), (south, north, False)):
        number = int(low // step) + 1
        while number * step < high:
            yield number * step, is_meridian
            number += 1


def net_of_degrees(frame: Frame) -> Iterator[str]:
    for degree, is_meridian in _lines(frame):
        x, y = frame.at(*mercator(degree, 0)) if is_meridian else frame.at(*mercator(0, degree))
        x1, x2 = (x, x) if is_meridian else (frame.left, frame.left + frame.width)
        y1, y2 = (frame.top, frame.top + frame.height) if is_meridian else (y, y)
        yield f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{LINE}" stroke-width="0.6"/>'


def degrees_told(frame: Frame) -> Iterator[str]:
    for degree, is_meridian in _lines(frame):
        if is_meridian:
            x, _ = frame.at(*mercator(degree, 0))
            yield text(x, frame.top + frame.height + 12, f"{degree:g}°E"[:12], 8, fill=SOFT, anchor="middle")
        else:
            _, y = frame.at(*mercator(0, degree))
            yield f'<g transform="rotate(-90 {frame.left - 5} {y:.1f})">{text(frame.left - 5, y, f"{degree:g}°N", 8, fill=SOFT, anchor="middle")}</g>'


def north(frame: Frame) -> Iterator[str]:
    x, y = frame.left + frame.width - 30, frame.top + 20
    yield f'<circle cx="{x}" cy="{y + 20}" r="25" fill="#ffffff" fill-opacity="0.85"/>'
    yield f'<path d="M{x} {y + 8}L{x + 8} {y + 36}L{x} {y + 30}L{x - 8} {y + 36}Z" fill="{INK}"/>'
    yield text(x, y + 5, "N", 11, weight="bold", anchor="middle")


def scale(sheet: Sheet) -> Iterator[str]:
    frame = sheet.frame
    metres = round_length(frame.metres * 160)
    wide = metres / frame.metres
    x, y = frame.left, frame.top + frame.height + 34
    said = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"  # noqa: PLR2004 -- a kilometre
    yield f'<rect x="{x}" y="{y}" width="{wide / 2:.1f}" height="5" fill="{INK}"/>'
    yield f'<rect x="{x}" y="{y}" width="{wide:.1f}" height="5" fill="none" stroke="{INK}" stroke-width="1"/>'
    yield text(x, y - 4, "0", 9, fill=SOFT)
    yield text(x + wide, y - 4, said, 9, fill=SOFT, anchor="middle")
    if sheet.is_exact:
        fraction = frame.metres / (25.4 / 96 / 1000)
        yield text(x + wide + 24, y + 6, f"1 : {round(fraction, -max(len(str(int(fraction))) - 3, 0)):,.0f}", 10)


def facts(sheet: Sheet) -> Iterator[str]:
    frame = sheet.frame
    for number, fact in enumerate(sheet.facts):
        yield text(frame.left, frame.top + frame.height + 60 + number * 15, fact, 10, fill=SOFT)
    x, y = sheet.width - 24, sheet.height - 22
    yield f'<line x1="{x - 130}" y1="{y + 3}" x2="{x}" y2="{y + 3}" stroke="{INK}" stroke-width="0.8"/>'
    yield text(x - 136, y, sheet.approval, 12, anchor="end")
