"""The registry, end to end: commands go in, answers come out, and the log has all of it or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4, uuid5

import pytest

from domain.kernel.aggregate import CorrectsAnother, NothingToCorrect
from domain.kernel.codes import CreditCodeSuspect, VinCheckDigitWrong
from domain.kernel.codes import vin as valid_vin
from domain.kernel.commands import AlreadyExists
from domain.kernel.errors import NotFound, Refusal
from domain.kernel.saving import Conflict, NothingChanged, StillHeld, ValueTaken
from domain.organisations.events import NAME, PARENT
from domain.organisations.person import Person
from domain.organisations.unit import Unit, UnitNotActive, UnitUnderItself
from domain.registry import ATTEMPTS, Answer, Registry
from domain.vehicles.vehicle import Vehicle
from domain.work import Call, Work
from infra.cluster import Urls
from tests.domain.scenario import NOW, day, mandate
from tests.domain.vehicles.situations import VIN, registered
from tests.stores import MANDATE, Store, a_unit, call, establish, opened


@pytest.fixture(scope="module")
def store(module_database: Urls) -> Iterator[Store]:
    with opened(module_database.application) as found:
        yield found


@pytest.fixture(scope="module")
def elsewhere(module_database: Urls) -> Iterator[Store]:
    """The same log, from another process's point of view."""
    with opened(module_database.application) as found:
        yield found


@pytest.fixture
def unit(store: Store) -> UUID:
    return _new(store.execute(establish()))


def _new(answer: Answer) -> UUID:
    assert answer.subject is not None
    return answer.subject


def _unit(store: Store, id: UUID) -> Unit:
    unit = store.registry.open(Unit, id)
    assert isinstance(unit, Unit)
    return unit


def _name(store: Store, id: UUID) -> str | None:
    return _unit(store, id).at(NAME, NOW)


def _rename(id: UUID, name: str, **said: Any) -> Call:
    return call("units.rename", id, name=name, **said)


def _vehicle(owner: UUID, **said: Any) -> Call:
    """What the builder of vehicles says, as a call."""
    noted: dict[str, Any] = {}

    class Noting:
        def register(self, _: object, **arguments: Any) -> None:
            noted.update(arguments)

    registered(**said)(Noting())  # type: ignore[arg-type]  # it only notes what it is told
    return call("vehicles.register", **noted | {"owner": owner})


def _vin(text: str) -> str:
    """With the check digit in the place of the question mark."""
    for digit in "0123456789X":
        with suppress(VinCheckDigitWrong):
            return valid_vin(text.replace("?", digit))
    raise AssertionError(text)


@contextmanager
def _meanwhile(*actions: Callable[[], object]) -> Iterator[list[int]]:
    """Between a decision and its save, each time once, something happens; tells how many saves were tried."""
    waiting, tried = list(actions), [0]
    save = Registry._save

    def interrupted(self: Registry, command_id: UUID, work: Work, request: str) -> Answer:
        tried[0] += 1
        if waiting:
            action = waiting.pop(0)
            with patch.object(Registry, "_save", save):
                action()
        return save(self, command_id, work, request)

    with patch.object(Registry, "_save", interrupted):
        yield tried


# Answers ---------------------------------------------------------------------------------------------------------------


def test_an_answer_says_where_each_event_stands(store: Store) -> None:
    head = store.recorder.head()
    answer = store.execute(establish())
    line = answer.lines[0]
    assert (line.position, line.version, line.topic) == (head + 1, 1, "organisations.UnitEstablished")
    assert (line.aggregate_id, answer.position, answer.repeated) == (answer.subject, head + 1, False)


def test_the_ids_of_new_aggregates_are_derived_from_the_command(store: Store) -> None:
    command_id = uuid4()
    answer = store.execute(establish("甲"), establish("乙"), command_id=command_id)
    assert [line.aggregate_id for line in answer.lines] == [uuid5(command_id, "0"), uuid5(command_id, "1")]


def test_the_id_of_a_new_aggregate_may_be_given(store: Store) -> None:
    id = uuid4()
    assert store.execute(establish(id=id)).subject == id


def test_an_id_that_is_in_use_is_not_given_again(store: Store, unit: UUID) -> None:
    twin = uuid4()
    with pytest.raises(AlreadyExists):
        store.execute(establish(id=unit))
    with pytest.raises(AlreadyExists):
        store.execute(establish(id=twin), establish(id=twin))
    with pytest.raises(AlreadyExists):
        store.execute(call("people.join", unit, unit=unit, name="王", staff_type="established"))


def test_notices_come_with_the_answer(store: Store) -> None:
    answer = store.execute(call("units.establish", unit=a_unit(credit_code="114415000072404700"), parent=None))
    assert [type(notice) for notice in answer.notices] == [CreditCodeSuspect]


