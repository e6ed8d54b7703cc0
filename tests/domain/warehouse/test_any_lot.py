"""No sequence of accepted commands, corrections and withdrawals reaches an impossible state, and a replay tells the same."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.kernel.mandate import Mandate
from domain.warehouse import facets
from domain.warehouse.lot import Lot
from domain.warehouse.terms import (
    LotStatus,
    WriteOffGround,
)
from tests.domain.scenario import an_id
from tests.domain.warehouse.sequences import BORROWER, BOUNDED, DAYS, FAIR, HOUSE, OTHER, AnySequence, on


def receive(it: Lot, when: Mandate, quantity: int) -> None:
    it.receive(
        when,
        warehouse=HOUSE,
        asset_class="A07000000",
        name="A4 复印纸",
        measure="包",
        quantity=Decimal(quantity),
        unit_price=Decimal("18.50"),
    )


MOVEMENTS: tuple[Callable[[Lot, Mandate, int], Any], ...] = (
    receive,
    lambda it, at, quantity: it.issue(at, unit=BORROWER, quantity=Decimal(quantity)),
    lambda it, at, quantity: it.issue(at, unit=OTHER, quantity=Decimal(quantity)),
    lambda it, at, quantity: it.take_back(at, unit=BORROWER, quantity=Decimal(quantity)),
    lambda it, at, quantity: it.count(at, found=Decimal(quantity)),
    lambda it, at, quantity: it.move(at, to=FAIR, quantity=Decimal(quantity), lot=Lot(an_id("part"))),
    lambda it, at, quantity: it.write_off(at, ground=WriteOffGround.LOST, quantity=Decimal(quantity), note="丢失"),
    lambda it, at, _: it.shelve(at, warehouse=HOUSE, shelf="A-01"),
    lambda it, at, _: it.write_off(
        at, ground=WriteOffGround.LOST, quantity=it.quantity_at(at.effective) or Decimal(1), note="丢失"
    ),
    lambda it, at, _: it.close(at),
)


class AnyLifeOfALot(AnySequence[Lot]):
    kind = Lot

    def begin(self) -> None:
        self.attempt(lambda it: receive(it, on(0), 12))

    @rule(decide=st.sampled_from(MOVEMENTS), when=DAYS, quantity=st.integers(1, 9), at=st.integers(0, 1000) | st.none())
    def move_anything(
        self, decide: Callable[[Lot, Mandate, int], Any], when: int, quantity: int, at: int | None
    ) -> None:
        version = None if at is None else at % len(self.stored) + 1
        self.attempt(lambda it: decide(it, on(when), quantity), corrects=version)

    @invariant()
    def there_is_never_less_than_nothing(self) -> None:
        for moment in self.moments():
            assert self.live.quantity_at(moment) >= 0
            assert all(quantity >= 0 for quantity in self.live.issued_at(moment).values())

    @invariant()
    def without_a_count_all_that_came_is_here_or_went(self) -> None:
        end = self.moments()[-1]
        if not any(True for _ in self.live.stated(facets.COUNTED)):
            assert self.live.quantity_at(end) == sum(fact.value for fact in self.live.stated(facets.MOVED))

    @invariant()
    def what_is_closed_is_empty_and_stays_so(self) -> None:
        closed = [m for m in self.moments() if self.live.at(facets.LOT_STATUS, m) is LotStatus.CLOSED]
        assert closed in ([], self.moments()[-1:])
        assert all(self.live.quantity_at(moment) == 0 for moment in closed)
        assert (None in self.live.holders().values()) == (not closed)


TestAnyLifeOfALot = AnyLifeOfALot.TestCase
TestAnyLifeOfALot.settings = BOUNDED
