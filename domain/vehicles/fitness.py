"""Whether a vehicle may go: out of service or roadworthy, sealed or not."""

from __future__ import annotations

from datetime import datetime

from domain.kernel.commands import command
from domain.kernel.mandate import Mandate
from domain.kernel.text import Reason
from domain.organisations.person import Person
from domain.vehicles import vehicle_events as happened
from domain.vehicles.base import VehicleBase
from domain.vehicles.facets import CONDITION, SEALED
from domain.vehicles.refusals import ConditionAlready, VehicleNotSealed, VehicleSealedAlready
from domain.vehicles.terms import Condition, SealReason


class Fitness(VehicleBase):
    @command("停驶", "Take out of service")
    def take_out_of_service(self, mandate: Mandate, *, cause: Reason) -> None:
        self._require_other(Condition.OUT_OF_SERVICE, mandate.effective)
        self.record(happened.VehicleTakenOutOfService(**self.next(mandate), cause=cause))

    @command("恢复行驶", "Put back into service")
    def put_back_into_service(self, mandate: Mandate) -> None:
        self._require_other(Condition.ROADWORTHY, mandate.effective)
        self.record(happened.VehiclePutBackIntoService(**self.next(mandate)))

    @command("封存", "Seal", future=True)
    def seal(self, mandate: Mandate, *, why: SealReason, key_keeper: Person, until: datetime | None = None) -> None:
        """The key has a named keeper. Journeys planned meanwhile cannot leave until it is unsealed."""
        self.require_kept(mandate.effective)
        key_keeper.require_employed(mandate.effective)
        self.require_after(until, mandate.effective, "until")
        sealed = self.at(SEALED, mandate.effective)
        if sealed is not None:
            raise VehicleSealedAlready(at=mandate.effective.isoformat(), why_zh=sealed.zh, why_en=sealed.en)
        self.record(happened.VehicleSealed(**self.next(mandate), why=why, key_keeper=key_keeper.id, until=until))

    @command("启封", "Unseal", future=True)
    def unseal(self, mandate: Mandate) -> None:
        moment = mandate.effective
        self.require_kept(moment)
        sealed = next((s for s in self.stretches(SEALED) if s.value is not None and s.covers(moment)), None)
        if sealed is None:
            raise VehicleNotSealed(at=moment.isoformat())
        self.record(happened.VehicleUnsealed(**self.next(mandate), sealed_until=sealed.end))

    def _require_other(self, condition: Condition, moment: datetime) -> None:
        self.require_kept(moment)
        if self.at(CONDITION, moment) is condition:
            raise ConditionAlready(at=moment.isoformat(), condition_zh=condition.zh, condition_en=condition.en)
