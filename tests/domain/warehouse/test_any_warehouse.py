"""No sequence of accepted commands, corrections and withdrawals reaches an impossible state, and a replay tells the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.kernel.mandate import Mandate
from domain.warehouse import facets
from domain.warehouse.terms import (
    WarehouseForm,
    WarehouseStatus,
)
from domain.warehouse.warehouse import Warehouse
from tests.domain.warehouse.sequences import BOUNDED, DAYS, OTHER, OWNER, PERSON, AnySequence, on


def open_it(it: Warehouse, when: Mandate, name: str) -> None:
    it.open(
        when,
        name=name,
        form=WarehouseForm.PHYSICAL,
        managing_unit=OWNER,
        division="640106",
        address="正源北街 186 号",
    )


CHANGES: tuple[Callable[[Warehouse, Mandate, str], Any], ...] = (
    open_it,
    lambda it, at, name: it.rename(at, name=name),
    lambda it, at, name: it.move(at, division="640104", address=name),
    lambda it, at, _: it.move(at, division="640104"),
    lambda it, at, _: it.hand_over(at, to=OTHER),
    lambda it, at, name: it.add_shelf(at, shelf=name),
    lambda it, at, name: it.remove_shelf(at, shelf=name),
    lambda it, at, _: it.appoint_keeper(at, keeper=PERSON),
    lambda it, at, _: it.close(at),
)


class AnyLifeOfAWarehouse(AnySequence[Warehouse]):
    kind = Warehouse

    def begin(self) -> None:
        self.attempt(lambda it: open_it(it, on(0), "甲"))

    @rule(
        decide=st.sampled_from(CHANGES),
        when=DAYS,
        name=st.sampled_from(["甲", "乙", "丙"]),
        at=st.integers(0, 1000) | st.none(),
    )
    def change_anything(
        self, decide: Callable[[Warehouse, Mandate, str], Any], when: int, name: str, at: int | None
    ) -> None:
        version = None if at is None else at % len(self.stored) + 1
        self.attempt(lambda it: decide(it, on(when), name), corrects=version)

    @invariant()
    def what_is_open_is_managed_and_has_an_address_and_what_is_closed_stays_so(self) -> None:
        closed = []
        for moment in self.moments():
            is_open = self.live.at(facets.WAREHOUSE_STATUS, moment) is WarehouseStatus.OPEN
            assert is_open == (self.live.at(facets.MANAGING_UNIT, moment) is not None)
            assert self.live.at(facets.ADDRESS, moment)
            closed += [] if is_open else [moment]
        assert closed in ([], self.moments()[-1:])


TestAnyLifeOfAWarehouse = AnyLifeOfAWarehouse.TestCase
TestAnyLifeOfAWarehouse.settings = BOUNDED
