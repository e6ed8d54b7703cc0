"""Rows of every read model, of random streams of every kind of thing, equal a brute-force reading of the same events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections import models
from projections.assets import AssetRows
from projections.cells import CellRows
from projections.places import MapRows
from projections.stream import Record, Stream
from projections.stream import Rows as ByTable
from projections.tiling import Rectangle, Version
from projections.whole import Whole
from tests.projections.brute import Told
from tests.projections.histories import KINDS, histories

Rows: TypeAlias = dict[tuple[Any, ...], list[Any]]

each_kind = pytest.mark.parametrize("kind", KINDS)
bounded = settings(max_examples=25, deadline=None, derandomize=True)
"""Eleven kinds, several properties: a few examples each are hundreds of histories, the same in every run."""


def folded(records: list[Record]) -> Stream:
    return models.folded(records[0].event.originator_id, records)


def keyed(by_table: ByTable) -> Rows:
    """Rows by table and key; no two may share one."""
    found: Rows = {}
    for name, values in ((name, values) for name, rows in by_table.items() for values in rows):
        key = (name, *(str(values[index]) for index in _key_of(name)))
        assert key not in found, f"two rows of one key: {key}"
        found[key] = list(values)
    return found


@cache
def _key_of(name: str) -> list[int]:
    table = models.table(name)
    return [[column.name for column in table.columns].index(part) for part in table.key]


class Plane:
    """What versions say at a moment, as known at a position: one thing at most."""

    def __init__(self, versions: Iterable[Version]) -> None:
        self._rectangles = [rectangle for version in versions for rectangle in version.rectangles()]

    def at(self, at: datetime, known: int) -> Any:
        found = [one.content for one in self._rectangles if _covers(one, at, known)]
        assert len(found) <= 1, f"{len(found)} versions at {at} as known at {known}"
        return found[0] if found else None


def _covers(one: Rectangle, at: datetime, known: int) -> bool:
    return one.start <= at < one.end and one.since <= known and (one.until is None or known < one.until)


def everywhere(told: Told) -> Iterator[tuple[datetime, int]]:
    return ((at, known) for at in told.moments for known in told.positions)


def wholes(stream: Stream) -> Iterator[Whole]:
    return (part for part in stream.parts if isinstance(part, AssetRows | MapRows | CellRows))


@each_kind
@given(data=st.data())
@bounded
def test_every_facet_holds_what_the_rule_of_facts_says(kind: str, data: st.DataObject) -> None:
    records = data.draw(histories(kind))
    stream, told = folded(records), Told(records)
    assert {(name, member) for name, members in stream.lines.items() for member in members} == set(told.facts)
    for facet, member in told.facts:
        plane = Plane(stream.lines[facet][member].versions())
        for at, known in everywhere(told):
            fact, expected = plane.at(at, known), told.at((facet, member), at, known)
            assert (fact and (fact.order, fact.value)) == (expected and (expected.order, expected.value))


@each_kind
@given(data=st.data())
@bounded
def test_every_column_of_a_thing_and_of_its_place_holds_what_the_rule_says(kind: str, data: st.DataObject) -> None:
    records = data.draw(histories(kind))
    told = Told(records)
    for whole in wholes(folded(records)):
        plane = Plane(whole.versions())
        for at, known in everywhere(told):
            assert plane.at(at, known) == told.row(whole.shape.columns, at, known), (at, known)


@each_kind
@given(data=st.data(), count=st.integers(1, 11))
@bounded
def test_rows_after_a_position_are_those_that_changed_since_and_none_goes_away(
    kind: str, data: st.DataObject, count: int
) -> None:
    records = data.draw(histories(kind))
    earlier, stream = folded(records[:count]), folded(records)
    before, now = keyed(models.rows(earlier)), keyed(models.rows(stream))
    assert before.keys() <= now.keys()
    changed = {key: row for key, row in now.items() if before.get(key) != row}
    assert keyed(models.rows(stream, earlier.position)) == changed


@each_kind
@given(data=st.data(), count=st.integers(1, 11))
@bounded
def test_a_stream_that_goes_on_has_the_rows_of_one_that_is_read_whole(
    kind: str, data: st.DataObject, count: int
) -> None:
    records = data.draw(histories(kind))
    stream = folded(records[:count])
    written = keyed(models.rows(stream))
    for record in records[count:]:
        before = stream.position
        stream.take(record)
        written |= keyed(models.rows(stream, before))
    assert written == keyed(models.rows(folded(records)))
