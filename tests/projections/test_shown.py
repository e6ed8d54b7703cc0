"""A column that is made of many members goes on from its value where a member is new, and only there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from domain.kernel.facts import Facet, Known
from projections.columns.making import total
from projections.shown import Members, with_more
from projections.stream import Move
from projections.tiling import FOREVER
from projections.timeline import Timeline
from tests.domain.scenario import day

ISSUED: Facet[Any] = Facet("issued")
COLUMN = total(ISSUED, "领用数量", "Issued", "issued")
BEFORE = Decimal(100)


def said(*values: str) -> Timeline:
    """What was said of one member, a day after the other."""
    timeline = Timeline()
    for order, value in enumerate(values, 1):
        timeline.state(Known(Decimal(value), day(f"2026-01-0{order}"), None, order, order))
    return timeline


def after(timeline: Timeline, value: Any, before: Any = BEFORE) -> Any:
    """The column's value after the last of these was said."""
    start = timeline.now[-1].start
    move: Move = (ISSUED.name, "财政局", (start, FOREVER), value)
    return with_more(COLUMN, before, [move], Members({ISSUED.name: {"财政局": timeline}}, start))


def test_a_new_member_is_added_to_what_was_there() -> None:
    assert after(said("7"), Decimal(7)) == Decimal(107)


def test_what_is_said_again_of_a_member_is_not_added_to_what_was_said_before() -> None:
    assert after(said("7", "5"), Decimal(5)) is None


def test_a_member_that_is_gone_and_a_column_without_a_value_are_made_anew() -> None:
    assert after(said("7"), None) is None
    assert after(said("7"), Decimal(7), before=None) is None


def test_what_is_said_of_other_facets_changes_nothing() -> None:
    assert (
        with_more(
            COLUMN, BEFORE, [("status", "", (day("2026-01-01"), FOREVER), "open")], Members({}, day("2026-01-01"))
        )
        == BEFORE
    )
