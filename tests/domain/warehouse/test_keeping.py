"""Items that stay where they belong: kept, moved about, graded, repaired, idle, published."""

from __future__ import annotations

from decimal import Decimal

from domain.kernel.mandate import EffectiveInFuture
from domain.organisations.person import PersonNotEmployed
from domain.warehouse import item_events as happened
from domain.warehouse.facets import CUSTODIAN, GRADE, IDLE, LOCATION, PHOTOS, PUBLISHED_FOR, SHELF, WAREHOUSE
from domain.warehouse.item import Item
from domain.warehouse.item_life import DisagreesWithState, StepNotAllowed
from domain.warehouse.keeping import (
    AlreadyIdle,
    EndsBeforeItBegins,
    LentOnlyFromWarehouse,
    NotIdle,
    NotPublished,
)
from domain.warehouse.terms import Grade, ItemStatus, PublishedFor
from domain.warehouse.warehouse import ShelfUnknown, WarehouseClosesLater, WarehouseNotOpen
from tests.domain.scenario import day, given, mandate
from tests.domain.warehouse.situations import (
    DISPOSED,
    IN_STORE,
    ON_LOAN,
    Done,
    a_closed_warehouse,
    a_person,
    a_warehouse,
    an_item,
    contradicts,
    entry_requested,
    inspected,
    lent,
    loan_approved,
    loan_requested,
    registered,
)
from tests.domain.warehouse.situations import (
    PHOTOS as SOME_PHOTOS,
)


def declared_idle(when: str) -> Done:
    return lambda it: it.declare_idle(mandate(when), note="科室撤并")


def put_to_use(when: str) -> Done:
    return lambda it: it.put_to_use(mandate(when))


def published(when: str, until: str = "2026-12-31", purpose: PublishedFor = PublishedFor.BOTH) -> Done:
    return lambda it: it.publish(mandate(when), purpose=purpose, until=day(until), note="九成新")


def shelved(when: str, name: str = "区直机关公物仓", shelf: str | None = "A-01") -> Done:
    return lambda it: it.shelve(mandate(when), warehouse=a_warehouse(name), shelf=shelf)


def relocated(when: str, location: str) -> Done:
    return lambda it: it.relocate(mandate(when), location=location)


def graded(when: str, grade: Grade) -> Done:
    return lambda it: it.regrade(mandate(when), grade=grade, note="年度盘点", photos=SOME_PHOTOS)


def repaired(when: str) -> Done:
    return lambda it: it.repair(mandate(when), work="更换电源", cost=Decimal(260), grade=Grade.A)


def test_a_custodian_changes_with_the_handover() -> None:
    new, gone = a_person("杨洁"), a_person("赵六")
    gone.leave(mandate("2021-01-01"))
    scenario = given(an_item())
    scenario.refused(PersonNotEmployed, lambda i: i.change_custodian(mandate("2024-01-01"), custodian=gone))
    scenario.refused(EffectiveInFuture, lambda i: i.change_custodian(mandate("2027-01-01"), custodian=new))
    scenario.when(lambda i: i.change_custodian(mandate("2024-01-01"), custodian=new))
    scenario.then((happened.CustodianChanged, {"custodian": new.id}))
    assert scenario.aggregate.at(CUSTODIAN, day("2023-12-31")) == a_person().id
    assert scenario.aggregate.at(CUSTODIAN, day("2024-01-01")) == new.id


def test_what_is_in_a_warehouse_has_the_keeper_and_no_custodian() -> None:
    given(an_item(*IN_STORE)).refused(
        StepNotAllowed, lambda i: i.change_custodian(mandate("2025-01-01"), custodian=a_person())
    )


def test_an_item_moves_to_another_room_also_late() -> None:
    item = given(an_item(), relocated("2024-01-01", "401"), relocated("2022-01-01", "310")).aggregate
    assert [item.at(LOCATION, day(when)) for when in ("2021-01-01", "2023-01-01", "2025-01-01")] == [
        "办公楼 3 层 305",
        "310",
        "401",
    ]
    given(an_item()).when(relocated("2024-01-01", "401")).then((happened.ItemRelocated, {"location": "401"}))


def test_what_is_in_a_warehouse_moves_by_shelf_and_not_by_room() -> None:
    given(an_item(*IN_STORE)).refused(StepNotAllowed, relocated("2025-01-01", "401"))
    given(an_item()).refused(StepNotAllowed, shelved("2025-01-01"))


def test_an_item_moves_to_another_warehouse() -> None:
    other = a_warehouse("会展公物仓")
    scenario = given(an_item(*IN_STORE)).when(shelved("2025-01-01", "会展公物仓"))
    scenario.then((happened.ItemShelved, {"warehouse": other.id, "shelf": "A-01"}))
    item = scenario.aggregate
    assert item.at(WAREHOUSE, day("2025-01-01")) == other.id
    assert item.at(SHELF, day("2025-01-01")) == "A-01"
    assert item.holders()[a_warehouse().id] == day("2025-01-01")


def test_an_item_is_put_on_a_shelf_that_is_there_in_a_warehouse_that_stays() -> None:
    scenario = given(an_item(*IN_STORE))
    scenario.refused(ShelfUnknown, shelved("2025-01-01", shelf="Z-99"))
    closed = a_closed_warehouse("2025-06-01")
    scenario.refused(WarehouseNotOpen, lambda i: i.shelve(mandate("2025-07-01"), warehouse=closed))
    scenario.refused(WarehouseClosesLater, lambda i: i.shelve(mandate("2025-01-01"), warehouse=closed))


