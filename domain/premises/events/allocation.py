"""What happens to the use of a building: units are allocated it, or parts of it, and hand it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.kernel.text import Name, Reason
from domain.premises.facets import (
    ALLOCATED_AREA,
    ALLOCATED_TO,
    ALLOCATED_WHOLE,
    ALLOCATION_MODE,
    USE_AGREEMENT,
    USE_CERTIFICATE,
)
from domain.premises.terms import AllocationMode


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeExcluded:
    """Why a preferred mode could not serve, and the document that says so."""

    mode: AllocationMode
    because: Reason
    document: Name


@recorded_as("premises.BuildingAllocated", correctable=True)
class BuildingAllocated(Event, frozen=True):
    """`area` is the gross area then where the whole building is meant; the whole grows and shrinks with later surveys."""

    unit: UUID
    mode: AllocationMode
    excluded: tuple[ModeExcluded, ...]
    area: Decimal
    whole: bool
    agreement: str | None
    certificate: str | None
    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield from _share(self, self.unit, self.area, whole=self.whole, until=self.until)
        yield ALLOCATION_MODE.fact(self.mode, since=self.effective, until=self.until, member=self.unit)
        yield USE_AGREEMENT.fact(self.agreement, since=self.effective, until=self.until, member=self.unit)
        yield USE_CERTIFICATE.fact(self.certificate, since=self.effective, until=self.until, member=self.unit)


@recorded_as("premises.UseAgreementSigned", correctable=True)
class UseAgreementSigned(Event, frozen=True):
    """`until`: the allocation that it belongs to ends then."""

    unit: UUID
    agreement: str
    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield USE_AGREEMENT.fact(self.agreement, since=self.effective, until=self.until, member=self.unit)


@recorded_as("premises.UseCertificateIssued", correctable=True)
class UseCertificateIssued(Event, frozen=True):
    """`until`: the allocation that it belongs to ends then."""

    unit: UUID
    certificate: str
    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield USE_CERTIFICATE.fact(self.certificate, since=self.effective, until=self.until, member=self.unit)


@recorded_as("premises.BuildingPartHandedBack", correctable=True)
class BuildingPartHandedBack(Event, frozen=True):
    """`until`: the allocation of what remains ends then."""

    unit: UUID
    area: Decimal
    remaining: Decimal
    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield from _share(self, self.unit, self.remaining, whole=False, until=self.until)


@recorded_as("premises.BuildingHandedBack", correctable=True)
class BuildingHandedBack(Event, frozen=True):
    unit: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield from _share(self, None, None, whole=None, until=None, member=self.unit)
        yield ALLOCATION_MODE.fact(None, since=self.effective, member=self.unit)
        yield USE_AGREEMENT.fact(None, since=self.effective, member=self.unit)
        yield USE_CERTIFICATE.fact(None, since=self.effective, member=self.unit)


def _share(
    event: Event,
    unit: UUID | None,
    area: Decimal | None,
    *,
    whole: bool | None,
    until: datetime | None,
    member: UUID | None = None,
) -> Iterator[Fact[Any]]:
    """State who has how much, always together, so that the three never contradict each other."""
    of = member or unit
    yield ALLOCATED_TO.fact(unit, since=event.effective, until=until, member=of)
    yield ALLOCATED_AREA.fact(area, since=event.effective, until=until, member=of)
    yield ALLOCATED_WHOLE.fact(whole, since=event.effective, until=until, member=of)
