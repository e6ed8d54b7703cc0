"""The life of a lot: how much is there at a moment, and the rules that hold over all time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from domain.kernel.errors import Refusal
from domain.warehouse.facets import COUNTED, ISSUED, LOT_STATUS, MOVED, WAREHOUSE
from domain.warehouse.life import Life
from domain.warehouse.terms import LotStatus


class LotLife(Life):
    """Quantities follow from movements and counts; they are never stored."""

    @property
    def warehouse_id(self) -> UUID | None:
        """A lot stays in one warehouse all its life: what goes elsewhere becomes a lot of its own."""
        return next((fact.value for fact in self.stated(WAREHOUSE)), None)

    def balances(self) -> Iterator[tuple[datetime, Decimal]]:
        """What is there from each moment on: what a count found, and what came and went after it."""
        moved = [(fact.start, fact.place, False, fact.value) for fact in self.stated(MOVED)]
        counted = [(fact.start, fact.place, True, fact.value) for fact in self.stated(COUNTED)]
        quantity = Decimal(0)
        for moment, changes in groupby(sorted(moved + counted), key=itemgetter(0)):
            for _, _, is_count, value in changes:
                quantity = value if is_count else quantity + value
            yield moment, quantity

    def quantity_at(self, moment: datetime) -> Decimal:
        """What is there at a moment."""
        until = [quantity for start, quantity in self.balances() if start <= moment]
        return until[-1] if until else Decimal(0)

    def issued_at(self, moment: datetime) -> dict[UUID, Decimal]:
        """What each unit has been given and has not brought back."""
        return next((issued for start, issued in reversed(list(self._issues())) if start <= moment), {})

    def require_open(self, moment: datetime) -> None:
        """Rule: only a lot that is in the books at the moment moves."""
        if self.at(LOT_STATUS, moment) is not LotStatus.OPEN:
            raise LotNotOpen(id=self.id, at=moment.isoformat())

    def check(self) -> None:
        self.require_nothing_before_birth()
        self._require_never_below_zero()
        self._require_returned_was_issued()
        for fact in self.stated(LOT_STATUS):
            if fact.value is LotStatus.CLOSED:
                self.require_nothing_after(fact.start)
                self.require(self.quantity_at(fact.start) == 0, LotNotEmpty(quantity=self.quantity_at(fact.start)))

    def holders(self) -> dict[UUID, datetime | None]:
        return self.held_through(WAREHOUSE)

    def _issues(self) -> Iterator[tuple[datetime, dict[UUID, Decimal]]]:
        issued: dict[UUID, Decimal] = {}
        for moment, changes in groupby(self.stated_by_member(ISSUED), key=lambda one: one[1].start):
            for member, fact in changes:
                unit = UUID(member.partition("/")[0])
                issued[unit] = issued.get(unit, Decimal(0)) + fact.value
            yield moment, dict(issued)

    def _require_never_below_zero(self) -> None:
        """Rule: nothing goes out that is not there, at any moment; a late issue must be there then and ever after."""
        for moment, quantity in self.balances():
            if quantity < 0:
                raise QuantityBelowZero(at=moment.isoformat(), lacking=-quantity)

    def _require_returned_was_issued(self) -> None:
        """Rule: a unit brings back, at any moment, no more than it has been given."""
        for moment, issued in self._issues():
            for unit, quantity in issued.items():
                if quantity < 0:
                    raise ReturnedMoreThanIssued(at=moment.isoformat(), unit=unit)


class LotNotOpen(Refusal):
    code = "lot-not-open"
    zh = "批次 {id} 在 {at} 不在册（尚未入库或已结清），不能办理此事项。"
    en = "Lot {id} is not open at {at}: not yet received, or closed."


class QuantityBelowZero(Refusal):
    code = "lot-quantity-below-zero"
    zh = "数量不足：{at} 时将短少 {lacking}。请核对数量和时间；账实不符的，先登记盘点结果。"
    en = "There is not enough: {lacking} would be lacking at {at}. Check quantity and time, or record a count first."
    field = "quantity"


class ReturnedMoreThanIssued(Refusal):
    code = "returned-more-than-issued"
    zh = "单位 {unit} 在 {at} 退回的数量超过其领用的数量。请核对单位、数量和时间。"
    en = "Unit {unit} would have brought back more than it was given, at {at}. Check unit, quantity and time."
    field = "quantity"


class LotNotEmpty(Refusal):
    code = "lot-not-empty"
    zh = "批次结清时应无结存，现有 {quantity}。请先发放、移库或核销，或登记盘点结果。"
    en = "A lot is closed when nothing is left; {quantity} is. Issue, move or write it off, or record a count."
