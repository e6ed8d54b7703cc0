"""A facet's versions on two axes of time equal a brute-force reading of the rule of facts, and tile the plane."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.facts import Known, prevailing
from projections.timeline import Timeline, Version

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


def covering(versions: list[Version], at: datetime, known: int) -> list[str]:
    return [
        version.fact.value
        for version in versions
        if version.start <= at
        and (version.end is None or at < version.end)
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
    for version in told(history):
        assert version.end is None or version.start < version.end
        assert version.until is None or version.since < version.until


def test_a_newer_statement_leaves_what_was_known_before_it() -> None:
    first = Known("甲", moment(0), None, order=1, place=1)
    second = Known("乙", moment(5), None, order=2, place=2)
    assert told([(first, None), (second, None)]) == [
        Version(first, moment(0), None, since=1, until=2),
        Version(first, moment(0), moment(5), since=2, until=None),
        Version(second, moment(5), None, since=2, until=None),
    ]
