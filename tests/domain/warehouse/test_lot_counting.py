"""A lot is counted, moved, closed, and its records are corrected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from domain.kernel.aggregate import NothingToCorrect
from domain.kernel.events import FactCorrected, FactWithdrawn
from domain.kernel.mandate import DocumentMissing
from domain.warehouse import lot_events as happened
from domain.warehouse.facets import LINEAGE, SHELF
from domain.warehouse.life import EndsBeforeLaterFacts, StatedBeforeBeginning
from domain.warehouse.lot import Lot
from domain.warehouse.lot_life import LotNotEmpty, LotNotOpen, QuantityBelowZero
from domain.warehouse.terms import WriteOffGround
from domain.warehouse.warehouse import ShelfUnknown, WarehouseClosesLater
from tests.domain.scenario import an_id, day, given, mandate
from tests.domain.warehouse.lots import Done, brought_back, issued, moved, quantities, written_off
from tests.domain.warehouse.situations import a_closed_warehouse, a_lot, a_unit, a_warehouse, contradicts, received


def counted(when: str, found: int) -> Done:
    return lambda it: it.count(mandate(when), found=Decimal(found), note="年终盘点")


def closed(when: str) -> Done:
    return lambda it: it.close(mandate(when))


def shelved(when: str, shelf: str | None) -> Done:
    return lambda it: it.shelve(mandate(when), warehouse=a_warehouse(), shelf=shelf)


def test_a_count_says_what_is_there_whatever_the_books_said() -> None:
    scenario = given(a_lot(100), issued("2024-02-01", 30)).when(counted("2024-12-31", 68))
    scenario.then((happened.LotCounted, {"found": Decimal(68), "expected": Decimal(70)}))
    lot = scenario.when(issued("2025-02-01", 8)).aggregate
    assert quantities(lot, "2024-12-30", "2024-12-31", "2025-02-01") == [70, 68, 60]


def test_a_late_issue_explains_a_count_and_does_not_change_what_was_found() -> None:
    lot = given(a_lot(100), counted("2024-12-31", 90), issued("2024-06-01", 10)).aggregate
    assert quantities(lot, "2024-07-01", "2024-12-31") == [90, 90]


def test_counts_and_write_offs_stand_on_a_document() -> None:
    without, scenario = mandate(documents=()), given(a_lot())
    scenario.refused(DocumentMissing, lambda it: it.count(without, found=Decimal(1)))
    scenario.refused(
        DocumentMissing,
        lambda it: it.write_off(without, ground=WriteOffGround.LOST, quantity=Decimal(1), note="丢失"),
    )


def test_what_moves_elsewhere_becomes_a_lot_that_knows_where_it_came_from() -> None:
    part, there = Lot(an_id("part")), a_warehouse("会展公物仓")
    scenario = given(a_lot(100, expiry=date(2026, 1, 1))).when(moved("2024-02-01", 40, part, "A-01"))
    scenario.then((happened.LotMovedOut, {"to_lot": part.id, "quantity": Decimal(40), "warehouse": there.id}))
    assert (quantities(scenario.aggregate, "2024-02-01"), quantities(part, "2024-02-01")) == ([60], [40])
    assert part.at(LINEAGE, day("2024-02-01")) == scenario.aggregate.id
    (born,) = part.pending
    assert isinstance(born, happened.LotMovedIn)
    assert (born.name, born.batch, born.expiry) == ("A4 复印纸", "2024-01", date(2026, 1, 1))
    assert part.holders() == {there.id: None}


def test_a_move_goes_to_a_shelf_that_is_there_in_a_warehouse_that_stays() -> None:
    scenario = given(a_lot())
    scenario.refused(ShelfUnknown, moved("2024-02-01", 1, shelf="Z-99"))
    ended = a_closed_warehouse("2025-01-01")
    scenario.refused(
        WarehouseClosesLater,
        lambda it: it.move(mandate("2024-02-01"), to=ended, quantity=Decimal(1), lot=Lot(an_id("part"))),
    )


def test_a_move_is_not_taken_back_because_another_lot_lives_from_it() -> None:
    lot = given(a_lot(100), moved("2024-02-01", 40)).aggregate
    given(lot).refused(NothingToCorrect, lambda it: it.withdraw(mandate(), of=2))


def test_a_lot_lies_on_a_shelf_of_its_warehouse() -> None:
    scenario = given(a_lot())
    scenario.refused(ShelfUnknown, shelved("2024-02-01", "Z-99"))
    scenario.when(shelved("2024-02-01", None)).then((happened.LotShelved, {"shelf": None}))
    assert scenario.aggregate.at(SHELF, day("2024-01-31")) == "A-01"
    assert scenario.aggregate.at(SHELF, day("2024-02-01")) is None


def test_an_empty_lot_is_closed_and_held_by_nobody() -> None:
    scenario = given(a_lot(10), issued("2024-02-01", 10)).when(closed("2024-03-01")).then(happened.LotClosed)
    lot = scenario.aggregate
    assert lot.holders() == {a_warehouse().id: day("2024-03-01")}
    for step in (
        issued("2024-04-01", 1),
        brought_back("2024-04-01", 1),
        counted("2024-04-01", 1),
        moved("2024-04-01", 1),
        written_off("2024-04-01", 1),
        shelved("2024-04-01", None),
        closed("2024-04-01"),
    ):
        given(lot).refused(LotNotOpen, step)


def test_a_lot_is_closed_when_nothing_is_left_and_nothing_follows() -> None:
    full = a_lot(10)
    contradicts(full, LotNotEmpty, lambda: closed("2024-03-01")(full))
    later = given(a_lot(10), issued("2024-02-01", 10), brought_back("2024-05-01", 1)).aggregate
    contradicts(later, EndsBeforeLaterFacts, lambda: closed("2024-03-01")(later))


def test_a_late_return_does_not_refill_a_closed_lot() -> None:
    lot = given(a_lot(10), issued("2024-02-01", 10), closed("2024-03-01")).aggregate
    contradicts(lot, LotNotEmpty, lambda: brought_back("2024-02-15", 1)(lot))


def test_a_wrong_issue_is_corrected_and_a_false_one_withdrawn() -> None:
    scenario = given(a_lot(100), issued("2024-02-01", 30), issued("2024-03-01", 5))
    scenario.correcting(2, issued("2024-02-01", 3)).when(lambda it: it.withdraw(mandate(), of=3))
    scenario.then((FactCorrected, {"of": 2}), (FactWithdrawn, {"of": 3}))
    assert quantities(scenario.aggregate, "2024-02-01", "2024-04-01") == [97, 97]
    assert scenario.aggregate.issued_at(day("2024-04-01")) == {a_unit("信访局").id: Decimal(3)}


def test_a_corrected_receipt_still_covers_what_was_issued() -> None:
    fewer, later = (given(a_lot(100), issued("2024-02-01", 30)).aggregate for _ in range(2))
    fewer.begin_correction(1)
    contradicts(fewer, QuantityBelowZero, lambda: received(29)(fewer))
    later.begin_correction(1)
    contradicts(later, StatedBeforeBeginning, lambda: received(100, "2024-03-01")(later))
