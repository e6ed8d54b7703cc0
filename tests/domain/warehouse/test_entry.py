"""Items on their way into a warehouse, and back to their owner."""

from __future__ import annotations

import pytest

from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.organisations.person import PersonNotEmployed
from domain.warehouse import entry_events as happened
from domain.warehouse.entry import PhotosMissing, ScrapNotAccepted
from domain.warehouse.facets import (
    CUSTODIAN,
    ENTERING,
    GRADE,
    LOCATION,
    OWNER,
    PHOTOS,
    SHELF,
    USING_UNIT,
    WAREHOUSE,
)
from domain.warehouse.item_life import DisagreesWithState, StatesOutOfOrder, StepNotAllowed
from domain.warehouse.terms import EntryRefusalGround, Grade, ItemStatus, WarehouseForm, WithdrawalReason
from domain.warehouse.warehouse import ShelfUnknown, WarehouseClosesLater, WarehouseNotOpen
from tests.domain.scenario import day, given, mandate
from tests.domain.warehouse.situations import (
    DISPOSED,
    IN_STORE,
    ON_LOAN,
    OTHER_PHOTO,
    Done,
    a_closed_warehouse,
    a_person,
    a_unit,
    a_warehouse,
    accepted,
    an_item,
    contradicts,
    entry_requested,
    inspected,
    registered,
    taken_out,
)

REQUESTED = (registered(), entry_requested("2024-01-10"))
INSPECTED = (*REQUESTED, inspected("2024-01-12"))


def entry_refused(when: str, ground: EntryRefusalGround = EntryRefusalGround.SCRAP) -> Done:
    return lambda it: it.refuse_entry(mandate(when), ground=ground, note="硬盘缺失")


def entry_cancelled(when: str) -> Done:
    return lambda it: it.cancel_entry(mandate(when), note="科室另有安排")


def test_a_unit_asks_to_bring_an_item_in_with_photos_and_the_grade_it_claims() -> None:
    scenario = given(an_item()).when(entry_requested("2024-01-10", grade=Grade.A))
    scenario.then((happened.EntryRequested, {"grade_claimed": Grade.A, "warehouse": a_warehouse().id}))
    item = scenario.aggregate
    assert item.status_at(day("2024-01-10")) is ItemStatus.ENTRY_REQUESTED
    assert item.at(ENTERING, day("2024-01-10")) == a_warehouse().id
    assert item.holders() == {a_unit().id: None, a_warehouse().id: None}


def test_a_request_and_an_inspection_show_the_thing() -> None:
    given(an_item()).refused(
        PhotosMissing,
        lambda i: i.request_entry(
            mandate("2024-01-10"), warehouse=a_warehouse(), reason="闲置", grade_claimed=Grade.B, photos=()
        ),
    )
    given(an_item(*REQUESTED)).refused(
        PhotosMissing, lambda i: i.inspect(mandate("2024-01-12"), grade=Grade.B, photos=(), note="好")
    )


def test_entry_is_asked_of_a_warehouse_that_is_open_and_stays_open() -> None:
    closed = a_closed_warehouse("2024-06-01")
    given(an_item()).refused(WarehouseClosesLater, entry_requested("2024-01-10", closed))
    given(an_item()).refused(WarehouseNotOpen, entry_requested("2025-01-10", closed))
    given(an_item()).refused(EffectiveInFuture, entry_requested("2027-01-10"))


def test_the_inspector_grades_what_is_there() -> None:
    scenario = given(an_item(registered(), entry_requested("2024-01-10", grade=Grade.A)))
    scenario.when(inspected("2024-01-12", Grade.C)).then((happened.EntryInspected, {"grade": Grade.C}))
    assert scenario.aggregate.at(GRADE, day("2024-01-12")) is Grade.C
    assert scenario.aggregate.at(PHOTOS, day("2024-01-12")) == (OTHER_PHOTO,)


def test_an_inspected_item_is_accepted_onto_a_shelf() -> None:
    scenario = given(an_item(*INSPECTED)).when(accepted("2024-01-15"))
    scenario.then((happened.EntryAccepted, {"shelf": "A-01"}))
    item, then = scenario.aggregate, day("2024-01-15")
    assert item.status_at(then) is ItemStatus.STORED
    assert (item.at(WAREHOUSE, then), item.at(SHELF, then)) == (a_warehouse().id, "A-01")
    assert (item.at(OWNER, then), item.at(USING_UNIT, then), item.at(CUSTODIAN, then)) == (a_unit().id, None, None)
    assert item.idle_since(then) == then


def test_a_virtual_warehouse_takes_in_what_stays_where_it_is() -> None:
    virtual = a_warehouse("虚拟仓", WarehouseForm.VIRTUAL)
    item = an_item(*INSPECTED)
    given(item).refused(ShelfUnknown, accepted("2024-01-15", virtual))
    given(item).when(lambda i: i.accept(mandate("2024-01-15"), warehouse=virtual, location="财政厅 3 层库房")).then(
        (happened.EntryAccepted, {"warehouse": virtual.id})
    )
    assert item.at(LOCATION, day("2024-02-01")) == "财政厅 3 层库房"


