"""One view in the place of another: readers see the one or the other, whole, and never go back in time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from domain.access.principal import ALL_SEEING
from infra.database import application_conninfo
from projections.generations import swap
from projections.generations.connecting import connect
from projections.generations.definition import current
from projections.generations.swap import CannotSwap, NothingToGoBackTo
from projections.queries.view import Asked, chosen
from tests.projections.generations.situations import Log, eventually
from tests.stores import rows, run

EVERYTHING = Asked(sight=ALL_SEEING)


class Reader:
    """Reads as requests do, in a loop: what it saw, and what went wrong."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.seen: list[tuple[int, int, int]] = []
        self.errors: list[BaseException] = []
        self.stop = threading.Event()

    def run(self) -> None:
        with psycopg.connect(application_conninfo(self.url)) as connection:
            while not self.stop.is_set():
                try:
                    self.seen.append(self._read(connection))
                except psycopg.Error as error:
                    self.errors.append(error)
                    connection.rollback()

    def _read(self, connection: psycopg.Connection) -> tuple[int, int, int]:
        with connection.transaction():
            view = chosen(connection, EVERYTHING)
            told = connection.execute("SELECT count(*), max(position) FROM history").fetchone()
            assert told is not None
            return view.position, told[0], told[1]


@contextmanager
def reading(log: Log, readers: int = 2) -> Iterator[list[Reader]]:
    them = [Reader(log.urls.application) for _ in range(readers)]
    threads = [threading.Thread(target=reader.run) for reader in them]
    for thread in threads:
        thread.start()
    eventually(lambda: all(reader.seen for reader in them))
    try:
        yield them
    finally:
        for reader in them:
            reader.stop.set()
        for thread in threads:
            thread.join()


def _swap(log: Log, id: int) -> None:
    with connect(log.url) as connection:
        swap.swap(connection, id)


def _sweep(log: Log) -> list[str]:
    with connect(log.url) as connection:
        return swap.sweep(connection, current())


def test_nobody_who_reads_meanwhile_sees_an_error_a_gap_or_an_earlier_state(log: Log) -> None:
    log.pour(600)
    log.live()
    with reading(log) as readers:
        for head in range(700, 1_300, 100):
            log.pour(head)
            shadow = log.built()
            log.follow()
            _swap(log, shadow.id)
            _sweep(log)
    for reader in readers:
        assert reader.errors == []
        assert all(position == count == last for position, count, last in reader.seen)
        assert [one[0] for one in reader.seen] == sorted(one[0] for one in reader.seen)
        assert reader.seen[-1][0] >= 1_200


def test_what_was_live_before_is_kept_as_the_former_one(log: Log) -> None:
    log.pour(300)
    before, shadow = log.live(), log.built()
    _swap(log, shadow.id)
    assert (log.get(before).role, log.get(shadow).role) == ("former", "live")


@pytest.mark.parametrize("goal", [0, 299])
def test_a_shadow_that_has_not_caught_up_is_not_swapped_in(log: Log, goal: int) -> None:
    log.pour(300)
    live, shadow = log.live(), log.built(goal=goal)
    with pytest.raises(CannotSwap):
        _swap(log, shadow.id)
    assert log.get(live).role == "live"


def test_nor_one_that_is_not_ready_nor_a_case(log: Log) -> None:
    log.pour(300)
    log.live()
    half = log.make()
    with pytest.raises(CannotSwap):
        _swap(log, half.id)
    other = log.built()
    run(log.urls.superuser, f"UPDATE reading.generations SET role = 'case', name = 'x' WHERE id = {other.id}")  # noqa: S608 -- a number of ours
    with pytest.raises(CannotSwap):
        _swap(log, other.id)


def test_there_is_never_more_than_one_live_view(log: Log) -> None:
    log.pour(300)
    log.live()
    shadow = log.built()
    with pytest.raises(psycopg.errors.UniqueViolation):
        run(log.urls.superuser, f"UPDATE reading.generations SET role = 'live' WHERE id = {shadow.id}")  # noqa: S608 -- a number of ours


def test_back_is_the_former_one_caught_up_and_swapped_in(log: Log) -> None:
    log.pour(300)
    first, second = log.live(), log.built()
    _swap(log, second.id)
    log.pour(900)
    log.follow()
    with connect(log.url) as connection:
        assert swap.bring_back(connection, current()).id == first.id
    log.follow()
    _swap(log, first.id)
    assert (log.get(first).role, log.get(first).position) == ("live", 900)
    assert log.digest(first) == log.digest(second)


def test_without_a_former_one_of_this_definition_there_is_nothing_to_go_back_to(log: Log) -> None:
    log.pour(300)
    first, second = log.live(), log.built()
    _swap(log, second.id)
    run(log.urls.superuser, f"UPDATE reading.generations SET digest = 'older' WHERE id = {first.id}")  # noqa: S608 -- a number of ours
    with connect(log.url) as connection, pytest.raises(NothingToGoBackTo):
        swap.bring_back(connection, current())


def test_the_last_former_one_is_kept_and_those_before_it_go_after_a_while(log: Log) -> None:
    log.pour(100)
    first, second, third = log.live(), log.built(), log.built()
    _swap(log, second.id)
    _swap(log, third.id)
    assert _sweep(log) == []
    run(log.urls.superuser, "UPDATE reading.generations SET retired_at = retired_at - interval '1 hour'")
    assert _sweep(log) == [first.schema]
    assert set(log.generations()) == {second.schema, third.schema}


def test_a_request_that_began_before_two_swaps_ends_well(log: Log) -> None:
    log.pour(100)
    log.live()
    second, third = log.built(), log.built()
    with psycopg.connect(application_conninfo(log.urls.application)) as slow:
        chosen(slow, EVERYTHING)
        _swap(log, second.id)
        _swap(log, third.id)
        _sweep(log)
        assert slow.execute("SELECT count(*) FROM history").fetchone() == (100,)


def test_what_is_being_read_is_dropped_the_next_time(log: Log) -> None:
    log.pour(100)
    made = log.built()
    run(log.urls.superuser, "UPDATE reading.generations SET state = 'failed'")
    with log.holding(f"SELECT count(*) FROM {made.schema}.history"):  # noqa: S608 -- a name of ours
        assert _sweep(log) == []
    assert _sweep(log) == [made.schema]
    assert rows(log.url, "SELECT FROM pg_namespace WHERE nspname = %s", made.schema) == []


def test_half_built_shadows_of_another_definition_go_and_those_of_ours_stay(log: Log) -> None:
    ours, theirs = log.make(), log.make()
    run(log.urls.superuser, f"UPDATE reading.generations SET digest = 'older' WHERE id = {theirs.id}")  # noqa: S608 -- a number of ours
    assert _sweep(log) == [theirs.schema]
    assert set(log.generations()) == {ours.schema}


def test_a_schema_that_a_crash_left_without_its_row_is_dropped_and_others_never(log: Log) -> None:
    made = log.make()
    run(log.urls.superuser, "DELETE FROM reading.generations", "CREATE SCHEMA g99", "CREATE SCHEMA gallery")
    assert _sweep(log) == [made.schema]
    there = rows(log.url, "SELECT nspname::text FROM pg_namespace WHERE nspname ~ '^g' ORDER BY 1")
    assert there == [("g99",), ("gallery",), ("ground",)], "the ground of the map is no generation"
