"""Items that pass from one unit to another."""

from __future__ import annotations

import pytest

from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.organisations.person import PersonNotEmployed
from domain.organisations.unit import Unit, UnitNotActive
from domain.warehouse import leaving_events as happened
from domain.warehouse.facets import CUSTODIAN, IDLE, OWNER, RECEIVING_UNIT, USING_UNIT, WAREHOUSE
from domain.warehouse.item_life import StatesOutOfOrder, StepNotAllowed
from domain.warehouse.terms import ItemStatus
from domain.warehouse.transfer import TransferToOwner
from tests.domain.scenario import day, given, mandate
from tests.domain.warehouse.situations import (
    DISPOSED,
    IN_STORE,
    ON_LOAN,
    Done,
    a_person,
    a_unit,
    a_warehouse,
    an_item,
    contradicts,
    loan_requested,
    registered,
)


def transferred(when: str, to: Unit | None = None) -> Done:
    return lambda it: it.transfer(mandate(when), to=to or a_unit("信访局"), note="调剂使用")


def received(when: str) -> Done:
    return lambda it: it.confirm_receipt(mandate(when), custodian=a_person("李建"), location="201")


def failed(when: str) -> Done:
    return lambda it: it.fail_transfer(mandate(when), note="配置不符")


IN_TRANSFER = (*IN_STORE, transferred("2025-03-01"))


def test_a_transfer_is_decided_on_a_document_and_title_stays_until_receipt() -> None:
    to = a_unit("信访局")
    scenario = given(an_item(*IN_STORE))
    scenario.refused(DocumentMissing, lambda i: i.transfer(mandate("2025-03-01", documents=()), to=to))
    scenario.when(transferred("2025-03-01")).then((happened.TransferDecided, {"to": to.id}))
    item, then = scenario.aggregate, day("2025-03-01")
    assert item.status_at(then) is ItemStatus.IN_TRANSFER
    assert (item.at(OWNER, then), item.at(RECEIVING_UNIT, then)) == (a_unit().id, to.id)
    assert item.at(WAREHOUSE, then) == a_warehouse().id


def test_the_receiver_confirms_and_owns_it_from_then_on() -> None:
    to = a_unit("信访局")
    scenario = given(an_item(*IN_TRANSFER)).when(received("2025-03-10"))
    scenario.then((happened.TransferReceived, {"owner": to.id}))
    item, then = scenario.aggregate, day("2025-03-10")
    assert item.status_at(then) is ItemStatus.WITH_UNIT
    assert (item.at(OWNER, then), item.at(USING_UNIT, then), item.at(WAREHOUSE, then)) == (to.id, to.id, None)
    assert (item.at(CUSTODIAN, then), item.at(IDLE, then)) == (a_person("李建").id, False)
    assert item.holders() == {a_unit().id: then, a_warehouse().id: then, to.id: None}


def test_a_unit_gives_directly_to_another() -> None:
    item = given(an_item(registered(), transferred("2025-03-01"))).when(received("2025-03-02")).aggregate
    assert item.at(OWNER, day("2025-03-01")) == a_unit().id
    assert item.at(OWNER, day("2025-03-02")) == a_unit("信访局").id


@pytest.mark.parametrize(
    ("past", "home"), [((registered(),), ItemStatus.WITH_UNIT), (IN_STORE, ItemStatus.STORED)], ids=["unit", "store"]
)
def test_a_transfer_that_fails_leaves_the_item_where_it_was(past: tuple[Done, ...], home: ItemStatus) -> None:
    scenario = given(an_item(*past, transferred("2025-03-01"))).when(failed("2025-03-05"))
    scenario.then((happened.TransferFailed, {"back_to": home}))
    assert scenario.aggregate.status_at(day("2025-03-05")) is home
    assert scenario.aggregate.at(RECEIVING_UNIT, day("2025-03-05")) is None


def test_a_transfer_is_to_another_unit_that_exists() -> None:
    ended = a_unit("旧局")
    ended.abolish(mandate("2016-01-01"))
    scenario = given(an_item(*IN_STORE))
    scenario.refused(TransferToOwner, transferred("2025-03-01", a_unit()))
    scenario.refused(UnitNotActive, transferred("2025-03-01", ended))


def test_who_receives_is_in_a_post() -> None:
    gone = a_person("赵六")
    gone.leave(mandate("2021-01-01"))
    given(an_item(*IN_TRANSFER)).refused(
        PersonNotEmployed, lambda i: i.confirm_receipt(mandate("2025-03-10"), custodian=gone)
    )


@pytest.mark.parametrize(
    ("past", "step"),
    [
        (ON_LOAN, transferred("2025-06-01")),
        (DISPOSED, transferred("2026-01-01")),
        (IN_TRANSFER, transferred("2025-03-02")),
        (IN_STORE, received("2025-03-02")),
        (IN_STORE, failed("2025-03-02")),
    ],
)
def test_each_step_has_the_states_in_which_it_is_taken(past: tuple[Done, ...], step: Done) -> None:
    given(an_item(*past)).refused(StepNotAllowed, step)


def test_a_transfer_can_wait_for_its_day_and_nothing_crosses_it() -> None:
    item = given(an_item(*IN_STORE)).when(transferred("2027-01-01")).then(happened.TransferDecided).aggregate
    assert item.status_at(day("2026-12-31")) is ItemStatus.STORED
    assert item.status_at(day("2027-01-01")) is ItemStatus.IN_TRANSFER
    given(item).refused(EffectiveInFuture, received("2027-01-02"))
    contradicts(item, StatesOutOfOrder, lambda: loan_requested("2026-11-01")(item))


def test_a_transfer_to_the_wrong_unit_is_corrected_before_receipt() -> None:
    to = a_unit("档案局")
    scenario = (
        given(an_item(*IN_TRANSFER)).correcting(5, transferred("2025-03-01", to)).then((FactCorrected, {"of": 5}))
    )
    assert scenario.aggregate.at(RECEIVING_UNIT, day("2025-03-01")) == to.id
    assert a_unit("信访局").id not in scenario.aggregate.holders()