def test_every_event_keeps_the_mandate_of_its_own_call(store: Store, unit: UUID) -> None:
    early, late = mandate("2026-04-01", user="li"), mandate("2026-05-01", user="wang")
    store.execute(_rename(unit, "四月", on=early), _rename(unit, "五月", on=late))
    said = [event.mandate.decode() for event in store.recorder.events_of(unit, after=1)]
    assert ['"user":"li"' in one for one in said] == [True, False]
    assert ['"user":"wang"' in one for one in said] == [False, True]


# Batches ---------------------------------------------------------------------------------------------------------------


def test_a_batch_is_carried_out_whole(store: Store, unit: UUID) -> None:
    answer = store.execute(_rename(unit, "一"), _rename(unit, "二"), _rename(unit, "三"))
    assert [line.version for line in answer.lines] == [2, 3, 4]
    assert _name(store, unit) == "三"


def test_a_batch_with_one_refusal_writes_nothing(store: Store, unit: UUID) -> None:
    head = store.recorder.head()
    with pytest.raises(UnitNotActive):
        store.execute(establish(), call("units.abolish", unit), _rename(unit, "不该有"))
    assert store.recorder.head() == head
    assert _name(store, unit) == "区机关事务管理局"


def test_a_batch_with_one_taken_value_writes_nothing(store: Store, unit: UUID) -> None:
    head = store.recorder.head()
    with pytest.raises(ValueTaken):
        store.execute(_vehicle(unit, plate="宁A10001"), _vehicle(unit, plate="宁A10002"))  # both with one VIN
    assert store.recorder.head() == head


def test_later_calls_see_what_earlier_ones_did(store: Store) -> None:
    command_id = uuid4()
    parent, child = uuid5(command_id, "0"), uuid5(command_id, "1")
    store.execute(establish("上级"), establish("下级", parent=parent), _rename(child, "新下级"), command_id=command_id)
    assert _unit(store, child).at(PARENT, NOW) == parent
    assert _name(store, child) == "新下级"


def test_a_later_call_opens_what_an_earlier_one_made_as_its_own_kind_only(store: Store, unit: UUID) -> None:
    command_id = uuid4()
    made = uuid5(command_id, "0")
    joined = call("people.join", unit=unit, name="王", staff_type="established")
    for misled in (_rename(made, "不是单位"), establish(parent=made)):
        with pytest.raises(NotFound):
            store.execute(joined, misled, command_id=command_id)


def test_a_unit_that_holds_something_ends_in_the_batch_that_hands_it_over(store: Store, unit: UUID) -> None:
    """机构改革: the people go to the successor and the unit ends, in one batch, in this order or the other."""
    successor = _new(store.execute(establish("新局")))
    person = _new(store.execute(call("people.join", unit=unit, name="王", staff_type="established")))
    later = mandate("2026-06-01")
    with pytest.raises(StillHeld) as refused:
        store.execute(call("units.abolish", unit, on=later))
    assert refused.value.data["held"] == [str(person)]
    move, end = call("people.move", person, to=successor, on=later), call("units.abolish", unit, on=later)
    store.execute(end, move)
    with pytest.raises(Refusal):
        store.execute(call("people.move", person, to=unit, on=mandate("2026-07-01")))


def test_two_vehicles_swap_their_plates_in_one_batch(store: Store, unit: UUID) -> None:
    first = _new(store.execute(_vehicle(unit, plate="宁A20001")))
    second = _new(store.execute(_vehicle(unit, plate="宁A20002", vin=_vin("LSVAU218?E2184849"))))
    change = "vehicles.change-plate"
    with pytest.raises(ValueTaken):
        store.execute(call(change, first, plate="宁A20002"))
    store.execute(call(change, first, plate="宁A20002"), call(change, second, plate="宁A20001"))
    claims = {id: store.registry.open(Vehicle, id).claims() for id in (first, second)}
    assert ("plate", "宁A20002") in claims[first]
    assert ("plate", "宁A20001") in claims[second]
    with pytest.raises(ValueTaken):
        store.execute(_vehicle(unit, plate="宁A20003", vin=VIN))


def test_a_command_that_changes_nothing_is_refused_and_may_be_sent_again(store: Store) -> None:
    command_id = uuid4()
    with pytest.raises(NothingChanged):
        store.execute(command_id=command_id)
    assert store.execute(establish(), command_id=command_id).lines


# What changed meanwhile -------------------------------------------------------------------------------------------------


