"""What was counted a moment ago for a map: told again to whoever asks the same, and to nobody else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.access.principal import ALL_SEEING, Reach, Sight
from projections.queries import remembered
from projections.queries.memory import Memory
from projections.queries.remembered import Recall
from projections.queries.view import View

AT = datetime(2026, 11, 29, tzinfo=UTC)
COUNTY = Sight(kinds={"rooms": Reach(divisions=frozenset({"6401"}))})


def a_view(**told: Any) -> View:
    plain: dict[str, Any] = {
        "connection": None,
        "schema": "g1",
        "position": 7,
        "at": AT,
        "known": None,
        "sight": ALL_SEEING,
    }
    return View(**{**plain, **told})


def asking(memory: Memory, view: View, *, is_now: bool = False) -> Callable[[], int]:
    """Each answer is one more than the one before."""
    answers = iter(range(1, 100))
    return lambda: Recall(memory, view, is_now).of("how many", lambda: next(answers))


def test_the_same_question_is_found_out_once() -> None:
    asks = asking(Memory(), a_view())
    assert [asks(), asks()] == [1, 1]


@pytest.mark.parametrize(
    "other",
    [{"schema": "g2"}, {"position": 8}, {"at": AT + timedelta(seconds=1)}, {"known": 3}, {"sight": COUNTY}],
    ids=str,
)
def test_another_view_is_another_question(other: dict[str, Any]) -> None:
    memory = Memory()
    Recall(memory, a_view(), is_now=False).of("how many", lambda: 1)
    assert Recall(memory, a_view(**other), is_now=False).of("how many", lambda: 2) == 2


def test_what_was_known_once_does_not_change_with_what_is_learned() -> None:
    memory = Memory()
    Recall(memory, a_view(known=3), is_now=False).of("how many", lambda: 1)
    assert Recall(memory, a_view(known=3, position=8), is_now=False).of("how many", lambda: 2) == 1


@pytest.mark.parametrize(
    ("sight", "is_now", "again"), [(ALL_SEEING, True, 2), (COUNTY, False, 2), (ALL_SEEING, False, 1)]
)
def test_an_answer_about_now_or_to_who_sees_a_part_is_good_for_some_seconds(
    monkeypatch: pytest.MonkeyPatch, sight: Sight, is_now: bool, again: int
) -> None:
    asks = asking(Memory(), a_view(sight=sight), is_now=is_now)
    assert [asks(), asks()] == [1, 1]
    monkeypatch.setattr(remembered, "GOOD_SECONDS", 0.0)
    assert asks() == again


def test_now_is_the_same_question_a_moment_later() -> None:
    memory, view = Memory(), a_view()
    Recall(memory, view, is_now=True).of("how many", lambda: 1)
    later = Recall(memory, replace(view, at=AT + timedelta(seconds=1)), is_now=True)
    assert (later.holds("how many"), later.of("how many", lambda: 2)) == (True, 1)
    assert not later.holds("how large")


def test_many_who_ask_at_once_wait_for_one() -> None:
    memory, found = Memory(), []

    def slowly() -> int:
        time.sleep(0.05)
        found.append(1)
        return len(found)

    asking = [threading.Thread(target=lambda: Recall(memory, a_view(), False).of("?", slowly)) for _ in range(5)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len(found) == 1


def test_what_could_not_be_found_out_is_asked_again() -> None:
    recall = Recall(Memory(), a_view(), is_now=False)
    with pytest.raises(ZeroDivisionError):
        recall.of("how many", lambda: 1 // 0)
    assert not recall.holds("how many")
    assert recall.of("how many", lambda: 3) == 3


def test_the_oldest_answers_are_forgotten() -> None:
    recall = Recall(Memory(most=2), a_view(), is_now=False)
    for number in range(3):
        recall.of(number, lambda: "")
    assert [recall.holds(number) for number in range(3)] == [False, True, True]
