"""What happens to the title of a building.

Every event but the dispute states the whole title (state, certificate, parcel, land, dispute), so that whichever of them
prevails at a moment, its parts belong together. A dispute covers the title for a while and leaves the certificate as it was.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.premises.facets import CASE_NUMBER, CERTIFICATE, DISPUTED_WITH, LAND_AREA, OWNER, PARCEL, TITLE
from domain.premises.terms import TitleState


@recorded_as("premises.TitleRegistered", correctable=True)
class TitleRegistered(Event, frozen=True):
    owner: UUID
    certificate: str
    parcel: str | None
    land_area: Decimal | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield OWNER.fact(self.owner, since=self.effective)
        yield from title_facts(self.effective, TitleState.REGISTERED, self.certificate, self.parcel, self.land_area)


@recorded_as("premises.TitleFiled", correctable=True)
class TitleFiled(Event, frozen=True):
    """Records are missing: the title is on file (权属备案) and not registered."""

    owner: UUID
    missing: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield OWNER.fact(self.owner, since=self.effective)
        yield from title_facts(self.effective, TitleState.FILED)


@recorded_as("premises.TitleDeclaredUnknown", correctable=True)
class TitleDeclaredUnknown(Event, frozen=True):
    """The owner on the books stays who keeps the building; what proves it is gone."""

    def facts(self) -> Iterator[Fact[Any]]:
        yield from title_facts(self.effective, TitleState.UNKNOWN)


@recorded_as("premises.TitleDisputed", correctable=True)
class TitleDisputed(Event, frozen=True):
    disputed_with: str
    case_number: str | None
    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield TITLE.fact(TitleState.DISPUTED, since=self.effective, until=self.until)
        yield DISPUTED_WITH.fact(self.disputed_with, since=self.effective, until=self.until)
        yield CASE_NUMBER.fact(self.case_number, since=self.effective, until=self.until)


@recorded_as("premises.TitleDisputeSettled", correctable=True)
class TitleDisputeSettled(Event, frozen=True):
    outcome: TitleState
    owner: UUID
    certificate: str | None
    parcel: str | None
    land_area: Decimal | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield OWNER.fact(self.owner, since=self.effective)
        yield from title_facts(self.effective, self.outcome, self.certificate, self.parcel, self.land_area)


@recorded_as("premises.TitleTransferred", correctable=True)
class TitleTransferred(Event, frozen=True):
    to: UUID
    certificate: str
    parcel: str | None
    land_area: Decimal | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield OWNER.fact(self.to, since=self.effective)
        yield from title_facts(self.effective, TitleState.REGISTERED, self.certificate, self.parcel, self.land_area)


def title_facts(
    since: datetime,
    state: TitleState,
    certificate: str | None = None,
    parcel: str | None = None,
    land_area: Decimal | None = None,
) -> Iterator[Fact[Any]]:
    """State the whole title: what is left out is not there."""
    yield TITLE.fact(state, since=since)
    yield CERTIFICATE.fact(certificate, since=since)
    yield PARCEL.fact(parcel, since=since)
    yield LAND_AREA.fact(land_area, since=since)
    yield DISPUTED_WITH.fact(None, since=since)
    yield CASE_NUMBER.fact(None, since=since)
