"""A position as it is kept, and the marks that say what is odd about it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from domain.kernel.labels import Term


class Mark(Term):
    """Odd positions are kept and marked, never dropped."""

    LATE = "late", "迟到", "late"
    FUTURE = "future", "设备时间超前", "ahead of time"
    NULL_ISLAND = "null-island", "零点坐标", "at 0°, 0°"
    OUT_OF_RANGE = "out-of-range", "坐标越界", "no place"
    OUTSIDE = "outside", "不在境内", "outside of China"
    JUMP = "jump", "跳点", "jump"
    DOUBLED = "doubled", "同时两处", "two places at once"


MISPLACED: Final = frozenset({Mark.FUTURE, Mark.NULL_ISLAND, Mark.OUT_OF_RANGE, Mark.OUTSIDE})
"""A vehicle is not shown where these are, and its way does not lead there."""


class Fix(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Where a vehicle was at a moment of its device's clock: `x`, `y` as sent in `system`; longitude and latitude in CGCS2000."""

    vehicle: str
    at: datetime
    received_at: datetime
    system: str
    x: float
    y: float
    longitude: float | None
    latitude: float | None
    speed: float | None = None
    heading: float | None = None
    altitude: float | None = None
    accuracy: float | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def is_misplaced(self) -> bool:
        return self.longitude is None or not MISPLACED.isdisjoint(self.marks)
