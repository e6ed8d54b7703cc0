"""How a vehicle ends: requested, approved, disposed of."""

from __future__ import annotations

from datetime import datetime

from domain.kernel.commands import command
from domain.kernel.mandate import Mandate
from domain.kernel.text import Money, Name, Reason
from domain.vehicles import vehicle_events as happened
from domain.vehicles.base import VehicleBase
from domain.vehicles.facets import FIRST_USED, VEHICLE_STATUS
from domain.vehicles.process import Steps
from domain.vehicles.refusals import DisposalNotAtStep, DisposalTooEarly
from domain.vehicles.standards import renewal_due_from
from domain.vehicles.terms import DisposalMode, VehicleStatus

_S = VehicleStatus
STEPS: Steps[VehicleStatus] = {
    None: frozenset({_S.IN_SERVICE}),
    _S.IN_SERVICE: frozenset({_S.DISPOSAL_REQUESTED}),
    _S.DISPOSAL_REQUESTED: frozenset({_S.DISPOSAL_APPROVED, _S.IN_SERVICE}),
    _S.DISPOSAL_APPROVED: frozenset({_S.DISPOSED}),
}


class Disposal(VehicleBase):
    @command("申请处置", "Request disposal")
    def request_disposal(self, mandate: Mandate, *, mode: DisposalMode, early_because: Reason | None = None) -> None:
        self._require_disposal_step(mandate, VehicleStatus.IN_SERVICE)
        first_used = self.first_used
        if early_because is None and not self.renewal_due(mandate.effective) and first_used is not None:
            raise DisposalTooEarly(first_used=first_used.isoformat(), due=renewal_due_from(first_used).isoformat())
        self.record(happened.DisposalRequested(**self.next(mandate), mode=mode, early_because=early_because))

    @command("批准处置", "Approve disposal", document=True)
    def approve_disposal(self, mandate: Mandate, *, mode: DisposalMode) -> None:
        """The mode decided here is the one carried out; it may differ from the one asked for."""
        self._require_disposal_step(mandate, VehicleStatus.DISPOSAL_REQUESTED)
        self.record(happened.DisposalApproved(**self.next(mandate), mode=mode))

    @command("不予处置", "Refuse disposal")
    def refuse_disposal(self, mandate: Mandate) -> None:
        self._require_disposal_step(mandate, VehicleStatus.DISPOSAL_REQUESTED)
        self.record(happened.DisposalRefused(**self.next(mandate)))

    @command("完成处置", "Dispose of", document=True)
    def dispose(self, mandate: Mandate, *, income: Money, taken_by: Name | None = None) -> None:
        self._require_disposal_step(mandate, VehicleStatus.DISPOSAL_APPROVED)
        self.require_nothing_later(mandate)
        self.record(happened.VehicleDisposed(**self.next(mandate), income=income, taken_by=taken_by))

    @property
    def first_used(self) -> datetime | None:
        return self.finally_(FIRST_USED)

    def renewal_due(self, moment: datetime) -> bool:
        """Whether its age allows to renew it; a vehicle that is still fit goes on being used."""
        return self.first_used is not None and moment >= renewal_due_from(self.first_used)

    def _require_disposal_step(self, mandate: Mandate, wanted: VehicleStatus) -> None:
        """Rule: a disposal is requested, then approved, then done."""
        self.require_kept(mandate.effective)
        if not self.is_at_step(VEHICLE_STATUS, mandate.effective, (wanted,)):
            now = self.last_told(VEHICLE_STATUS) or VehicleStatus.IN_SERVICE
            raise DisposalNotAtStep(
                at=mandate.effective.isoformat(), now_zh=now.zh, now_en=now.en, wanted_zh=wanted.zh, wanted_en=wanted.en
            )
