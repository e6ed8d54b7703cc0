"""Disposal of a building: opened, approved, then completed in one of six modes, or abandoned."""

from datetime import datetime

from domain.kernel.commands import command
from domain.kernel.errors import InvalidValue, Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.text import Money, Name, Note
from domain.premises.allocation import Allocated
from domain.premises.events import disposal as happened
from domain.premises.facets import DISPOSAL, DISPOSAL_MODE
from domain.premises.premise import require_period
from domain.premises.terms import DisposalMode, DisposalStage, Purpose
from domain.premises.title import Titled

_UNDER_WAY = (DisposalStage.OPENED, DisposalStage.APPROVED)
_NOT_BEGUN = (None, DisposalStage.COMPLETED, DisposalStage.ABANDONED)

# Which stage may follow which.
STEPS: dict[DisposalStage, tuple[DisposalStage | None, ...]] = {
    DisposalStage.OPENED: _NOT_BEGUN,
    DisposalStage.APPROVED: (DisposalStage.OPENED,),
    DisposalStage.COMPLETED: (DisposalStage.APPROVED,),
    DisposalStage.ABANDONED: _UNDER_WAY,
}


class Disposable(Titled, Allocated):
    @command("提出处置", "Open a disposal", document=True)
    def open_disposal(self, mandate: Mandate, *, mode: DisposalMode, plan: Note = "") -> None:
        self._require_disposable(mandate.effective, DisposalStage.OPENED)
        self.record(happened.DisposalOpened(**self.next(mandate), mode=mode, plan=plan))

    @command("批准处置", "Approve the disposal", document=True)
    def approve_disposal(self, mandate: Mandate) -> None:
        self._require_disposable(mandate.effective, DisposalStage.APPROVED)
        self.record(happened.DisposalApproved(**self.next(mandate)))

    @command("完成处置", "Complete the disposal", document=True)
    def complete_disposal(
        self,
        mandate: Mandate,
        *,
        counterparty: Name | None = None,
        income: Money | None = None,
        purpose: Purpose | None = None,
        until: datetime | None = None,
    ) -> None:
        """`counterparty`: the buyer, tenant or exchanging party; `until`: the end of the lease."""
        moment = mandate.effective
        self._require_disposable(moment, DisposalStage.COMPLETED)
        require_period(moment, until)
        mode = self._mode_at(moment)
        _require_told(mode, counterparty, purpose)
        if mode.ending() is not None:
            self.require_nothing_after(moment)
        self.record(
            happened.DisposalCompleted(
                **self.next(mandate),
                mode=mode,
                counterparty=counterparty,
                income=income,
                purpose=purpose,
                until=until,
            )
        )

    @command("终止处置", "Abandon the disposal")
    def abandon_disposal(self, mandate: Mandate) -> None:
        self.require_standing(mandate.effective)
        self._require_next(self.at(DISPOSAL, mandate.effective), DisposalStage.ABANDONED, mandate.effective)
        self.record(happened.DisposalAbandoned(**self.next(mandate)))

    def check(self) -> None:
        super().check()
        before: DisposalStage | None = None
        for step in self.told(DISPOSAL):
            self._require_next(before, step.value, step.start)
            before = step.value

    def _mode_at(self, moment: datetime) -> DisposalMode:
        """The mode of the disposal under way: it was opened, so there is one."""
        return [fact.value for fact in self.told(DISPOSAL_MODE) if fact.start <= moment][-1]

    def _require_disposable(self, moment: datetime, stage: DisposalStage) -> None:
        """Rule: only what stands, is registered and used by nobody is disposed of, one stage after the other."""
        self.require_standing(moment)
        self.require_title_registered(moment)
        self._require_next(self.at(DISPOSAL, moment), stage, moment)
        users = list(self.allocated_at(moment))
        self.require(not users, BuildingInUse(at=moment.isoformat(), units=users))

    def _require_next(self, before: DisposalStage | None, stage: DisposalStage, moment: datetime) -> None:
        """Rule: opened, approved, completed, in this order; abandoned while under way."""
        if before not in STEPS[stage]:
            raise DisposalOutOfOrder(
                at=moment.isoformat(),
                zh_before=before.zh if before else "未提出",
                en_before=before.en if before else "not opened",
                zh_stage=stage.zh,
                en_stage=stage.en,
            )


def _require_told(mode: DisposalMode, counterparty: str | None, purpose: Purpose | None) -> None:
    """Rule: it is said to whom a building is let or sold, and what a converted one is for."""
    if mode in (DisposalMode.LET, DisposalMode.AUCTION, DisposalMode.SWAP) and counterparty is None:
        raise CounterpartyMissing(zh_mode=mode.zh, en_mode=mode.en)
    if mode is DisposalMode.CONVERT and purpose is None:
        raise NewPurposeMissing


class DisposalOutOfOrder(Refusal):
    code = "disposal-out-of-order"
    zh = "该房屋的处置在 {at} 为“{zh_before}”，不能登记“{zh_stage}”。处置须依次提出、批准、完成；请核对日期和已有记录。"
    en = (
        "At {at} the disposal is: {en_before}; it cannot become: {en_stage}. A disposal is opened, approved and completed "
        "in this order. Check the date and what is recorded."
    )


class BuildingInUse(Refusal):
    code = "building-in-use"
    zh = "该房屋在 {at} 仍分配给单位 {units} 使用，不能处置。请先交回。"
    en = "At {at} the building is still allocated to {units} and cannot be disposed of. Have it handed back first."


class CounterpartyMissing(InvalidValue):
    code = "counterparty-missing"
    zh = "以“{zh_mode}”方式处置，须填写买受人、承租人或置换方。"
    en = "For the mode {en_mode}, say who buys, rents or exchanges."
    field = "counterparty"


class NewPurposeMissing(InvalidValue):
    code = "new-purpose-missing"
    zh = "转换用途须填写新的用途。"
    en = "Say what the building is converted to."
    field = "purpose"
