"""Unique values and holdings: judged and kept in the events' own transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import pytest

from domain.kernel.saving import Conditions, Holding, StillHeld, ValueTaken
from infra.cluster import Urls
from tests.domain.scenario import day
from tests.stores import Store, claiming, established, renamed, rows

MARCH, JUNE, SEPTEMBER = day("2026-03-01"), day("2026-06-01"), day("2026-09-01")


def _a_unit(store: Store, conditions: Conditions | None = None) -> UUID:
    unit = uuid4()
    store.append(established(unit), conditions=conditions)
    return unit


def _held_by(holder: UUID, until: datetime | None = None) -> tuple[UUID, Conditions]:
    held = uuid4()
    return held, Conditions(holdings=[Holding(holder, held, until)])


def _given_something(store: Store, holder: UUID, until: datetime | None = None) -> UUID:
    held, conditions = _held_by(holder, until)
    store.append(established(held), conditions=conditions)
    return held


def _end(store: Store, unit: UUID, moment: datetime, *handed_over: Holding, version: int = 2) -> None:
    conditions = Conditions(emptied=[(unit, moment)], holdings=list(handed_over))
    store.append(renamed(unit, version), conditions=conditions)


# Values that only one may have ------------------------------------------------------------------------------------------


def test_a_value_that_somebody_has_is_refused_with_its_holder(store: Store) -> None:
    first, second = uuid4(), uuid4()
    store.append(established(first), conditions=claiming(("plate", "宁A10001", first)))
    with pytest.raises(ValueTaken) as refused:
        store.append(established(second), conditions=claiming(("plate", "宁A10001", second)))
    assert refused.value.data == {"scope": "plate", "value": "宁A10001", "holder": str(first)}
    assert store.recorder.events_of(second) == []


def test_the_same_value_in_another_scope_is_another_value(store: Store) -> None:
    first, second = uuid4(), uuid4()
    store.append(established(first), conditions=claiming(("serial", "SN-1", first)))
    assert store.append(established(second), conditions=claiming(("certificate", "SN-1", second)))


def test_a_value_given_up_may_be_taken_by_another(store: Store) -> None:
    first, second = uuid4(), uuid4()
    store.append(established(first), conditions=claiming(("plate", "宁A10002", first)))
    store.append(renamed(first, 2), conditions=Conditions(releases=[("plate", "宁A10002", first)]))
    assert store.append(established(second), conditions=claiming(("plate", "宁A10002", second)))


def test_claiming_what_one_has_already_changes_nothing(store: Store) -> None:
    unit = uuid4()
    store.append(established(unit), conditions=claiming(("plate", "宁A10003", unit)))
    assert store.append(renamed(unit, 2), conditions=claiming(("plate", "宁A10003", unit)))


def test_two_vehicles_swap_their_plates_in_one_command(store: Store, module_database: Urls) -> None:
    first, second = uuid4(), uuid4()
    store.append(established(first), conditions=claiming(("plate", "宁A20001", first)))
    store.append(established(second), conditions=claiming(("plate", "宁A20002", second)))
    swap = Conditions(
        claims=[("plate", "宁A20002", first), ("plate", "宁A20001", second)],
        releases=[("plate", "宁A20001", first), ("plate", "宁A20002", second)],
    )
    store.append(renamed(first, 2), renamed(second, 2), conditions=swap)
    found = rows(module_database.owner, "SELECT value, holder FROM log.claims WHERE value LIKE '宁A2000%' ORDER BY 1")
    assert found == [("宁A20001", second), ("宁A20002", first)]


def test_a_value_is_not_free_because_somebody_else_says_its_holder_gives_it_up(store: Store) -> None:
    holder, stranger, taker = uuid4(), uuid4(), uuid4()
    store.append(established(holder), conditions=claiming(("plate", "宁A30001", holder)))
    pretended = Conditions(claims=[("plate", "宁A30001", taker)], releases=[("plate", "宁A30001", stranger)])
    with pytest.raises(ValueTaken):
        store.append(established(taker), conditions=pretended)


def test_two_of_one_command_cannot_have_the_same_value(store: Store) -> None:
    first, second = uuid4(), uuid4()
    both = claiming(("plate", "宁A40001", first), ("plate", "宁A40001", second))
    with pytest.raises(ValueTaken):
        store.append(established(first), established(second), conditions=both)
    assert store.recorder.events_of(first) == []


@pytest.mark.parametrize("value", ["宁A·😀'\"\\%_", " ", "a" * 1000, "\n\t\x01"])
def test_a_value_is_compared_exactly_whatever_is_in_it(store: Store, value: str) -> None:
    first, second = uuid4(), uuid4()
    store.append(established(first), conditions=claiming(("exact", value, first)))
    with pytest.raises(ValueTaken) as refused:
        store.append(established(second), conditions=claiming(("exact", value, second)))
    assert refused.value.data["value"] == value
    assert store.append(established(second), conditions=claiming(("exact", value + "x", second)))


# What units hold, and their end -----------------------------------------------------------------------------------------


def test_a_unit_that_holds_nothing_may_end(store: Store) -> None:
    _end(store, _a_unit(store), JUNE)


def test_a_unit_cannot_end_while_it_holds_something_and_is_told_what(store: Store) -> None:
    unit = _a_unit(store)
    held = sorted((_given_something(store, unit) for _ in range(7)), key=str)
    with pytest.raises(StillHeld) as refused:
        _end(store, unit, JUNE)
    assert refused.value.data == {"holder": str(unit), "count": 7, "held": [str(one) for one in held[:5]]}
    assert len(store.recorder.events_of(unit)) == 1


def test_a_unit_may_end_when_the_last_of_what_it_holds_ends(store: Store) -> None:
    unit = _a_unit(store)
    _given_something(store, unit, until=JUNE)
    with pytest.raises(StillHeld):
        _end(store, unit, MARCH)
    _end(store, unit, JUNE)


def test_a_unit_may_end_in_the_command_that_hands_over_what_it_holds(store: Store) -> None:
    unit, successor = _a_unit(store), _a_unit(store)
    held = _given_something(store, unit)
    with pytest.raises(StillHeld):
        _end(store, unit, JUNE, Holding(successor, held, None))
    _end(store, unit, JUNE, Holding(unit, held, JUNE), Holding(successor, held, None))
    with pytest.raises(StillHeld):
        _end(store, successor, JUNE)


def test_a_unit_may_end_when_it_turns_out_that_it_never_held_it(store: Store) -> None:
    unit = _a_unit(store)
    held = _given_something(store, unit)
    _end(store, unit, JUNE, Holding(unit, held, None, ended=True))


def test_a_hand_over_that_is_too_late_does_not_let_the_unit_end(store: Store) -> None:
    unit = _a_unit(store)
    held = _given_something(store, unit)
    with pytest.raises(StillHeld):
        _end(store, unit, JUNE, Holding(unit, held, SEPTEMBER))


@pytest.mark.parametrize("until", [None, SEPTEMBER], ids=["for ever", "until later"])
def test_nothing_is_given_to_a_unit_beyond_its_end(store: Store, until: datetime | None) -> None:
    unit = _a_unit(store)
    _end(store, unit, JUNE)
    held, conditions = _held_by(unit, until)
    with pytest.raises(StillHeld) as refused:
        store.append(established(held), conditions=conditions)
    assert refused.value.data == {"holder": str(unit), "count": 1, "held": [str(held)]}


@pytest.mark.parametrize("until", [MARCH, JUNE])
def test_what_a_unit_held_before_its_end_may_still_be_recorded_late(store: Store, until: datetime) -> None:
    unit = _a_unit(store)
    _end(store, unit, JUNE)
    held, conditions = _held_by(unit, until)
    assert store.append(established(held), conditions=conditions)


def test_a_later_holding_replaces_the_earlier_one_of_the_same_thing(store: Store) -> None:
    unit = _a_unit(store)
    held = _given_something(store, unit)
    store.append(renamed(held, 2), conditions=Conditions(holdings=[Holding(unit, held, MARCH)]))
    _end(store, unit, MARCH)


def test_two_units_may_end_in_one_command_and_each_is_judged(store: Store) -> None:
    one, other = _a_unit(store), _a_unit(store)
    _given_something(store, other)
    both = Conditions(emptied=[(one, JUNE), (other, JUNE)])
    with pytest.raises(StillHeld) as refused:
        store.append(renamed(one, 2), renamed(other, 2), conditions=both)
    assert refused.value.data["holder"] == str(other)


def test_an_end_is_taken_back_in_the_command_that_gives_the_unit_something_again(store: Store) -> None:
    unit, held = _a_unit(store), uuid4()
    _end(store, unit, JUNE)
    again = Conditions(emptied=[(unit, None)], holdings=[Holding(unit, held, None)])
    assert store.append(renamed(unit, 3), established(held), conditions=again)
    with pytest.raises(StillHeld):
        _end(store, unit, JUNE, version=4)
