"""Who and what the lives of the world can refer to at the moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from api.world.stream import Stream

if TYPE_CHECKING:
    from api.world.world import World


@dataclass(frozen=True, slots=True)
class KnownUnit:
    id: UUID
    name: str
    division: str


@dataclass(frozen=True, slots=True)
class KnownWarehouse:
    id: UUID
    shelves: tuple[str, ...]


@dataclass(slots=True)
class KnownDriver:
    """Busy: on a journey, suspended, or no longer a driver."""

    stream: Stream
    busy: bool = False


@dataclass(slots=True)
class Directory:
    units: list[KnownUnit] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    people_of: dict[UUID, list[UUID]] = field(default_factory=dict)
    driving: set[UUID] = field(default_factory=set)
    """Who drives for the bureau stays with it."""
    drivers: list[KnownDriver] = field(default_factory=list)
    warehouses: list[KnownWarehouse] = field(default_factory=list)
    fill: Callable[[World], None] = field(default=lambda _: None)
    """Tells one small event, to end with exactly as many as were asked for."""

    def person_leaves(self, person: UUID, unit: UUID) -> None:
        self.people_of[unit].remove(person)
        self.people.remove(person)