def test_an_item_is_graded_again_with_photos() -> None:
    scenario = given(an_item()).when(graded("2024-01-01", Grade.C)).then((happened.ItemRegraded, {"grade": Grade.C}))
    assert scenario.aggregate.at(GRADE, day("2024-01-01")) is Grade.C
    assert scenario.aggregate.at(PHOTOS, day("2024-01-01")) == SOME_PHOTOS


def test_a_repair_ends_in_a_grade() -> None:
    scenario = given(an_item()).when(repaired("2024-01-01"))
    scenario.then((happened.ItemRepaired, {"cost": Decimal(260), "grade": Grade.A}))


def test_what_is_being_inspected_or_is_gone_is_not_graded_otherwise() -> None:
    inspecting = an_item(registered(), entry_requested("2024-01-10"), inspected("2024-01-12"))
    given(inspecting).refused(StepNotAllowed, graded("2024-01-13", Grade.A))
    given(an_item(*DISPOSED)).refused(StepNotAllowed, repaired("2026-01-01"))


def test_an_item_lies_idle_until_it_is_put_to_use() -> None:
    scenario = given(an_item()).when(declared_idle("2024-01-01")).when(put_to_use("2024-03-01"))
    scenario.then(happened.ItemDeclaredIdle, happened.ItemPutToUse)
    assert scenario.aggregate.idle_since(day("2024-02-01")) == day("2024-01-01")
    assert scenario.aggregate.idle_since(day("2024-03-01")) is None


def test_it_stays_idle_without_a_break_when_it_enters_a_warehouse() -> None:
    item = an_item(registered(), declared_idle("2023-06-01"), *IN_STORE[1:])
    assert item.idle_since(day("2025-01-01")) == day("2023-06-01")


def test_only_what_is_in_use_is_declared_idle_and_only_what_is_idle_put_to_use() -> None:
    given(an_item()).refused(NotIdle, put_to_use("2024-01-01"))
    given(an_item(registered(), declared_idle("2024-01-01"))).refused(AlreadyIdle, declared_idle("2024-02-01"))
    given(an_item(*IN_STORE)).refused(StepNotAllowed, declared_idle("2025-01-01"))
    given(an_item(*IN_STORE)).refused(StepNotAllowed, put_to_use("2025-01-01"))


def test_a_publication_ends_by_itself() -> None:
    scenario = given(an_item(*IN_STORE)).when(published("2025-01-01", "2025-03-01"))
    scenario.then((happened.ItemPublished, {"purpose": PublishedFor.BOTH, "until": day("2025-03-01")}))
    assert scenario.aggregate.at(PUBLISHED_FOR, day("2025-02-28")) is PublishedFor.BOTH
    assert scenario.aggregate.at(PUBLISHED_FOR, day("2025-03-01")) is None


def test_a_publication_ends_when_it_is_taken_down_or_the_item_is_lent() -> None:
    item = an_item(*IN_STORE, published("2025-01-01"))
    scenario = given(item).when(lambda i: i.end_publication(mandate("2025-02-01"))).then(happened.PublicationEnded)
    assert scenario.aggregate.at(PUBLISHED_FOR, day("2025-02-02")) is None
    on_loan = an_item(*IN_STORE, published("2025-01-01"), *ON_LOAN[4:])
    assert on_loan.at(PUBLISHED_FOR, day("2025-03-01")) is None


def test_only_what_is_idle_is_published_and_only_what_is_stored_for_borrowing() -> None:
    given(an_item()).refused(NotIdle, published("2025-01-01", purpose=PublishedFor.TRANSFER))
    idle = an_item(registered(), declared_idle("2024-01-01"))
    given(idle).refused(LentOnlyFromWarehouse, published("2025-01-01"))
    given(idle).when(published("2025-01-01", purpose=PublishedFor.TRANSFER)).then(happened.ItemPublished)
    given(an_item(*ON_LOAN)).refused(StepNotAllowed, published("2025-06-01"))


def test_a_publication_ends_after_it_begins_and_is_there_to_be_ended() -> None:
    given(an_item(*IN_STORE)).refused(EndsBeforeItBegins, published("2025-01-01", "2025-01-01"))
    given(an_item(*IN_STORE)).refused(NotPublished, lambda i: i.end_publication(mandate("2025-01-01")))


def test_a_late_loan_does_not_contradict_a_publication_after_it() -> None:
    item = an_item(*IN_STORE, loan_requested("2025-01-01"), loan_approved("2025-01-02"), lent("2025-01-03"))
    item.withdraw(mandate(), of=7)
    item.withdraw(mandate(), of=6)
    item.withdraw(mandate(), of=5)
    published("2025-02-01")(item)
    loan_requested("2025-01-01")(item)
    loan_approved("2025-01-02")(item)
    item.collect_events()
    contradicts(item, DisagreesWithState, lambda: lent("2025-01-03")(item))


def test_what_was_said_of_a_moment_is_known_by_the_state_then() -> None:
    item: Item = an_item(*IN_STORE)
    assert item.status_at(day("2023-01-01")) is ItemStatus.WITH_UNIT
    assert item.at(IDLE, day("2023-01-01")) is False
    assert item.at(IDLE, day("2024-01-15")) is True
