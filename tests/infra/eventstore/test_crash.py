"""Wherever a client or a server process dies, a command is recorded whole or not at all, and the lock is free again."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import uuid4

import psycopg
import pytest

from infra.cluster import Urls
from tests.infra.eventstore.crashing import commands
from tests.stores import Store, establish, established, renamed, rows, run

HOLDING = (
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 7264"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def _client(urls: Urls, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.endurance.client", *map(str, arguments)]
    command.insert(4, urls.application)
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _dawdle(urls: Urls, seconds: float) -> None:
    """Every insert takes so long, while the lock is held."""
    run(
        urls.owner,
        "CREATE FUNCTION log.dawdle() RETURNS trigger LANGUAGE plpgsql AS"
        f" 'BEGIN PERFORM pg_sleep({seconds}); RETURN NULL; END'",
        "CREATE TRIGGER dawdle AFTER INSERT ON log.events FOR EACH STATEMENT EXECUTE FUNCTION log.dawdle()",
    )


def _hurry(urls: Urls) -> None:
    run(urls.owner, "DROP TRIGGER dawdle ON log.events")


def _who_holds_the_lock(urls: Urls) -> int:
    while not (found := rows(urls.superuser, HOLDING)):
        time.sleep(0.01)
    return int(found[0][0])


def _until_nobody_holds_the_lock(urls: Urls) -> None:
    while rows(urls.superuser, HOLDING):
        time.sleep(0.01)


@pytest.mark.parametrize(("moment", "written"), [("unsent", 0), ("committed", 1)])
def test_a_client_killed_before_or_after_the_commit_leaves_nothing_or_all(
    own_store: Store, database: Urls, moment: str, written: int
) -> None:
    command_id = uuid4()
    client = _client(database, "once-and-die", command_id, moment)
    acknowledged = client.communicate(timeout=60)[0]
    assert (client.returncode, acknowledged) == (-signal.SIGKILL, "")
    assert len(commands(own_store)) == written
    retried = own_store.execute(establish(), command_id=command_id)
    assert retried.repeated is (written == 1)
    assert commands(own_store) == [(command_id, 0, 1)]


def test_a_client_killed_while_its_command_holds_the_lock_leaves_nothing_or_all(
    own_store: Store, database: Urls
) -> None:
    _dawdle(database, 1)
    command_id = uuid4()
    client = _client(database, "once", command_id)
    _who_holds_the_lock(database)
    client.kill()
    assert client.communicate(timeout=60)[0] == ""
    _until_nobody_holds_the_lock(database)
    _hurry(database)
    assert commands(own_store) in ([], [(command_id, 0, 1)])
    own_store.execute(establish(), command_id=command_id)
    assert commands(own_store) == [(command_id, 0, 1)]


def _end(urls: Urls, pid: int) -> None:
    rows(urls.superuser, "SELECT pg_terminate_backend(%s, 5000)", pid)


def _end_all_of_the_application(urls: Urls) -> None:
    rows(
        urls.superuser,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename = 'zhangtu_app'",
    )


def test_a_connection_ended_before_the_append_is_replaced(own_store: Store, database: Urls) -> None:
    unit = uuid4()
    own_store.append(established(unit))
    (writer,) = {
        pid
        for (pid,) in rows(
            database.superuser,
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%log.append(%'"
            " AND usename = 'zhangtu_app'",
        )
    }
    _end(database, writer)
    assert own_store.append(renamed(unit, 2)) == [2]


def test_a_connection_ended_while_it_holds_the_lock_writes_nothing_until_it_is_tried_again(
    own_store: Store, database: Urls
) -> None:
    _dawdle(database, 60)
    command_id, unit = uuid4(), uuid4()
    with ThreadPoolExecutor(1) as threads:
        appending = threads.submit(own_store.append, established(unit), renamed(unit, 2), command_id=command_id)
        holder = _who_holds_the_lock(database)
        with psycopg.connect(database.owner, autocommit=True) as owner:
            # The trigger cannot go while the insert holds the table: both, then, at the same time.
            dropping = threading.Thread(target=owner.execute, args=("DROP TRIGGER dawdle ON log.events",))
            dropping.start()
            _end(database, holder)
            dropping.join()
        assert appending.result(timeout=30) == [1, 2]
    assert commands(own_store) == [(command_id, 0, 2), (command_id, 1, 2)]


def test_commands_that_shared_a_lost_connection_are_each_written_once(own_store: Store, database: Urls) -> None:
    with ThreadPoolExecutor(16) as threads, psycopg.connect(database.owner) as gate:
        gate.execute("SELECT pg_advisory_xact_lock(7264, 1)")
        ids = [uuid4() for _ in range(16)]
        first = threads.submit(own_store.append, established(), command_id=ids[0])
        while not (waiting := rows(database.superuser, HOLDING.replace("granted", "NOT granted"))):
            time.sleep(0.01)
        others = [threads.submit(own_store.append, established(), command_id=id) for id in ids[1:]]
        _end(database, waiting[0][0])
        gate.commit()
        positions = [one.result(timeout=60)[0] for one in [first, *others]]
    assert sorted(positions) == list(range(1, 17))
    assert sorted(commands(own_store)) == sorted((id, 0, 1) for id in ids)


def test_the_log_can_be_written_again_after_every_connection_was_ended(own_store: Store, database: Urls) -> None:
    own_store.append(established())
    for expected in (2, 3):
        _end_all_of_the_application(database)
        until = time.monotonic() + 20
        positions: list[int] = []
        while not positions and time.monotonic() < until:
            with suppress(psycopg.OperationalError):
                positions = own_store.append(established())
        assert positions == [expected]
