"""The use of a building: allocated in the prescribed order of modes, agreed, certified, and handed back."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from annotated_types import Len

from domain.kernel.aggregate import Claim
from domain.kernel.commands import command
from domain.kernel.mandate import Mandate
from domain.kernel.text import Area, Token
from domain.organisations.unit import Unit
from domain.premises import allocation_rules as rules
from domain.premises.events import allocation as happened
from domain.premises.events.allocation import ModeExcluded
from domain.premises.facets import (
    ALLOCATED_AREA,
    ALLOCATED_TO,
    ALLOCATED_WHOLE,
    BUILDING_STATUS,
    DISPOSAL,
    GROSS_AREA,
    USE_CERTIFICATE,
)
from domain.premises.premise import end_of, require_period
from domain.premises.standing import Standing
from domain.premises.terms import AllocationMode, BuildingStatus


class Allocated(Standing):
    @command("分配使用", "Allocate to a unit", future=True, document=True)
    def allocate(
        self,
        mandate: Mandate,
        *,
        unit: Unit,
        mode: AllocationMode,
        excluded: Annotated[tuple[ModeExcluded, ...], Len(0, 3)] = (),
        area: Area | None = None,
        agreement: Token | None = None,
        certificate: Token | None = None,
        until: datetime | None = None,
    ) -> None:
        """Without `area` the whole building is meant; `excluded` says why each preferred mode could not serve."""
        moment = mandate.effective
        self.require_standing(moment)
        rules.require_no_disposal(self.at(DISPOSAL, moment), moment)
        unit.require_active(moment)
        require_period(moment, until)
        rules.require_preferred_excluded(mode, excluded)
        if self.at(ALLOCATED_TO, moment, unit.id) is not None:
            raise rules.AllocatedAlready(unit=unit.id, area=self.allocated_at(moment)[unit.id])
        self.record(
            happened.BuildingAllocated(
                **self.next(mandate),
                unit=unit.id,
                mode=mode,
                excluded=excluded,
                area=area or self.gross_area_at(moment),
                whole=area is None,
                agreement=agreement,
                certificate=certificate,
                until=until,
            )
        )

    @command("签订使用协议", "Sign the use agreement")
    def sign_use_agreement(self, mandate: Mandate, *, unit: Unit, agreement: Token) -> None:
        until = self._allocation_end(unit.id, mandate.effective)
        stamp = self.next(mandate)
        self.record(happened.UseAgreementSigned(**stamp, unit=unit.id, agreement=agreement, until=until))

    @command("核发使用凭证", "Issue the use certificate")
    def issue_use_certificate(self, mandate: Mandate, *, unit: Unit, certificate: Token) -> None:
        until = self._allocation_end(unit.id, mandate.effective)
        stamp = self.next(mandate)
        self.record(happened.UseCertificateIssued(**stamp, unit=unit.id, certificate=certificate, until=until))

    @command("交回", "Hand back", future=True)
    def hand_back(self, mandate: Mandate, *, unit: Unit, area: Area | None = None) -> None:
        """Without `area` everything that the unit has is handed back."""
        until = self._allocation_end(unit.id, mandate.effective)
        held = self.allocated_at(mandate.effective)[unit.id]
        stamp = self.next(mandate)
        if area is None or area == held:
            self.record(happened.BuildingHandedBack(**stamp, unit=unit.id))
            return
        self.require(area < held, rules.HandedBackBeyondHeld(area=area, held=held))
        self.record(
            happened.BuildingPartHandedBack(**stamp, unit=unit.id, area=area, remaining=held - area, until=until)
        )

    def allocated_at(self, moment: datetime) -> dict[UUID, Decimal]:
        """Say which unit has how much; who has the whole has what the building measures at that moment."""
        whole = self.members(ALLOCATED_WHOLE, moment)
        areas = self.members(ALLOCATED_AREA, moment)
        gross = self.gross_area_at(moment)
        return {
            unit: gross if whole.get(member) else areas[member] or Decimal(0)
            for member, unit in self.members(ALLOCATED_TO, moment).items()
            if unit is not None
        }

    def check(self) -> None:
        super().check()
        for moment in self.turns(ALLOCATED_TO, ALLOCATED_AREA, GROSS_AREA, BUILDING_STATUS, DISPOSAL):
            shares = self.allocated_at(moment)
            if not shares:
                continue
            rules.require_room_for(shares, self.gross_area_at(moment), moment)
            rules.require_no_disposal(self.at(DISPOSAL, moment), moment)
            standing = self.at(BUILDING_STATUS, moment) is BuildingStatus.STANDING
            self.require(standing, rules.AllocatedPastEnd(units=list(shares), at=moment.isoformat()))

    def claims(self) -> frozenset[Claim]:
        """A use certificate names one allocation for ever, also after it has ended."""
        return super().claims() | {("use-certificate", number) for number in self.ever(USE_CERTIFICATE) if number}

    def _allocation_end(self, unit: UUID, moment: datetime) -> datetime | None:
        """Refuse unless the unit is allocated something at the moment; say when that ends."""
        self.require_standing(moment)
        if self.at(ALLOCATED_TO, moment, unit) is None:
            raise rules.NotAllocated(unit=unit, at=moment.isoformat())
        return end_of(self.stretches(ALLOCATED_TO, unit), moment)
