"""A journey as tests of its steps tell it."""

from __future__ import annotations

from collections.abc import Callable

from domain.vehicles.journey import Journey
from tests.domain.scenario import mandate
from tests.domain.vehicles.situations import Trip, a_fit_vehicle


def turned_down(when: str = "2026-11-09T10:00") -> Callable[[Journey], None]:
    return lambda j: j.refuse(mandate(when, user="zhang"), because="可乘公共交通")


STEPS: dict[str, Callable[[Trip], None]] = {
    "approve": lambda trip: trip.approve("2026-11-10T17:30"),
    "refuse": lambda trip: turned_down("2026-11-10T17:30")(trip.journey),
    "dispatch": lambda trip: trip.dispatch("2026-11-10T17:30"),
    "swap": lambda trip: trip.swap(a_fit_vehicle("宁C2"), "2026-11-10T17:30"),
    "depart": lambda trip: trip.depart("2026-11-10T17:30"),
    "return": lambda trip: trip.come_back("2026-11-10T17:30"),
    "close": lambda trip: trip.journey.close(mandate("2026-11-10T17:30"), in_order=True),
    "cancel": lambda trip: trip.cancel("2026-11-10T17:30"),
}
