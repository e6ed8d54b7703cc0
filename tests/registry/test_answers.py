"""Commands go in, answers come out, and what was recorded opens again."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

import pytest

from domain.kernel.codes import CreditCodeSuspect
from domain.kernel.commands import AlreadyExists
from domain.kernel.errors import NotFound
from domain.organisations.events import NAME
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from tests.domain.scenario import NOW, mandate
from tests.registry.acting import new, rename, the_unit
from tests.stores import MANDATE, Store, a_unit, call, establish


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
    store.execute(rename(unit, "四月", on=early), rename(unit, "五月", on=late))
    said = [event.mandate.decode() for event in store.recorder.events_of(unit, after=1)]
    assert ['"user":"li"' in one for one in said] == [True, False]
    assert ['"user":"wang"' in one for one in said] == [False, True]


# Opening ----------------------------------------------------------------------------------------------------------------


def test_what_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.registry.open(Unit, uuid4())
    with pytest.raises(NotFound):
        store.execute(rename(uuid4(), "x"))
    with pytest.raises(NotFound):
        store.execute(call("units.rename", None, name="x"))


def test_an_id_of_another_kind_is_not_found(store: Store, unit: UUID) -> None:
    person = new(store.execute(call("people.join", unit=unit, name="王", staff_type="established")))
    with pytest.raises(NotFound):
        store.registry.open(Unit, person)
    with pytest.raises(NotFound):
        store.registry.open(Person, unit)
    with pytest.raises(NotFound):
        store.execute(call("people.move", person, to=person))
    with pytest.raises(NotFound):
        store.execute(establish(parent=person))


def test_an_aggregate_is_opened_as_it_was_at_a_version(store: Store, unit: UUID) -> None:
    store.execute(rename(unit, "二"), rename(unit, "三"))
    names = [store.registry.open(Unit, unit, version=version).at(NAME, NOW) for version in (1, 2, 3)]
    assert names == ["区机关事务管理局", "二", "三"]


def test_what_is_opened_is_what_was_recorded(store: Store, unit: UUID) -> None:
    store.execute(rename(unit, "二"))
    opened_again = the_unit(store, unit)
    assert (opened_again.version, opened_again.born) == (2, MANDATE.effective)
    assert not opened_again.pending
