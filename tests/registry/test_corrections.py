"""A record is corrected and withdrawn by its position."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.kernel.aggregate import CorrectsAnother, NothingToCorrect
from domain.kernel.errors import Refusal
from domain.organisations.events import NAME
from domain.organisations.unit import Unit
from tests.domain.scenario import NOW, day, mandate
from tests.registry.acting import name_of, new, rename, the_unit
from tests.stores import Store, a_unit, call, establish


def test_a_record_is_corrected_by_its_position(store: Store, unit: UUID) -> None:
    wrong = store.execute(rename(unit, "错名")).position
    answer = store.execute(rename(unit, "对名", corrects=wrong))
    assert answer.lines[0].topic == "registry.FactCorrected"
    assert name_of(store, unit) == "对名"
    assert store.registry.open(Unit, unit, version=2).at(NAME, NOW) == "错名"


def test_the_beginning_of_a_stream_can_be_corrected_and_it_is_still_of_its_kind(store: Store, unit: UUID) -> None:
    birth = store.recorder.events_of(unit)[0].position
    earlier = mandate("2020-01-01")
    corrected = call("units.establish", unit, unit=a_unit("本名"), parent=None, corrects=birth, on=earlier)
    store.execute(corrected)
    assert the_unit(store, unit).born == day("2020-01-01")
    assert name_of(store, unit) == "本名"


def test_a_record_is_withdrawn(store: Store, unit: UUID) -> None:
    position = store.execute(rename(unit, "从未发生")).position
    store.execute(call("units.withdraw", unit, of=position))
    assert name_of(store, unit) == "区机关事务管理局"
    with pytest.raises(NothingToCorrect):
        store.execute(call("units.withdraw", unit, of=position))


def test_an_end_that_is_withdrawn_ends_nothing(store: Store, unit: UUID) -> None:
    ended = store.execute(call("units.abolish", unit))
    with pytest.raises(Refusal):
        store.execute(establish(parent=unit))
    store.execute(call("units.withdraw", unit, of=ended.position))
    assert store.execute(establish(parent=unit)).lines


def test_only_a_record_of_this_very_stream_is_corrected(store: Store, unit: UUID) -> None:
    other = new(store.execute(establish("别的单位")))
    position = store.execute(rename(other, "别的名")).position
    for elsewhere in (position, 0, -1, 2**62):
        with pytest.raises(NothingToCorrect):
            store.execute(rename(unit, "对名", corrects=elsewhere))


def test_a_correction_repeats_the_kind_of_command(store: Store, unit: UUID) -> None:
    position = store.execute(rename(unit, "错名")).position
    with pytest.raises(CorrectsAnother):
        store.execute(call("units.assign-code", unit, credit_code="x", corrects=position))


def test_a_record_is_corrected_once(store: Store, unit: UUID) -> None:
    position = store.execute(rename(unit, "错名")).position
    correction = store.execute(rename(unit, "对名", corrects=position)).position
    with pytest.raises(NothingToCorrect):
        store.execute(rename(unit, "又一名", corrects=position))
    store.execute(rename(unit, "再对名", corrects=correction))
    assert name_of(store, unit) == "再对名"
