"""An item is lent: asked for, approved, handed over, extended, returned and looked at."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from domain.kernel.commands import command
from domain.kernel.errors import InvalidValue, Notice, Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.text import Name, Note, Reason, Token
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from domain.warehouse import loan_events as happened
from domain.warehouse import states
from domain.warehouse.facets import GRADE, LOAN_DUE, LOAN_UNIT, OWNER
from domain.warehouse.item_life import AnyPhotos, ItemLife
from domain.warehouse.life import day_of
from domain.warehouse.terms import Grade
from domain.warehouse.warehouse import Warehouse

FIT_TO_LEND: Final = (Grade.A, Grade.B)


class Lending(ItemLife):
    """借用 and 归还."""

    @command("申请借用", "Request a loan")
    def request_loan(self, mandate: Mandate, *, borrower: Unit, purpose: Reason, wanted_until: date) -> None:
        self.require_step(states.REQUEST_LOAN, mandate.effective)
        self._require_borrower(borrower, mandate.effective)
        self.require((self.at(GRADE, mandate.effective) or Grade.D) in FIT_TO_LEND, NotFitToLend())
        _require_not_before(wanted_until, mandate.effective, "wanted_until")
        self.record(
            happened.LoanRequested(
                **self.next(mandate), borrower=borrower.id, purpose=purpose, wanted_until=wanted_until
            )
        )

    @command("批准借用", "Approve the loan", document=True)
    def approve_loan(self, mandate: Mandate, *, note: Note = "") -> None:
        self.require_step(states.APPROVE_LOAN, mandate.effective)
        self.record(happened.LoanApproved(**self.next(mandate), note=note))

    @command("不予借用、取消借用", "Refuse or call off the loan")
    def refuse_loan(self, mandate: Mandate, *, note: Reason) -> None:
        self.require_step(states.REFUSE_LOAN, mandate.effective)
        self.record(happened.LoanRefused(**self.next(mandate), note=note))

    @command("交付借用", "Hand over to the borrower")
    def lend(self, mandate: Mandate, *, receiver: Person, due: date, location: Name | None = None) -> None:
        self.require_step(states.LEND, mandate.effective)
        borrower = self.required(LOAN_UNIT, mandate.effective)
        receiver.require_employed(mandate.effective)
        _require_not_before(due, mandate.effective, "due")
        if receiver.unit_at(mandate.effective) != borrower:
            self.warn(ReceiverOfAnotherUnit(receiver=receiver.id, borrower=borrower))
        self.record(
            happened.ItemLent(**self.next(mandate), borrower=borrower, receiver=receiver.id, due=due, location=location)
        )

    @command("借用延期", "Extend the loan", document=True)
    def extend_loan(self, mandate: Mandate, *, due: date) -> None:
        self.require_step(states.EXTEND_LOAN, mandate.effective)
        present = self.at(LOAN_DUE, mandate.effective)
        if present is not None and due <= present:
            raise NotAnExtension(due=due.isoformat(), present=present.isoformat())
        self.record(happened.LoanExtended(**self.next(mandate), due=due))

    @command("归还验收", "Take back and inspect")
    def take_back(
        self,
        mandate: Mandate,
        *,
        warehouse: Warehouse,
        grade: Grade,
        shelf: Token | None = None,
        location: Name | None = None,
        damage: Reason | None = None,
        photos: AnyPhotos = (),
    ) -> None:
        self.require_step(states.RETURN, mandate.effective)
        warehouse.require_lasting(mandate.effective)
        warehouse.require_shelf(shelf, mandate.effective)
        self.require_damage_note(mandate.effective, grade, damage)
        self.record(
            happened.ItemReturned(
                **self.next(mandate),
                warehouse=warehouse.id,
                shelf=shelf,
                location=location,
                grade=grade,
                damage=damage,
                photos=photos,
            )
        )

    @command("补登已结束的借用", "Record a loan that is over", document=True)
    def record_past_loan(
        self,
        mandate: Mandate,
        *,
        borrower: Unit,
        receiver: Person,
        due: date,
        returned: datetime,
        grade: Grade,
        damage: Reason | None = None,
        location: Name | None = None,
    ) -> None:
        """For the paper loans of former times, which nobody can record step by step between what is recorded already."""
        self.require_step(states.PAST_LOAN, mandate.effective)
        self._require_borrower(borrower, mandate.effective)
        receiver.require_employed(mandate.effective)
        _require_not_before(due, mandate.effective, "due")
        mandate.at(returned).require_no_future()
        if returned <= mandate.effective:
            raise ReturnedBeforeLent(lent=mandate.effective.isoformat(), returned=returned.isoformat())
        self.require_damage_note(mandate.effective, grade, damage)
        self.record(
            happened.PastLoanRecorded(
                **self.next(mandate),
                borrower=borrower.id,
                receiver=receiver.id,
                due=due,
                returned=returned,
                grade=grade,
                damage=damage,
                location=location,
            )
        )

    def _require_borrower(self, borrower: Unit, moment: datetime) -> None:
        """Rule: a unit borrows what another unit owns; its own it takes out."""
        borrower.require_active(moment)
        self.require(borrower.id != self.at(OWNER, moment), OwnerBorrowsOwn())


def _require_not_before(due: date, moment: datetime, field: str) -> None:
    """Rule: the last day of a loan is not before its first."""
    day = day_of(moment)
    if due < day:
        raise DueBeforeLoan(due=due.isoformat(), day=day.isoformat(), field=field)


class OwnerBorrowsOwn(Refusal):
    code = "owner-borrows-own"
    zh = "所有单位不能借用自己的物品。需要恢复使用的，请办理退仓。"
    en = "A unit does not borrow what it owns. To use it again, take it out of the warehouse."
    field = "borrower"


class NotFitToLend(Refusal):
    code = "not-fit-to-lend"
    zh = "待修或待报废的物品不能出借。请先维修并调整成色。"
    en = "An item to be repaired or scrapped is not lent. Have it repaired and graded again first."


class DueBeforeLoan(InvalidValue):
    code = "due-before-loan"
    zh = "应还日期 {due} 早于借用日期 {day}。请改为当日或之后的日期。"
    en = "The due date {due} is before the day of the loan, {day}. Give that day or a later one."
    field = "due"


class NotAnExtension(Refusal):
    code = "not-an-extension"
    zh = "新的应还日期 {due} 不晚于原应还日期 {present}。提前归还的，直接办理归还验收。"
    en = "The new due date {due} is not after the present one, {present}. To end the loan earlier, take the item back."
    field = "due"


class ReturnedBeforeLent(InvalidValue):
    code = "returned-before-lent"
    zh = "归还时间 {returned} 不晚于借出时间 {lent}。请核对。"
    en = "It would be returned at {returned}, not after it was lent at {lent}. Check both."
    field = "returned"


class ReceiverOfAnotherUnit(Notice):
    """A warning: whoever signs for a loan usually belongs to the borrower, or to a unit below it."""

    code = "receiver-of-another-unit"
    zh = "领用人 {receiver} 不属于借用单位 {borrower}。请核对；属于其下级单位的，可忽略。"
    en = "The receiver {receiver} does not belong to the borrowing unit {borrower}. Check; a unit below it is fine."
    field = "receiver"
