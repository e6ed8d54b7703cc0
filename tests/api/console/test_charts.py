"""Scales of charts: what is longer is drawn longer, and what there is can be seen."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from api.console.charts import LINE, SERIES, Bar, Part, bars, heights, percent, share, tone

amounts = st.decimals(min_value=0, max_value=10**12, places=2)


def a_bar(*values: Decimal | int, limit: Decimal | int | None = None) -> Bar:
    parts = tuple(Part(name=str(number), value=Decimal(value)) for number, value in enumerate(values))
    return Bar(label="x", parts=parts, limit=None if limit is None else Decimal(limit))


@given(st.lists(amounts, min_size=1, max_size=12))
def test_the_longest_bar_fills_the_line_and_none_is_longer(values: list[Decimal]) -> None:
    lengths = [bar.parts[0].length for bar in bars(a_bar(value) for value in values)]
    assert max(lengths) == (LINE if max(values) else 0)
    assert all((length > 0) == (value > 0) for length, value in zip(lengths, values, strict=True))
    by_value = [length for _, length in sorted(zip(values, lengths, strict=True))]
    assert by_value == sorted(by_value)


def test_parts_stand_one_behind_the_other_from_the_start_of_the_line() -> None:
    [bar] = bars([a_bar(1, 2, 1)])
    assert [(part.start, part.length) for part in bar.parts] == [(0, 250), (250, 500), (750, 250)]
    assert bar.total == 4


def test_a_limit_beyond_all_bars_is_on_the_scale() -> None:
    [bar] = bars([a_bar(5, limit=10)])
    assert (bar.parts[0].length, bar.mark) == (500, LINE)


def test_less_than_nothing_is_told_and_not_drawn() -> None:
    [bar] = bars([a_bar(-3)])
    assert bar.parts[0].length == 0
    assert bar.total == -3


def test_nothing_at_all_is_no_bar_and_no_division_by_it() -> None:
    assert bars([]) == []
    assert share([]).parts == ()
    assert percent(Decimal(0), Decimal(0)) == "–"
    assert heights([Decimal(0)]) == [0]


def test_shares_fill_the_line() -> None:
    bar = share([Part(name="a", value=Decimal(1)), Part(name="b", value=Decimal(3))])
    assert sum(part.length for part in bar.parts) == LINE
    assert percent(bar.parts[1].value, bar.total) == "75.0%"


def test_after_the_last_colour_comes_no_other() -> None:
    assert [tone(number) for number in (0, SERIES - 1, SERIES, 100)] == ["c1", "c8", "c8", "c8"]