def test_a_command_is_decided_anew_on_what_another_has_changed_meanwhile(
    store: Store, elsewhere: Store, unit: UUID
) -> None:
    with _meanwhile(lambda: elsewhere.execute(_rename(unit, "别人的"))) as tried:
        answer = store.execute(_rename(unit, "我的"))
    assert tried == [2]
    assert answer.lines[0].version == 3
    assert _name(store, unit) == "我的"


def test_a_command_decided_anew_gives_its_aggregates_the_same_ids(store: Store, elsewhere: Store, unit: UUID) -> None:
    command_id = uuid4()
    with _meanwhile(lambda: elsewhere.execute(_rename(unit, "别人的"))):
        answer = store.execute(establish(parent=unit), command_id=command_id)
    assert answer.subject == uuid5(command_id, "0")


def test_a_command_is_not_decided_for_ever(store: Store, elsewhere: Store, unit: UUID) -> None:
    busy = [lambda: elsewhere.execute(_rename(unit, "别人的"))] * (ATTEMPTS + 5)
    with _meanwhile(*busy) as tried, pytest.raises(Conflict):
        store.execute(_rename(unit, "我的"))
    assert tried == [ATTEMPTS]


def test_a_command_for_one_version_is_not_decided_on_another(store: Store, elsewhere: Store, unit: UUID) -> None:
    with pytest.raises(Conflict) as refused:
        store.execute(_rename(unit, "我的", expected_version=2))
    assert refused.value.field == "If-Match"
    with (
        _meanwhile(lambda: elsewhere.execute(_rename(unit, "别人的"))) as tried,
        pytest.raises(Conflict) as refused,
    ):
        store.execute(_rename(unit, "我的", expected_version=1))
    assert refused.value.field == "If-Match"
    assert tried == [1]
    assert store.execute(_rename(unit, "我的", expected_version=2)).lines


def test_a_unit_abolished_between_the_decision_and_the_save_is_given_nothing(
    store: Store, elsewhere: Store, unit: UUID
) -> None:
    with (
        _meanwhile(lambda: elsewhere.execute(call("units.abolish", unit))) as tried,
        pytest.raises(UnitNotActive),
    ):
        store.execute(call("people.join", unit=unit, name="王", staff_type="established"))
    assert tried == [1]


def test_a_unit_given_something_between_the_decision_and_the_save_does_not_end(
    store: Store, elsewhere: Store, unit: UUID
) -> None:
    join = call("people.join", unit=unit, name="王", staff_type="established")
    with _meanwhile(lambda: elsewhere.execute(join)), pytest.raises(StillHeld):
        store.execute(call("units.abolish", unit))
    assert _unit(store, unit).version == 1


def test_a_plate_taken_between_the_decision_and_the_save_is_refused(store: Store, elsewhere: Store, unit: UUID) -> None:
    first, second = (_vehicle(unit, plate="宁A30001", vin=_vin(f"LFV2A21K?E400001{n}")) for n in (1, 2))
    with _meanwhile(lambda: elsewhere.execute(first)), pytest.raises(ValueTaken) as refused:
        store.execute(second)
    assert refused.value.data["value"] == "宁A30001"


def test_commands_on_one_unit_from_many_threads_follow_one_another(store: Store, unit: UUID) -> None:
    def rename(number: int) -> int:
        return store.execute(_rename(unit, f"第{number}个名字")).lines[0].version

    with ThreadPoolExecutor(4) as threads:
        versions = list(threads.map(rename, range(4)))
    assert sorted(versions) == [2, 3, 4, 5]


# Corrections -----------------------------------------------------------------------------------------------------------


def test_a_record_is_corrected_by_its_position(store: Store, unit: UUID) -> None:
    wrong = store.execute(_rename(unit, "错名")).position
    answer = store.execute(_rename(unit, "对名", corrects=wrong))
    assert answer.lines[0].topic == "registry.FactCorrected"
    assert _name(store, unit) == "对名"
    assert store.registry.open(Unit, unit, version=2).at(NAME, NOW) == "错名"


def test_the_beginning_of_a_stream_can_be_corrected_and_it_is_still_of_its_kind(store: Store, unit: UUID) -> None:
    birth = store.recorder.events_of(unit)[0].position
    earlier = mandate("2020-01-01")
    corrected = call("units.establish", unit, unit=a_unit("本名"), parent=None, corrects=birth, on=earlier)
    store.execute(corrected)
    assert _unit(store, unit).born == day("2020-01-01")
    assert _name(store, unit) == "本名"


def test_a_record_is_withdrawn(store: Store, unit: UUID) -> None:
    position = store.execute(_rename(unit, "从未发生")).position
    store.execute(call("units.withdraw", unit, of=position))
    assert _name(store, unit) == "区机关事务管理局"
    with pytest.raises(NothingToCorrect):
        store.execute(call("units.withdraw", unit, of=position))


