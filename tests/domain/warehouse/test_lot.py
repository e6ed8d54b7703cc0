"""A lot: received, issued, brought back; no more than there is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from domain.kernel.codes import AssetClassInvalid
from domain.kernel.commands import AlreadyExists, DoesNotExist, EarlierThanItself
from domain.kernel.mandate import EffectiveInFuture
from domain.organisations.person import PersonNotEmployed
from domain.organisations.unit import UnitNotActive
from domain.warehouse import lot_events as happened
from domain.warehouse.lot import Lot, LotExpired, LotNotExpired
from domain.warehouse.lot_life import QuantityBelowZero, ReturnedMoreThanIssued
from domain.warehouse.terms import WriteOffGround
from domain.warehouse.warehouse import ShelfUnknown, WarehouseClosesLater
from tests.domain.scenario import an_id, day, given, mandate
from tests.domain.warehouse.lots import brought_back, issued, moved, quantities, written_off
from tests.domain.warehouse.situations import (
    a_closed_warehouse,
    a_lot,
    a_person,
    a_unit,
    a_warehouse,
    contradicts,
    received,
)


def test_a_lot_is_received_into_a_warehouse() -> None:
    scenario = given(Lot(an_id("l"))).when(received(100))
    scenario.then((happened.LotReceived, {"quantity": Decimal(100), "measure": "包"}))
    lot = scenario.aggregate
    assert quantities(lot, "2023-12-31", "2024-01-01") == [0, 100]
    assert lot.warehouse_id == a_warehouse().id
    assert lot.holders() == {a_warehouse().id: None}


def test_a_lot_is_received_once() -> None:
    given(Lot(an_id("l")), received()).refused(AlreadyExists, received())
    given(Lot(an_id("l"))).refused(DoesNotExist, issued("2024-02-01", 1))
    given(a_lot()).refused(EarlierThanItself, issued("2023-02-01", 1))


def test_a_lot_is_received_onto_a_shelf_that_is_there_in_a_warehouse_that_stays() -> None:
    given(Lot(an_id("l"))).refused(ShelfUnknown, received(shelf="Z-99"))
    given(Lot(an_id("l"))).refused(WarehouseClosesLater, received(into=a_closed_warehouse("2025-01-01"), shelf=None))


def test_a_lot_has_an_asset_class() -> None:
    given(Lot(an_id("l"))).refused(
        AssetClassInvalid,
        lambda it: it.receive(
            mandate(),
            warehouse=a_warehouse(),
            asset_class="纸",
            name="纸",
            measure="包",
            quantity=Decimal(1),
            unit_price=Decimal(1),
        ),
    )


def test_what_is_issued_is_gone_and_what_is_brought_back_is_there_again() -> None:
    scenario = given(a_lot(100)).when(issued("2024-02-01", 30)).when(brought_back("2024-03-01", 10))
    scenario.then((happened.LotIssued, {"quantity": Decimal(30)}), (happened.LotReturned, {"quantity": Decimal(10)}))
    assert quantities(scenario.aggregate, "2024-01-31", "2024-02-01", "2024-03-01") == [100, 70, 80]
    assert scenario.aggregate.issued_at(day("2024-02-15")) == {a_unit("信访局").id: Decimal(30)}
    assert scenario.aggregate.issued_at(day("2024-01-15")) == {}


def test_no_more_is_issued_than_is_there() -> None:
    lot = a_lot(100)
    refusal = contradicts(lot, QuantityBelowZero, lambda: issued("2024-02-01", 101)(lot))
    assert refusal.data["lacking"] == Decimal(1)


def test_a_late_issue_must_be_there_then_and_ever_after() -> None:
    lot = given(a_lot(100), issued("2024-06-01", 80)).aggregate
    issued("2024-03-01", 20)(lot)
    assert quantities(lot, "2024-04-01", "2024-06-01") == [80, 0]
    contradicts(lot, QuantityBelowZero, lambda: issued("2024-02-01", 1)(lot))


def test_no_more_is_written_off_or_moved_than_is_there() -> None:
    one, other = a_lot(10), a_lot(10)
    contradicts(one, QuantityBelowZero, lambda: written_off("2024-02-01", 11)(one))
    contradicts(other, QuantityBelowZero, lambda: moved("2024-02-01", 11)(other))


def test_a_unit_brings_back_no_more_than_it_was_given() -> None:
    lot = given(a_lot(100), issued("2024-02-01", 30), issued("2024-02-01", 5, "档案局")).aggregate
    contradicts(lot, ReturnedMoreThanIssued, lambda: brought_back("2024-03-01", 6, "档案局")(lot))


def test_a_unit_does_not_bring_back_before_it_was_given() -> None:
    lot = given(a_lot(100), issued("2024-02-01", 30)).aggregate
    contradicts(lot, ReturnedMoreThanIssued, lambda: brought_back("2024-01-15", 1)(lot))


def test_units_and_receivers_are_there() -> None:
    ended, gone = a_unit("旧局"), a_person("赵六")
    ended.abolish(mandate("2016-01-01"))
    gone.leave(mandate("2021-01-01"))
    scenario, one = given(a_lot()), Decimal(1)
    scenario.refused(UnitNotActive, lambda it: it.issue(mandate(), unit=ended, quantity=one))
    scenario.refused(PersonNotEmployed, lambda it: it.issue(mandate(), unit=a_unit(), quantity=one, receiver=gone))
    scenario.refused(EffectiveInFuture, issued("2027-01-01", 1))


def test_what_is_past_its_date_is_not_issued_but_written_off() -> None:
    lot = a_lot(100, expiry=date(2024, 6, 30))
    given(lot).refused(LotExpired, issued("2024-07-01", 1))
    given(lot).refused(LotNotExpired, written_off("2024-06-30", 1, WriteOffGround.EXPIRED))
    scenario = given(lot).when(issued("2024-06-30", 1)).when(written_off("2024-07-01", 99, WriteOffGround.EXPIRED))
    scenario.then(happened.LotIssued, (happened.LotWrittenOff, {"ground": WriteOffGround.EXPIRED}))
    given(a_lot()).refused(LotNotExpired, written_off("2024-06-30", 1, WriteOffGround.EXPIRED))
