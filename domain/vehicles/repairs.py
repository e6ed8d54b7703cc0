"""Repairs, each on its slip: requested, judged, approved (above an amount by a meeting), done."""

from __future__ import annotations

from decimal import Decimal

from domain.kernel.commands import command
from domain.kernel.mandate import Mandate
from domain.kernel.text import Kilometres, Money, Name, Reason, Token
from domain.vehicles import upkeep_events as happened
from domain.vehicles.base import VehicleBase
from domain.vehicles.facets import REPAIR, REPAIR_APPROVED, REPAIR_COST
from domain.vehicles.process import Steps
from domain.vehicles.refusals import RepairCostsMore, RepairNeedsMeeting, RepairNotAtStep, RepairSlipTaken
from domain.vehicles.standards import repair_meeting_above
from domain.vehicles.terms import RepairState

_S = RepairState
STEPS: Steps[RepairState] = {
    None: frozenset({_S.REQUESTED}),
    _S.REQUESTED: frozenset({_S.JUDGED, _S.REFUSED}),
    _S.JUDGED: frozenset({_S.APPROVED, _S.REFUSED}),
    _S.APPROVED: frozenset({_S.DONE}),
}


class Repairs(VehicleBase):
    @command("申请维修", "Request a repair")
    def request_repair(
        self, mandate: Mandate, *, slip: Token, fault: Reason, odometer: Kilometres | None = None
    ) -> None:
        self.require_kept(mandate.effective)
        # A slip whose request is being corrected has lost that step, and only that one.
        steps = [fact.value for fact in self.told(REPAIR, slip)]
        self.require(RepairState.REQUESTED not in steps, RepairSlipTaken(slip=slip))
        if odometer is not None:
            self.read_odometer(mandate, odometer)
        self.record(happened.RepairRequested(**self.next(mandate), slip=slip, fault=fault, odometer=odometer))

    @command("维修鉴定", "Judge a repair")
    def judge_repair(self, mandate: Mandate, *, slip: Token, judgement: Reason, estimate: Money) -> None:
        self._require_repair_step(mandate, slip, RepairState.REQUESTED)
        self.record(happened.RepairJudged(**self.next(mandate), slip=slip, judgement=judgement, estimate=estimate))

    @command("批准维修", "Approve a repair")
    def approve_repair(
        self, mandate: Mandate, *, slip: Token, amount: Money, garage: Name, minutes: Name | None = None
    ) -> None:
        self._require_repair_step(mandate, slip, RepairState.JUDGED)
        self._require_meeting(mandate, amount, minutes)
        self.record(
            happened.RepairApproved(**self.next(mandate), slip=slip, amount=amount, garage=garage, minutes=minutes)
        )

    @command("不予维修", "Refuse a repair")
    def refuse_repair(self, mandate: Mandate, *, slip: Token) -> None:
        self._require_repair_step(mandate, slip, RepairState.REQUESTED, RepairState.JUDGED)
        self.record(happened.RepairRefused(**self.next(mandate), slip=slip))

    @command("维修完工", "Finish a repair")
    def finish_repair(self, mandate: Mandate, *, slip: Token, cost: Money, odometer: Kilometres) -> None:
        self._require_repair_step(mandate, slip, RepairState.APPROVED)
        self._require_within(slip, cost, self.at(REPAIR_APPROVED, mandate.effective, slip))
        self.read_odometer(mandate, odometer)
        self.record(happened.RepairDone(**self.next(mandate), slip=slip, cost=cost, odometer=odometer))

    def check_repairs(self) -> None:
        for slip in self.all_members(REPAIR):
            self.require_order(REPAIR, STEPS, slip)
            cost = self.last_told(REPAIR_COST, slip)
            if cost is not None:
                self._require_within(slip, cost, self.last_told(REPAIR_APPROVED, slip))

    def _require_within(self, slip: str, cost: Decimal, approved: Decimal | None) -> None:
        """Rule: a repair costs no more than was approved."""
        if approved is None or cost > approved:
            raise RepairCostsMore(slip=slip, cost=cost, approved=approved or 0)

    def _require_meeting(self, mandate: Mandate, amount: Decimal, minutes: str | None) -> None:
        """Rule: a repair above the amount in force is decided by a meeting."""
        limit = repair_meeting_above(mandate.effective)
        if limit is not None and amount > limit.value and minutes is None:
            raise RepairNeedsMeeting(amount=amount, limit=limit.value, document=limit.document)

    def _require_repair_step(self, mandate: Mandate, slip: str, *wanted: RepairState) -> None:
        """Rule: a repair is requested, judged, approved and done in this order."""
        self.require_kept(mandate.effective)
        if not self.is_at_step(REPAIR, mandate.effective, wanted, slip):
            now = self.last_told(REPAIR, slip)
            raise RepairNotAtStep(
                slip=slip,
                at=mandate.effective.isoformat(),
                now_zh=now.zh if now else "未申请",
                now_en=now.en if now else "not requested",
                wanted_zh="、".join(step.zh for step in wanted),
                wanted_en=", ".join(step.en for step in wanted),
            )
