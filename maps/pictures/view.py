"""From degrees to a place on the paper, and from there to true lengths: web Mercator, as on the screen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, TypeAlias

EARTH: Final = 6_378_137.0
_STEPS: Final = (1, 2, 5)

Box: TypeAlias = tuple[float, float, float, float]
"""West, south, east, north."""


def mercator(longitude: float, latitude: float) -> tuple[float, float]:
    return math.radians(longitude) * EARTH, math.asinh(math.tan(math.radians(latitude))) * EARTH


def degrees(x: float, y: float) -> tuple[float, float]:
    return math.degrees(x / EARTH), math.degrees(math.atan(math.sinh(y / EARTH)))


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the paper, in its units, that shows a box of web Mercator, in metres of it."""

    left: float
    top: float
    width: float
    height: float
    box: Box

    @property
    def unit(self) -> float:
        """Metres of web Mercator in a unit of the paper."""
        return (self.box[2] - self.box[0]) / self.width

    @property
    def metres(self) -> float:
        """True metres in a unit of the paper, in the middle: northward the map is drawn larger."""
        _, latitude = degrees(0, (self.box[1] + self.box[3]) / 2)
        return self.unit * math.cos(math.radians(latitude))

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + (x - self.box[0]) / self.unit, self.top + (self.box[3] - y) / self.unit


def framed(left: float, top: float, width: float, height: float, asked: Box) -> Frame:
    """The box of degrees that was asked for, in the middle of as much as the frame shows."""
    west, south = mercator(*asked[:2])
    east, north = mercator(*asked[2:])
    unit = max((east - west) / width, (north - south) / height, 0.05)
    x, y = (west + east) / 2, (south + north) / 2
    return Frame(
        left,
        top,
        width,
        height,
        (x - unit * width / 2, y - unit * height / 2, x + unit * width / 2, y + unit * height / 2),
    )


def round_length(most: float) -> float:
    """The longest of 1, 2, 5, 10, 20 … that is no longer."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in _STEPS if step * power <= most)


def net(frame: Frame) -> float:
    """How many degrees lie between two lines of the net, so that there are about four."""
    wide = degrees(frame.box[2], 0)[0] - degrees(frame.box[0], 0)[0]
    return round_length(wide / 3.5)