def test_an_end_that_is_withdrawn_ends_nothing(store: Store, unit: UUID) -> None:
    ended = store.execute(call("units.abolish", unit))
    with pytest.raises(Refusal):
        store.execute(establish(parent=unit))
    store.execute(call("units.withdraw", unit, of=ended.position))
    assert store.execute(establish(parent=unit)).lines


def test_only_a_record_of_this_very_stream_is_corrected(store: Store, unit: UUID) -> None:
    other = _new(store.execute(establish("别的单位")))
    position = store.execute(_rename(other, "别的名")).position
    for elsewhere in (position, 0, -1, 2**62):
        with pytest.raises(NothingToCorrect):
            store.execute(_rename(unit, "对名", corrects=elsewhere))


def test_a_correction_repeats_the_kind_of_command(store: Store, unit: UUID) -> None:
    position = store.execute(_rename(unit, "错名")).position
    with pytest.raises(CorrectsAnother):
        store.execute(call("units.assign-code", unit, credit_code="x", corrects=position))


def test_a_record_is_corrected_once(store: Store, unit: UUID) -> None:
    position = store.execute(_rename(unit, "错名")).position
    correction = store.execute(_rename(unit, "对名", corrects=position)).position
    with pytest.raises(NothingToCorrect):
        store.execute(_rename(unit, "又一名", corrects=position))
    store.execute(_rename(unit, "再对名", corrects=correction))
    assert _name(store, unit) == "再对名"


# Opening ---------------------------------------------------------------------------------------------------------------


def test_what_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.registry.open(Unit, uuid4())
    with pytest.raises(NotFound):
        store.execute(_rename(uuid4(), "x"))
    with pytest.raises(NotFound):
        store.execute(call("units.rename", None, name="x"))


def test_an_id_of_another_kind_is_not_found(store: Store, unit: UUID) -> None:
    person = _new(store.execute(call("people.join", unit=unit, name="王", staff_type="established")))
    with pytest.raises(NotFound):
        store.registry.open(Unit, person)
    with pytest.raises(NotFound):
        store.registry.open(Person, unit)
    with pytest.raises(NotFound):
        store.execute(call("people.move", person, to=person))
    with pytest.raises(NotFound):
        store.execute(establish(parent=person))


def test_an_aggregate_is_opened_as_it_was_at_a_version(store: Store, unit: UUID) -> None:
    store.execute(_rename(unit, "二"), _rename(unit, "三"))
    names = [store.registry.open(Unit, unit, version=version).at(NAME, NOW) for version in (1, 2, 3)]
    assert names == ["区机关事务管理局", "二", "三"]


def test_what_is_opened_is_what_was_recorded(store: Store, unit: UUID) -> None:
    store.execute(_rename(unit, "二"))
    opened_again = _unit(store, unit)
    assert (opened_again.version, opened_again.born) == (2, MANDATE.effective)
    assert not opened_again.pending


# Circles ---------------------------------------------------------------------------------------------------------------


def _move(unit: UUID, under: UUID) -> Call:
    return call("units.move-under", unit, parent=under)


def test_units_form_no_circle(store: Store) -> None:
    top = _new(store.execute(establish("上")))
    middle = _new(store.execute(establish("中", parent=top)))
    bottom = _new(store.execute(establish("下", parent=middle)))
    for circle in (top, middle, bottom):
        with pytest.raises(UnitUnderItself):
            store.execute(_move(top, circle))


def test_units_form_no_circle_within_a_batch(store: Store) -> None:
    one, other = _new(store.execute(establish("甲"))), _new(store.execute(establish("乙")))
    with pytest.raises(UnitUnderItself):
        store.execute(_move(one, other), _move(other, one))


def test_units_form_no_circle_when_two_move_at_once(store: Store, elsewhere: Store) -> None:
    one, other = _new(store.execute(establish("甲"))), _new(store.execute(establish("乙")))
    with _meanwhile(lambda: elsewhere.execute(_move(other, one))), pytest.raises(UnitUnderItself):
        store.execute(_move(one, other))


def test_a_longer_circle_is_not_closed_by_a_move_further_up(store: Store, elsewhere: Store) -> None:
    """甲 is about to go under 丙; meanwhile 乙, above 丙, goes under 甲: every parent on the way was read."""
    one, other = _new(store.execute(establish("甲"))), _new(store.execute(establish("乙")))
    third = _new(store.execute(establish("丙", parent=other)))
    with _meanwhile(lambda: elsewhere.execute(_move(other, one))), pytest.raises(UnitUnderItself):
        store.execute(_move(one, third))
