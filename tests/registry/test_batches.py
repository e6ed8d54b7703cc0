"""A batch is carried out whole or not at all, and its later calls see what its earlier ones did."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

import pytest

from domain.kernel.errors import NotFound, Refusal
from domain.kernel.saving import NothingChanged, StillHeld, ValueTaken
from domain.organisations.events import PARENT
from domain.organisations.unit import UnitNotActive
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import NOW, mandate
from tests.domain.vehicles.situations import VIN
from tests.registry.acting import a_vin, name_of, new, rename, the_unit, vehicle
from tests.stores import Store, call, establish


def test_a_batch_is_carried_out_whole(store: Store, unit: UUID) -> None:
    answer = store.execute(rename(unit, "一"), rename(unit, "二"), rename(unit, "三"))
    assert [line.version for line in answer.lines] == [2, 3, 4]
    assert name_of(store, unit) == "三"


def test_a_batch_with_one_refusal_writes_nothing(store: Store, unit: UUID) -> None:
    head = store.recorder.head()
    with pytest.raises(UnitNotActive):
        store.execute(establish(), call("units.abolish", unit), rename(unit, "不该有"))
    assert store.recorder.head() == head
    assert name_of(store, unit) == "区机关事务管理局"


def test_a_batch_with_one_taken_value_writes_nothing(store: Store, unit: UUID) -> None:
    head = store.recorder.head()
    with pytest.raises(ValueTaken):
        store.execute(vehicle(unit, plate="宁A10001"), vehicle(unit, plate="宁A10002"))  # both with one VIN
    assert store.recorder.head() == head


def test_later_calls_see_what_earlier_ones_did(store: Store) -> None:
    command_id = uuid4()
    parent, child = uuid5(command_id, "0"), uuid5(command_id, "1")
    store.execute(establish("上级"), establish("下级", parent=parent), rename(child, "新下级"), command_id=command_id)
    assert the_unit(store, child).at(PARENT, NOW) == parent
    assert name_of(store, child) == "新下级"


def test_a_later_call_opens_what_an_earlier_one_made_as_its_own_kind_only(store: Store, unit: UUID) -> None:
    command_id = uuid4()
    made = uuid5(command_id, "0")
    joined = call("people.join", unit=unit, name="王", staff_type="established")
    for misled in (rename(made, "不是单位"), establish(parent=made)):
        with pytest.raises(NotFound):
            store.execute(joined, misled, command_id=command_id)


def test_a_unit_that_holds_something_ends_in_the_batch_that_hands_it_over(store: Store, unit: UUID) -> None:
    """机构改革: the people go to the successor and the unit ends, in one batch, in this order or the other."""
    successor = new(store.execute(establish("新局")))
    person = new(store.execute(call("people.join", unit=unit, name="王", staff_type="established")))
    later = mandate("2026-06-01")
    with pytest.raises(StillHeld) as refused:
        store.execute(call("units.abolish", unit, on=later))
    assert refused.value.data["held"] == [str(person)]
    move, end = call("people.move", person, to=successor, on=later), call("units.abolish", unit, on=later)
    store.execute(end, move)
    with pytest.raises(Refusal):
        store.execute(call("people.move", person, to=unit, on=mandate("2026-07-01")))


def test_two_vehicles_swap_their_plates_in_one_batch(store: Store, unit: UUID) -> None:
    first = new(store.execute(vehicle(unit, plate="宁A20001")))
    second = new(store.execute(vehicle(unit, plate="宁A20002", vin=a_vin("LSVAU218?E2184849"))))
    change = "vehicles.change-plate"
    with pytest.raises(ValueTaken):
        store.execute(call(change, first, plate="宁A20002"))
    store.execute(call(change, first, plate="宁A20002"), call(change, second, plate="宁A20001"))
    claims = {id: store.registry.open(Vehicle, id).claims() for id in (first, second)}
    assert ("plate", "宁A20002") in claims[first]
    assert ("plate", "宁A20001") in claims[second]
    with pytest.raises(ValueTaken):
        store.execute(vehicle(unit, plate="宁A20003", vin=VIN))


def test_a_command_that_changes_nothing_is_refused_and_may_be_sent_again(store: Store) -> None:
    command_id = uuid4()
    with pytest.raises(NothingChanged):
        store.execute(command_id=command_id)
    assert store.execute(establish(), command_id=command_id).lines
