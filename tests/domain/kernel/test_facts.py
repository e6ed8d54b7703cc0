"""The rule of facts: examples in words, and the whole rule against a brute-force reading of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.facts import Known, prevailing, stretches, withdraw

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def moment(days: int) -> datetime:
    return BEGIN + timedelta(days=days)


def fact(value: str, start: int, end: int | None = None, *, order: int, place: int | None = None) -> Known[str]:
    ends = None if end is None else moment(end)
    return Known(value=value, start=moment(start), end=ends, order=order, place=order if place is None else place)


def value(facts: list[Known[str]], at: int, known: int | None = None) -> str | None:
    found = prevailing(facts, moment(at), known)
    return found.value if found else None


def test_nothing_holds_before_the_first_fact() -> None:
    assert value([fact("甲", 10, order=1)], at=9) is None


def test_a_fact_holds_from_its_very_start() -> None:
    assert value([fact("甲", 10, order=1)], at=10) == "甲"


def test_a_newer_fact_replaces_an_older_one_from_its_start() -> None:
    facts = [fact("甲", 0, order=1), fact("乙", 10, order=2)]
    assert [value(facts, at=9), value(facts, at=10)] == ["甲", "乙"]


def test_a_late_fact_slides_under_a_newer_one() -> None:
    facts = [fact("乙", 10, order=1), fact("甲", 0, order=2)]
    assert [value(facts, at=5), value(facts, at=15)] == ["甲", "乙"]


def test_a_bounded_fact_gives_way_to_what_was_there_before_it() -> None:
    facts = [fact("甲", 0, order=1), fact("借调", 10, 20, order=2)]
    assert [value(facts, at=15), value(facts, at=20)] == ["借调", "甲"]


def test_a_future_fact_waits_for_its_day() -> None:
    facts = [fact("甲", 0, order=1), fact("乙", 100, order=2)]
    assert [value(facts, at=99), value(facts, at=100)] == ["甲", "乙"]


def test_of_two_facts_with_one_start_the_later_recorded_prevails() -> None:
    assert value([fact("乙", 0, order=2), fact("甲", 0, order=1)], at=1) == "乙"


def test_what_was_not_recorded_yet_was_not_known() -> None:
    assert value([fact("甲", 0, order=5)], at=1, known=4) is None


def test_a_corrected_fact_was_known_until_its_correction() -> None:
    facts = [*withdraw([fact("错", 0, order=1)], order=1, by=3), fact("对", 0, order=3)]
    assert [value(facts, at=1, known=2), value(facts, at=1, known=3), value(facts, at=1)] == ["错", "对", "对"]


def test_a_correction_takes_back_only_the_fact_it_names() -> None:
    facts = withdraw([fact("甲", 0, order=1), fact("乙", 5, order=2)], order=1, by=3)
    assert [value(facts, at=1), value(facts, at=6)] == [None, "乙"]


def test_a_correction_stands_in_the_place_of_what_it_corrects_when_facts_start_together() -> None:
    corrected = withdraw([fact("未知", 0, order=1)], order=1, by=3)
    facts = [*corrected, fact("已登记", 0, order=2), fact("未知", 0, order=3, place=1)]
    assert value(facts, at=1) == "已登记"


days = st.integers(min_value=0, max_value=20)


@st.composite
def histories(draw: st.DrawFn) -> list[Known[str]]:
    """Facts in any order of time, some bounded, some corrected later."""
    facts: list[Known[str]] = []
    for order in range(1, draw(st.integers(1, 12)) + 1):
        start = draw(days)
        end = draw(st.none() | st.integers(start + 1, 22))
        corrects = draw(st.none() | st.sampled_from([f for f in facts if f.withdrawn is None])) if facts else None
        if corrects is not None:
            facts = withdraw(facts, order=corrects.order, by=order)
        facts.append(fact(str(order), start, end, order=order, place=corrects.place if corrects else order))
    return facts


def brute_force(facts: list[Known[str]], at: datetime, known: int | None) -> str | None:
    """The rule as ARCHITECTURE.md says it, word by word."""
    last = max(f.order for f in facts) if known is None else known
    recorded = [f for f in facts if f.order <= last]
    standing = [f for f in recorded if f.withdrawn is None or f.withdrawn > last]
    covering = [f for f in standing if f.start <= at and (f.end is None or f.end > at)]
    latest = [f for f in covering if f.start == max(c.start for c in covering)]
    return max(latest, key=lambda f: f.place).value if latest else None


@given(histories(), days, st.none() | st.integers(0, 13))
def test_the_rule_equals_a_brute_force_reading_of_it(facts: list[Known[str]], at: int, known: int | None) -> None:
    assert value(facts, at, known) == brute_force(facts, moment(at), known)


@given(histories(), days, st.none() | st.integers(0, 13))
def test_the_order_in_which_facts_are_listed_does_not_matter(
    facts: list[Known[str]], at: int, known: int | None
) -> None:
    assert value(facts[::-1], at, known) == value(facts, at, known)


@given(histories(), st.none() | st.integers(0, 13))
def test_stretches_tile_what_prevailed(facts: list[Known[str]], known: int | None) -> None:
    said = list(stretches(facts, known))
    for day in range(23):
        covering = [s.value for s in said if s.covers(moment(day))]
        assert covering == [found for found in [value(facts, day, known)] if found is not None]
