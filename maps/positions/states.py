"""Whether a vehicle moves, stands, or has not been heard of."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

State: TypeAlias = Literal["moving", "standing", "silent"]
STATES: Final[tuple[State, ...]] = ("moving", "standing", "silent")

SILENT_AFTER: Final = timedelta(minutes=10)
MOVING_FROM: Final = 3.0
"""Kilometres an hour: below it is what a position wanders while standing."""


def state(at: datetime, speed: float | None, now: datetime) -> State:
    if now - at > SILENT_AFTER:
        return "silent"
    return "moving" if (speed or 0.0) >= MOVING_FROM else "standing"
