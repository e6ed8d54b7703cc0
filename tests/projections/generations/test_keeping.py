"""What the leader sees to by itself: a view left far behind is overtaken, and one that shows less is not swapped in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from projections.generations import keeping
from projections.generations.build import Crew, build
from projections.generations.connecting import connect
from projections.generations.definition import Definition, current
from projections.generations.keeping import Keeper
from tests.projections.generations.situations import Log
from tests.stores import run


@contextmanager
def keeper_of(log: Log, definition: Definition | None = None) -> Iterator[Keeper]:
    with connect(log.url) as connection:
        yield Keeper(log.url, connection, definition or current(), lambda _: None, Crew(workers=1))


def tended(keeper: Keeper, log: Log) -> int:
    """The position of the live view after the keeper was called a few times, as the leader calls it."""
    keeper.tend()
    if keeper._builder is not None:
        keeper._builder.join()
    keeper.tend()
    live = log.the_live_one()
    assert live is not None
    return live.position


def test_a_view_left_far_behind_by_an_import_is_built_anew_and_overtaken(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MANY", 500)
    log.pour(100)
    before = log.live()
    log.pour(900)
    with keeper_of(log) as keeper:
        assert tended(keeper, log) == 900
    assert log.get(before).role == "former"


def test_a_view_that_is_a_little_behind_is_left_to_follow(log: Log) -> None:
    log.pour(100)
    before = log.live()
    log.pour(900)
    with keeper_of(log) as keeper:
        assert tended(keeper, log) == 100
    assert log.get(before).role == "live"


def test_a_new_view_that_shows_less_is_not_swapped_in_by_itself(log: Log) -> None:
    log.pour(300)
    live, newer = log.live(), Definition("newer", current().shape)
    shadow = build(log.url, log.make(definition=newer).id)
    run(
        log.urls.superuser,
        "INSERT INTO reading.parked (generation, stream, position, topic, error)"  # noqa: S608 -- a number of ours
        f" SELECT {shadow.id}, originator_id, position, topic, 'cannot be read' FROM log.events WHERE position = 300",
    )
    with keeper_of(log, newer) as keeper:
        keeper.tend()
        assert (log.get(live).role, log.get(shadow).role) == ("live", "shadow")
        run(log.urls.superuser, "DELETE FROM reading.parked")
        keeper.tend()
    assert (log.get(live).role, log.get(shadow).role) == ("former", "live")
