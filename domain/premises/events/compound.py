"""What happens to compounds."""

from collections.abc import Iterator
from typing import Any

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.kernel.places import Outline
from domain.premises.facets import ADDRESS, COMPOUND_STATUS, DIVISION, NAME, OUTLINE
from domain.premises.terms import CompoundStatus


@recorded_as("premises.CompoundRegistered", correctable=True)
class CompoundRegistered(Event, frozen=True):
    name: str
    address: str
    division: str
    outline: Outline | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield NAME.fact(self.name, since=self.effective)
        yield ADDRESS.fact(self.address, since=self.effective)
        yield DIVISION.fact(self.division, since=self.effective)
        yield OUTLINE.fact(self.outline, since=self.effective)
        yield COMPOUND_STATUS.fact(CompoundStatus.OPEN, since=self.effective)


@recorded_as("premises.CompoundRenamed", correctable=True)
class CompoundRenamed(Event, frozen=True):
    name: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield NAME.fact(self.name, since=self.effective)


@recorded_as("premises.CompoundReaddressed", correctable=True)
class CompoundReaddressed(Event, frozen=True):
    address: str
    division: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ADDRESS.fact(self.address, since=self.effective)
        yield DIVISION.fact(self.division, since=self.effective)


@recorded_as("premises.CompoundRedrawn", correctable=True)
class CompoundRedrawn(Event, frozen=True):
    outline: Outline

    def facts(self) -> Iterator[Fact[Any]]:
        yield OUTLINE.fact(self.outline, since=self.effective)


@recorded_as("premises.CompoundClosed", correctable=True)
class CompoundClosed(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield COMPOUND_STATUS.fact(CompoundStatus.CLOSED, since=self.effective)
