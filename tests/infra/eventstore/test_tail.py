"""A reader who follows positions misses nothing; and it is the lock that makes it so."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import psycopg
import pytest

from infra.cluster import Urls
from tests.stores import MANY, Store, established, opened, raw_append, renamed, rows, run

WRITERS = 8
LOCK = "PERFORM pg_advisory_xact_lock(7264, 1);"
LAST = (
    "SELECT e.position, e.recorded_at INTO last_position, last_time FROM log.events e ORDER BY e.position DESC LIMIT 1;"
)
DRAWN = "last_position := nextval('log.positions') - 1;"


class Reader:
    """Follows the log as read models do: from the last position it has seen."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.seen: list[int] = []

    def poll(self, limit: int = 100) -> int:
        last = self.seen[-1] if self.seen else None
        found = self._store.recorder.select_notifications(last, limit, inclusive_of_start=False)
        self.seen += [one.id for one in found]
        return len(found)

    def follow(self, until: Callable[[], bool]) -> None:
        while not until():
            self.poll()
        while self.poll():
            pass


def _remove_the_lock(urls: Urls) -> None:
    """As the library's own function has it: positions drawn from a sequence, and no lock (trap 1)."""
    definition: str = rows(urls.owner, "SELECT pg_get_functiondef('log.append'::regproc)")[0][0]
    assert LOCK in definition
    assert LAST in definition
    run(
        urls.owner,
        "CREATE SEQUENCE log.positions",
        definition.replace(LOCK, "").replace(LAST, DRAWN),
    )


def _recorded(urls: Urls) -> set[int]:
    return {position for (position,) in rows(urls.owner, "SELECT position FROM log.events")}


def _waits_for_a_lock(urls: Urls, pid: int) -> bool:
    return bool(rows(urls.superuser, "SELECT 1 FROM pg_locks WHERE pid = %s AND NOT granted", pid))


@contextmanager
def _appending(store: Store) -> Iterator[psycopg.Connection]:
    """A transaction that has appended and is not committed yet."""
    with psycopg.connect(store.conninfo) as connection:
        raw_append(connection, (uuid4(), "", [(uuid4(), 1)]))
        yield connection


def _missed_when_the_second_overtakes(urls: Urls) -> set[int]:
    """One writer has its position but not yet its commit, another comes; a reader looks before and after the commit."""
    with opened(urls.application) as store, psycopg.connect(store.conninfo, autocommit=True) as second:
        reader = Reader(store)
        with _appending(store) as first:
            overtaking = threading.Thread(target=raw_append, args=(second, (uuid4(), "", [(uuid4(), 1)])))
            overtaking.start()
            while overtaking.is_alive() and not _waits_for_a_lock(urls, second.info.backend_pid):
                time.sleep(0.01)
            reader.poll()
            first.commit()
        overtaking.join()
        reader.poll()
        assert len(_recorded(urls)) == 2
        return _recorded(urls) - set(reader.seen)


def test_a_second_writer_cannot_overtake_the_first_so_the_reader_misses_nothing(database: Urls) -> None:
    assert _missed_when_the_second_overtakes(database) == set()


def test_without_the_lock_the_second_overtakes_and_the_reader_misses_the_first(database: Urls) -> None:
    _remove_the_lock(database)
    assert _missed_when_the_second_overtakes(database) == {1}


def _missed_by_a_tailing_reader(urls: Urls, commands: int) -> set[int]:
    """Eight writers, each with a connection of its own; a reader who polls all the while."""
    with ExitStack() as stack, ThreadPoolExecutor(WRITERS + 1) as threads:
        writers = [stack.enter_context(opened(urls.application, size=2)) for _ in range(WRITERS)]
        reader = Reader(stack.enter_context(opened(urls.application)))
        together = threading.Barrier(WRITERS)

        def write(store: Store) -> None:
            together.wait()
            for number in range(commands):
                unit = uuid4()
                store.append(established(unit), *(renamed(unit, 2 + more) for more in range(number % 3)))

        writing = [threads.submit(write, store) for store in writers]
        following = threads.submit(reader.follow, lambda: all(one.done() for one in writing))
        for one in [*writing, following]:
            one.result()
        assert reader.seen == sorted(set(reader.seen)), "a reader goes forward, and sees nothing twice"
        return _recorded(urls) - set(reader.seen)


