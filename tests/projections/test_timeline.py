"""A facet's versions on two axes of time equal a brute-force reading of the rule of facts, and tile the plane."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.facts import Known, prevailing
from projections.tiling import Rectangle, Version
from projections.timeline import Timeline

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 22


def moment(days: int) -> datetime:
    return BEGIN + timedelta(days=days)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Known[str], int | None]]:
    """Statements in the order of the log: late, future, bounded, and some that correct or withdraw an earlier one."""
    said: list[tuple[Known[str], int | None]] = []
    standing: dict[int, int] = {}
    for order in range(1, draw(st.integers(1, 14)) + 1):
        corrects = draw(st.none() | st.sampled_from(sorted(standing))) if standing else None
        place = standing.pop(corrects) if corrects is not None else order
        start = draw(st.integers(0, 20))
        end = draw(st.none() | st.integers(start + 1, DAYS))
        ends = None if end is None else moment(end)
        said.append((Known(value=str(order), start=moment(start), end=ends, order=order, place=place), corrects))
        standing[order] = place
    return said


def told(history: list[tuple[Known[str], int | None]]) -> list[Version]:
    timeline = Timeline()
    for fact, corrects in history:
        if corrects is not None:
            timeline.withdraw(corrects, by=fact.order)
        timeline.state(fact)
    return list(timeline.versions())


def facts_of(history: list[tuple[Known[str], int | None]]) -> list[Known[str]]:
    withdrawn = {corrects: fact.order for fact, corrects in history if corrects is not None}
    return [
        Known(f.value, f.start, f.end, order=f.order, place=f.place, withdrawn=withdrawn.get(f.order))
        for f, _ in history
    ]


def rectangles(versions: list[Version]) -> list[Rectangle]:
    return [rectangle for version in versions for rectangle in version.rectangles()]


def covering(versions: list[Version], at: datetime, known: int) -> list[str]:
    return [
        version.content.value
        for version in rectangles(versions)
        if version.start <= at < version.end
        and version.since <= known
        and (version.until is None or known < version.until)
    ]


@given(histories())
def test_at_every_moment_as_known_at_every_position_one_version_says_what_the_rule_says(
    history: list[tuple[Known[str], int | None]],
) -> None:
    versions, facts = told(history), facts_of(history)
    for known in range(len(history) + 1):
        for day in range(DAYS + 1):
            expected = prevailing(facts, moment(day), known)
            assert covering(versions, moment(day), known) == ([expected.value] if expected else [])


@given(histories())
def test_no_version_is_empty(history: list[tuple[Known[str], int | None]]) -> None:
    for rectangle in rectangles(told(history)):
        assert rectangle.start < rectangle.end
        assert rectangle.until is None or rectangle.since < rectangle.until


@given(histories(), st.integers(0, 14))
def test_what_a_position_touched_is_all_that_changed_since_the_one_before(
    history: list[tuple[Known[str], int | None]], position: int
) -> None:
    earlier = {(v.start, v.since): v for v in told(history[:position])}
    later = {(v.start, v.since): v for v in told(history)}
    assert earlier.keys() <= later.keys()
    changed = {key for key, version in later.items() if earlier.get(key) != version}
    assert changed == {key for key, version in later.items() if version.touched > position}
