"""Things are found by every word that was ever true of them, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections import models
from projections.columns.making import array_of
from projections.search import FACETS, normal, pairs
from projections.stream import Record
from tests.golden import SAMPLES
from tests.projections.brute import Told
from tests.projections.histories import histories
from tests.projections.test_models import bounded, each_kind, folded


def words_of(records: list[Record]) -> tuple[str, str]:
    """The words and the pairs of the one row that search keeps of a thing; both empty when it keeps none."""
    rows = models.rows(folded(records)).get("search", [])
    assert len(rows) <= 1
    return (rows[0][2], rows[0][3]) if rows else ("", "")


@each_kind
@given(data=st.data())
@bounded
def test_a_thing_is_found_by_every_word_that_ever_prevailed(kind: str, data: st.DataObject) -> None:
    records = data.draw(histories(kind))
    told = Told(records)
    lines = [line for line in told.facts if line[0] in FACETS]
    found = [told.at(line, at, known) for line in lines for at in told.moments for known in told.positions]
    prevailed = {normal(fact.value) for fact in found if fact is not None and fact.value}
    stated = {normal(fact.value) for line in lines for fact in told.facts[line] if fact.value}
    words, listed = words_of(records)
    assert prevailed <= set(words.split("\n")) | {""}
    assert set(words.split("\n")) <= stated | {""}
    assert listed == (array_of(set[str]().union(*map(pairs, words.split("\n")))) if words or listed else "")


def test_what_is_searched_by_is_text() -> None:
    values = [fact.value for event in SAMPLES for fact in event.facts() if fact.facet in FACETS]
    assert all(value is None or isinstance(value, str) for value in values)


def test_every_facet_that_is_searched_by_is_stated_by_some_event() -> None:
    assert {fact.facet for event in SAMPLES for fact in event.facts()} >= FACETS


@pytest.mark.parametrize(
    ("written", "kept"), [("宁A 12345", "宁a12345"), ("ABC-1", "abc-1"), (" 1 号\u3000楼 ", "1号楼"), ("ﬃ", "ffi")]
)
def test_letters_are_of_one_case_and_spaces_do_not_count(written: str, kept: str) -> None:
    assert normal(written) == kept


def test_a_word_is_found_by_any_two_characters_that_stand_together_in_it() -> None:
    assert pairs("财政厅") == {"财政", "政厅"}
    assert pairs("厅") == set()
