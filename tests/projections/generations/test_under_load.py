"""While commands arrive without pause: a rebuild is swapped in, leaders die, and no row is lost or doubled."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from projections.generations import rebuilding
from projections.generations.build import Crew
from projections.generations.catalogue import Generation
from projections.generations.runner import running
from projections.generations.telling import Teller
from projections.generations.verify import verify
from tests.projections.generations.situations import Log, eventually
from tests.projections.generations.test_runner import a_runner
from tests.projections.generations.test_swap import reading
from tests.stores import Store, call, establish, opened

WRITERS = 4


@contextmanager
def commands_arriving(log: Log) -> Iterator[list[int]]:
    """Positions that were answered."""
    answered: list[int] = []
    stop = threading.Event()
    with opened(log.urls.application) as store:
        threads = [threading.Thread(target=_command, args=(store, answered, stop)) for _ in range(WRITERS)]
        for thread in threads:
            thread.start()
        eventually(lambda: len(answered) > WRITERS)
        try:
            yield answered
        finally:
            stop.set()
            for thread in threads:
                thread.join()


def _command(store: Store, answered: list[int], stop: threading.Event) -> None:
    while not stop.is_set():
        unit = store.execute(establish()).subject
        answered += (store.execute(call("units.rename", unit, name=f"第{number}局")).position for number in range(5))


def _moved(log: Log, live: Generation, place: int) -> bool:
    return log.get(live).position > place + 20


def _settled(log: Log) -> None:
    eventually(lambda: (live := log.the_live_one()) is not None and live.position == log.head())


def test_a_rebuild_is_verified_and_swapped_in_and_nothing_is_lost_or_doubled(log: Log) -> None:
    log.pour(2_000)
    before = log.live()
    with running(log.url):
        with commands_arriving(log) as answered, reading(log) as readers:
            shadow = rebuilding.rebuilt(log.url, told=Teller(), crew=Crew(workers=1))
            assert rebuilding.verified(log.url, shadow).is_same
            rebuilding.swapped(log.url, shadow)
            after = len(answered)
            eventually(lambda: len(answered) > after + 50)
        _settled(log)
    live = log.the_live_one()
    assert live is not None
    assert (live.id, log.get(before).role) == (shadow.id, "former")
    assert log.digest(live) == log.rebuilt()
    for reader in readers:
        assert reader.errors == []
        assert all(position == count == last for position, count, last in reader.seen)
        assert [one[0] for one in reader.seen] == sorted(one[0] for one in reader.seen)


@pytest.mark.slow
def test_leaders_that_are_killed_again_and_again_lose_and_double_nothing(log: Log) -> None:
    log.pour(1_000)
    live = log.live()
    with commands_arriving(log):
        for _ in range(4):
            with a_runner(log) as leader:
                eventually(partial(_moved, log, live, log.get(live).position))
                leader.kill()
                leader.wait()
    with running(log.url):
        _settled(log)
    built = log.built()
    assert log.digest(live) == log.digest(built)
    assert verify(log.url, live.id, built.id).is_same
