"""A stream read whole says what the aggregate that recorded it says: at every moment, also after corrections."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import BIRTHS
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.events import Event
from domain.organisations.events import NAME
from domain.organisations.unit import Unit
from projections.stream import Record, Stream, read
from projections.tiling import FOREVER
from tests.domain.organisations.test_unit import FINANCE
from tests.domain.scenario import NOW, an_id, day, mandate
from tests.golden import SAMPLES

FIRST = 1000


def recorded(events: list[Event]) -> list[Record]:
    """The events as a log with other streams between them would hold them."""
    return [Record(FIRST + 7 * n, NOW + timedelta(seconds=n), event) for n, event in enumerate(events)]


def known_now(stream: Stream, facet: str, at: datetime, member: str = "") -> object:
    found = [
        version
        for version in stream.lines[facet][member].versions()
        if version.until is None and version.start <= at < version.end
    ]
    assert len(found) <= 1
    return found[0].content.value if found else None


def test_a_corrected_name_was_known_until_its_correction() -> None:
    unit = Unit(an_id("财政厅"))
    unit.establish(mandate("2020-01-01"), unit=FINANCE)
    unit.rename(mandate("2024-01-01"), name="错名")
    unit.begin_correction(2)
    unit.rename(mandate("2024-01-01"), name="对名")
    stream = read(unit.id, recorded(list(unit.pending)))
    rectangles = [r for version in stream.lines["name"][""].versions() for r in version.rectangles()]
    said = [(r.content.value, r.since, r.until) for r in rectangles if r.end == FOREVER]
    assert sorted(said, key=lambda one: one[1]) == [
        ("自治区财政厅", FIRST, FIRST + 7),
        ("错名", FIRST + 7, FIRST + 14),
        ("对名", FIRST + 14, None),
    ]


@st.composite
def units(draw: st.DrawFn) -> Unit:
    """A unit with renames, late and future of each other, some corrected and some withdrawn."""
    unit = Unit(an_id("u"))
    unit.establish(mandate("2015-01-01"), unit=FINANCE)
    for number in range(draw(st.integers(0, 8))):
        at = mandate(day("2020-01-01") + timedelta(days=draw(st.integers(0, 30))))
        try:
            match draw(st.sampled_from(["rename", "correct", "withdraw"])):
                case "rename":
                    unit.rename(at, name=f"名{number}")
                case "correct":
                    unit.begin_correction(draw(st.integers(2, 9)))
                    unit.rename(at, name=f"正{number}")
                case _:
                    unit.withdraw(at, of=draw(st.integers(2, 9)))
        except Refusal:
            continue
    return unit


@given(units())
def test_stream_and_aggregate_agree_on_every_day(unit: Unit) -> None:
    stream = read(unit.id, recorded(list(unit.pending)))
    for days in range(32):
        at = day("2020-01-01") + timedelta(days=days)
        assert known_now(stream, "name", at) == unit.at(NAME, at)


@pytest.mark.parametrize("event", [e for e in SAMPLES if type(e) in BIRTHS], ids=lambda event: event.topic)
def test_every_kind_of_stream_can_be_read(event: Event) -> None:
    aggregate: Aggregate = BIRTHS[type(event)](event.originator_id)
    aggregate.apply(event)
    stream = read(event.originator_id, recorded([event]))
    lines = [(facet, member) for facet, members in stream.lines.items() for member in members]
    assert sorted(lines) == aggregate.facets()
