"""What others did between a decision and its save is never lost, and never passed over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4, uuid5

import pytest

from domain.kernel.saving import Conflict, StillHeld, ValueTaken
from domain.organisations.unit import UnitNotActive
from domain.registry import ATTEMPTS
from tests.registry.acting import a_vin, meanwhile, name_of, rename, the_unit, vehicle
from tests.stores import Store, call, establish


def test_a_command_is_decided_anew_on_what_another_has_changed_meanwhile(
    store: Store, elsewhere: Store, unit: UUID
) -> None:
    with meanwhile(lambda: elsewhere.execute(rename(unit, "别人的"))) as tried:
        answer = store.execute(rename(unit, "我的"))
    assert tried == [2]
    assert answer.lines[0].version == 3
    assert name_of(store, unit) == "我的"


def test_a_command_decided_anew_gives_its_aggregates_the_same_ids(store: Store, elsewhere: Store, unit: UUID) -> None:
    command_id = uuid4()
    with meanwhile(lambda: elsewhere.execute(rename(unit, "别人的"))):
        answer = store.execute(establish(parent=unit), command_id=command_id)
    assert answer.subject == uuid5(command_id, "0")


def test_a_command_is_not_decided_for_ever(store: Store, elsewhere: Store, unit: UUID) -> None:
    busy = [lambda: elsewhere.execute(rename(unit, "别人的"))] * (ATTEMPTS + 5)
    with meanwhile(*busy) as tried, pytest.raises(Conflict):
        store.execute(rename(unit, "我的"))
    assert tried == [ATTEMPTS]


def test_a_command_for_one_version_is_not_decided_on_another(store: Store, elsewhere: Store, unit: UUID) -> None:
    with pytest.raises(Conflict) as refused:
        store.execute(rename(unit, "我的", expected_version=2))
    assert refused.value.field == "If-Match"
    with (
        meanwhile(lambda: elsewhere.execute(rename(unit, "别人的"))) as tried,
        pytest.raises(Conflict) as refused,
    ):
        store.execute(rename(unit, "我的", expected_version=1))
    assert refused.value.field == "If-Match"
    assert tried == [1]
    assert store.execute(rename(unit, "我的", expected_version=2)).lines


def test_a_unit_abolished_between_the_decision_and_the_save_is_given_nothing(
    store: Store, elsewhere: Store, unit: UUID
) -> None:
    with (
        meanwhile(lambda: elsewhere.execute(call("units.abolish", unit))) as tried,
        pytest.raises(UnitNotActive),
    ):
        store.execute(call("people.join", unit=unit, name="王", staff_type="established"))
    assert tried == [1]


def test_a_unit_given_something_between_the_decision_and_the_save_does_not_end(
    store: Store, elsewhere: Store, unit: UUID
) -> None:
    join = call("people.join", unit=unit, name="王", staff_type="established")
    with meanwhile(lambda: elsewhere.execute(join)), pytest.raises(StillHeld):
        store.execute(call("units.abolish", unit))
    assert the_unit(store, unit).version == 1


def test_a_plate_taken_between_the_decision_and_the_save_is_refused(store: Store, elsewhere: Store, unit: UUID) -> None:
    first, second = (vehicle(unit, plate="宁A30001", vin=a_vin(f"LFV2A21K?E400001{n}")) for n in (1, 2))
    with meanwhile(lambda: elsewhere.execute(first)), pytest.raises(ValueTaken) as refused:
        store.execute(second)
    assert refused.value.data["value"] == "宁A30001"


def test_commands_on_one_unit_from_many_threads_follow_one_another(store: Store, unit: UUID) -> None:
    def renamed(number: int) -> int:
        return store.execute(rename(unit, f"第{number}个名字")).lines[0].version

    with ThreadPoolExecutor(4) as threads:
        versions = list(threads.map(renamed, range(4)))
    assert sorted(versions) == [2, 3, 4, 5]