def test_eight_writers_and_a_tailing_reader_who_misses_nothing(database: Urls) -> None:
    assert _missed_by_a_tailing_reader(database, commands=150) == set()
    recorded = _recorded(database)
    assert recorded == set(range(1, len(recorded) + 1))
    assert len(recorded) == WRITERS * 300


def _make_every_second_writer_dawdle(urls: Urls) -> None:
    """Between its insert and its commit, where any writer may be held up."""
    run(
        urls.owner,
        "CREATE FUNCTION log.dawdle() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN PERFORM pg_sleep(0.02 * (NEW.position % 2)); RETURN NULL; END'",
        "CREATE TRIGGER dawdle AFTER INSERT ON log.events FOR EACH ROW EXECUTE FUNCTION log.dawdle()",
    )


def test_with_dawdling_writers_too_the_reader_misses_nothing(database: Urls) -> None:
    _make_every_second_writer_dawdle(database)
    assert _missed_by_a_tailing_reader(database, commands=12) == set()


def test_without_the_lock_the_tailing_reader_misses_events(database: Urls) -> None:
    _remove_the_lock(database)
    _make_every_second_writer_dawdle(database)
    assert _missed_by_drawing_writers(database, commands=12)


def _missed_by_drawing_writers(urls: Urls, commands: int) -> set[int]:
    """The same eight writers, with one event a command: more would run into each other's drawn positions."""
    with ExitStack() as stack, ThreadPoolExecutor(WRITERS + 1) as threads:
        writers = [stack.enter_context(opened(urls.application, size=2)) for _ in range(WRITERS)]
        reader = Reader(stack.enter_context(opened(urls.application)))

        def write(store: Store) -> None:
            for _ in range(commands):
                store.append(established())

        writing = [threads.submit(write, store) for store in writers]
        threads.submit(reader.follow, lambda: all(one.done() for one in writing)).result()
        for one in writing:
            one.result()
        return _recorded(urls) - set(reader.seen)


# Reading by position ----------------------------------------------------------------------------------------------------


@pytest.fixture
def six(own_store: Store) -> Store:
    for _ in range(3):
        unit = uuid4()
        own_store.append(established(unit), renamed(unit, 2))
    return own_store


def test_reading_may_begin_at_or_after_a_position(six: Store) -> None:
    read = six.recorder.select_notifications
    assert [one.id for one in read(None, MANY)] == [1, 2, 3, 4, 5, 6]
    assert [one.id for one in read(3, MANY)] == [3, 4, 5, 6]
    assert [one.id for one in read(3, MANY, inclusive_of_start=False)] == [4, 5, 6]
    assert [one.id for one in read(0, MANY, inclusive_of_start=False)] == [1, 2, 3, 4, 5, 6]
    assert read(6, MANY, inclusive_of_start=False) == []
    assert read(99, MANY) == []


def test_reading_may_stop_at_a_position_and_after_so_many(six: Store) -> None:
    read = six.recorder.select_notifications
    assert [one.id for one in read(None, MANY, stop=2)] == [1, 2]
    assert [one.id for one in read(2, 3)] == [2, 3, 4]
    assert [one.id for one in read(2, 3, stop=3)] == [2, 3]


def test_reading_may_be_of_some_topics_only(six: Store) -> None:
    renamings = six.recorder.select_notifications(None, MANY, topics=["organisations.UnitRenamed"])
    assert [one.id for one in renamings] == [2, 4, 6]


def test_the_head_is_the_last_position(own_store: Store) -> None:
    assert own_store.recorder.head() == 0
    assert own_store.recorder.max_notification_id() is None
    own_store.append(established())
    assert own_store.recorder.head() == own_store.recorder.max_notification_id() == 1


def test_a_stream_is_read_between_versions_forwards_and_backwards(own_store: Store) -> None:
    unit = uuid4()
    own_store.append(established(unit), *(renamed(unit, version) for version in range(2, 6)))

    def versions(**said: int | bool) -> list[int]:
        return [one.originator_version for one in own_store.recorder.select_events(unit, **said)]  # type: ignore[arg-type]  # of each its own

    assert versions() == [1, 2, 3, 4, 5]
    assert versions(gt=2) == [3, 4, 5]
    assert versions(lte=2) == [1, 2]
    assert versions(gt=1, lte=4, limit=2) == [2, 3]
    assert versions(desc=True, limit=2) == [5, 4]
