"""A posting, as tests of vehicles tell it."""

from __future__ import annotations

from collections.abc import Callable

from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import day, mandate
from tests.domain.vehicles.situations import EDUCATION


def posted(since: str, until: str) -> Callable[[Vehicle], None]:
    return lambda v: v.post(mandate(since), to=EDUCATION, until=day(until))
