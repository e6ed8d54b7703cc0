"""So many a minute, and it says when there will be room again."""

from __future__ import annotations

import pytest

from api.limits import MOST_REMEMBERED, Limits, TooManyRequests, place


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def taken(limits: Limits, key: str, times: int) -> int:
    """How many of so many were let through."""
    through = 0
    for _ in range(times):
        try:
            limits.take(key)
        except TooManyRequests:
            continue
        through += 1
    return through


def test_one_key_has_its_number_and_another_its_own() -> None:
    limits = Limits(60, Clock())
    assert taken(limits, "li", 100) == 60
    assert taken(limits, "wang", 10) == 10


def test_room_comes_back_with_time_and_never_more_than_the_number() -> None:
    clock = Clock()
    limits = Limits(60, clock)
    taken(limits, "li", 60)
    clock.now += 5
    assert taken(limits, "li", 100) == 5
    clock.now += 3600
    assert taken(limits, "li", 100) == 60


def test_what_is_refused_does_not_put_off_the_time() -> None:
    clock = Clock()
    limits = Limits(6, clock)
    assert taken(limits, "li", 1000) == 6
    clock.now += 10
    assert taken(limits, "li", 1) == 1


def test_a_refusal_says_when_to_come_again() -> None:
    limits = Limits(6, Clock())
    taken(limits, "li", 6)
    with pytest.raises(TooManyRequests) as refused:
        limits.take("li")
    assert refused.value.headers == {"Retry-After": "10"}
    assert "10 秒" in refused.value.message_zh


def test_somebody_with_many_keys_does_not_fill_the_memory() -> None:
    limits = Limits(60, Clock())
    for number in range(MOST_REMEMBERED + 50):
        limits.take(number)
    assert len(limits._left) == MOST_REMEMBERED


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix", "?"),
        (None, "?"),
    ],
)
def test_addresses_of_one_site_are_counted_together(address: str | None, counted: str) -> None:
    assert place(address) == counted