def test_what_is_found_fit_for_scrap_cannot_be_accepted_whatever_was_claimed() -> None:
    scrap = an_item(registered(), entry_requested("2024-01-10", grade=Grade.A), inspected("2024-01-12", Grade.D))
    given(scrap).refused(ScrapNotAccepted, accepted("2024-01-15"))
    given(scrap).when(entry_refused("2024-01-15")).then((happened.EntryRefused, {"ground": EntryRefusalGround.SCRAP}))


def test_acceptance_is_into_a_warehouse_that_stays_open_and_a_shelf_that_is_there() -> None:
    scenario = given(an_item(*INSPECTED))
    scenario.refused(ShelfUnknown, accepted("2024-01-15", shelf="Z-99"))
    scenario.refused(WarehouseClosesLater, accepted("2024-01-15", a_closed_warehouse("2024-06-01")))


@pytest.mark.parametrize("past", [REQUESTED, INSPECTED], ids=["before inspection", "after inspection"])
def test_entry_can_be_refused_or_cancelled_and_the_item_stays_with_its_unit(past: tuple[Done, ...]) -> None:
    refused = given(an_item(*past)).when(entry_refused("2024-02-01")).then(happened.EntryRefused).aggregate
    cancelled = given(an_item(*past)).when(entry_cancelled("2024-02-01")).then(happened.EntryCancelled).aggregate
    for item in (refused, cancelled):
        assert item.status_at(day("2024-02-01")) is ItemStatus.WITH_UNIT
        assert item.at(ENTERING, day("2024-02-01")) is None
        assert item.holders() == {a_unit().id: None, a_warehouse().id: day("2024-02-01")}


@pytest.mark.parametrize(
    ("past", "step"),
    [
        ((registered(),), inspected("2025-01-01")),
        ((registered(),), entry_refused("2025-01-01")),
        ((registered(),), entry_cancelled("2025-01-01")),
        ((registered(),), taken_out("2025-01-01")),
        (REQUESTED, entry_requested("2025-01-01")),
        (REQUESTED, accepted("2025-01-01")),
        (INSPECTED, inspected("2025-01-01")),
        (IN_STORE, accepted("2025-01-01")),
        (IN_STORE, entry_requested("2025-01-01")),
        (ON_LOAN, taken_out("2025-03-01")),
        (DISPOSED, entry_requested("2026-01-01")),
    ],
)
def test_each_step_has_the_states_in_which_it_is_taken(past: tuple[Done, ...], step: Done) -> None:
    refusal = given(an_item(*past)).refused(StepNotAllowed, step)
    assert refusal.data["status_zh"] in refusal.message_zh


def test_the_owner_takes_an_item_out_to_use_it() -> None:
    scenario = given(an_item(*IN_STORE)).when(taken_out("2025-01-01"))
    scenario.then((happened.ItemTakenOut, {"owner": a_unit().id}))
    item, then = scenario.aggregate, day("2025-01-01")
    assert item.status_at(then) is ItemStatus.WITH_UNIT
    assert (item.at(USING_UNIT, then), item.at(WAREHOUSE, then)) == (a_unit().id, None)
    assert item.idle_since(then) is None
    assert item.holders()[a_warehouse().id] == then


def test_what_the_warehouse_hands_back_is_still_idle() -> None:
    item = given(an_item(*IN_STORE)).when(taken_out("2025-01-01", WithdrawalReason.HANDED_BACK)).aggregate
    assert item.idle_since(day("2025-06-01")) == day("2024-01-15")


def test_taking_out_stands_on_a_document_and_a_custodian_is_in_a_post() -> None:
    gone = a_person("赵六")
    gone.leave(mandate("2021-01-01"))
    reason = WithdrawalReason.HANDED_BACK
    scenario = given(an_item(*IN_STORE))
    scenario.refused(DocumentMissing, lambda i: i.take_out(mandate("2025-01-01", documents=()), reason=reason))
    scenario.refused(PersonNotEmployed, lambda i: i.take_out(mandate("2025-01-01"), reason=reason, custodian=gone))


def test_a_wrong_acceptance_is_corrected() -> None:
    other = a_warehouse("会展公物仓")
    scenario = given(an_item(*IN_STORE)).correcting(4, accepted("2024-01-20", other)).then((FactCorrected, {"of": 4}))
    assert scenario.aggregate.at(WAREHOUSE, day("2024-01-16")) is None
    assert scenario.aggregate.status_at(day("2024-01-16")) is ItemStatus.INSPECTED
    assert scenario.aggregate.at(WAREHOUSE, day("2024-01-20")) == other.id


def test_an_acceptance_is_not_withdrawn_or_moved_from_under_what_followed() -> None:
    shelved = an_item(*IN_STORE)
    shelved.shelve(mandate("2024-01-18"), warehouse=a_warehouse(), shelf="A-01")
    shelved.begin_correction(4)
    contradicts(shelved, DisagreesWithState, lambda: accepted("2024-01-20")(shelved))
    lent = an_item(*ON_LOAN)
    contradicts(lent, StatesOutOfOrder, lambda: lent.withdraw(mandate(), of=4))


def test_a_late_entry_does_not_slip_in_before_one_that_is_recorded() -> None:
    item = an_item(*IN_STORE)
    contradicts(item, StatesOutOfOrder, lambda: entry_requested("2023-01-01")(item))
