"""A version is an L: when it came to be known, when its end was learned, when it was known no longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.tiling import FOREVER, Rectangle, Tiling, Version

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 8


def day(number: int) -> datetime:
    return BEGIN + timedelta(days=number)


def told(*said: tuple[str | None, int, int | None]) -> Tiling:
    """What was put, or cleared (None), from a day until another one, at positions 1, 2, 3 …"""
    tiling = Tiling()
    for by, (content, start, end) in enumerate(said, 1):
        until = FOREVER if end is None else day(end)
        if content is None:
            tiling.clear(day(start), until, by)
        else:
            tiling.put(content, day(start), until, by)
    return tiling


def test_what_is_recorded_as_it_happens_cuts_what_held_short_and_adds_one_version() -> None:
    tiling = told(("甲", 0, None), ("乙", 3, None))
    assert tiling.past == []
    assert tiling.now == [
        Version("甲", day(0), day(3), since=1, cut=2, ended=FOREVER),
        Version("乙", day(3), FOREVER, since=2),
    ]


def test_an_l_is_two_rectangles_each_touched_by_what_closed_it() -> None:
    [first, _] = told(("甲", 0, None), ("乙", 3, None)).now
    assert list(first.rectangles()) == [
        Rectangle("甲", day(0), FOREVER, since=1, until=2, touched=2),
        Rectangle("甲", day(0), day(3), since=2, until=None, touched=2),
    ]


def test_what_is_cut_a_second_time_is_closed_and_goes_on_as_another_version() -> None:
    tiling = told(("甲", 0, None), ("乙", 3, None), ("丙", 2, None))
    assert tiling.past == [
        Version("甲", day(0), day(3), since=1, until=3, cut=2, ended=FOREVER),
        Version("乙", day(3), FOREVER, since=2, until=3),
    ]
    assert tiling.now == [Version("甲", day(0), day(2), since=3), Version("丙", day(2), FOREVER, since=3)]


def test_a_bounded_fact_leaves_what_was_there_before_and_after_it() -> None:
    tiling = told(("甲", 0, None), ("乙", 2, 4))
    assert [(piece.content, piece.start, piece.end) for piece in tiling.now] == [
        ("甲", day(0), day(2)),
        ("乙", day(2), day(4)),
        ("甲", day(4), FOREVER),
    ]


def test_nothing_holds_where_it_was_cleared() -> None:
    tiling = told(("甲", 0, None), (None, 2, 4))
    assert [tiling.at(day(number)) is not None for number in range(6)] == [True, True, False, False, True, True]


def test_what_the_same_event_says_and_takes_back_was_never_known() -> None:
    tiling = Tiling()
    tiling.put("甲", day(0), FOREVER, 1)
    tiling.put("乙", day(0), FOREVER, 1)
    assert list(tiling.versions()) == [Version("乙", day(0), FOREVER, since=1)]


stretches = st.tuples(
    st.sampled_from(["甲", "乙", None]), st.integers(0, DAYS - 1), st.none() | st.integers(1, DAYS)
).filter(lambda said: said[2] is None or said[1] < said[2])


@given(st.lists(stretches, max_size=10))
def test_at_every_moment_as_known_at_every_position_it_holds_what_was_put_there_last(
    said: list[tuple[str | None, int, int | None]],
) -> None:
    rectangles = [one for version in told(*said).versions() for one in version.rectangles()]
    for known in range(len(said) + 1):
        for number in range(DAYS + 1):
            covering = [
                content for content, start, end in said[:known] if start <= number and (end is None or number < end)
            ]
            held = [
                one.content
                for one in rectangles
                if one.start <= day(number) < one.end
                and one.since <= known
                and (one.until is None or known < one.until)
            ]
            assert held == [content for content in covering[-1:] if content is not None]


@given(st.lists(stretches, max_size=10))
def test_pieces_stand_in_order_and_do_not_overlap(said: list[tuple[str | None, int, int | None]]) -> None:
    now = told(*said).now
    assert all(one.end <= other.start for one, other in pairwise(now))
    assert all(piece.start < piece.end and piece.until is None for piece in now)


@pytest.mark.parametrize(("number", "content"), [(-1, None), (0, "甲"), (2, "甲"), (3, "乙"), (99, "乙")])
def test_a_piece_holds_from_its_start_and_not_at_its_end(number: int, content: str | None) -> None:
    piece = told(("甲", 0, 3), ("乙", 3, None)).at(day(number))
    assert (piece and piece.content) == content
