"""Death between every two steps of a write: what was acknowledged is there, what is there is whole, and a retry writes once."""

from __future__ import annotations

import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch
from urllib.parse import parse_qs, quote, urlsplit
from uuid import UUID, uuid4

import psycopg
import pytest

from infra.cluster import Urls
from tests.stores import Store, establish, established, opened, renamed, rows, run

HOLDING = (
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 7264"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
READY = b"Z\x00\x00\x00\x05I"
"""The end of every answer of the server: it is idle, so whatever was asked is committed."""


def _client(urls: Urls, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.endurance.client", *map(str, arguments)]
    command.insert(4, urls.application)
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _commands(store: Store) -> list[tuple[UUID, int, int]]:
    """What is in the log, as (command, line, lines)."""
    found = [store.recorder.event_at(position) for position in range(1, store.recorder.head() + 1)]
    return [(event.command_id, event.line, event.lines) for event in found if event is not None]


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


# The client dies --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("moment", "written"), [("unsent", 0), ("committed", 1)])
def test_a_client_killed_before_or_after_the_commit_leaves_nothing_or_all(
    own_store: Store, database: Urls, moment: str, written: int
) -> None:
    command_id = uuid4()
    client = _client(database, "once-and-die", command_id, moment)
    acknowledged = client.communicate(timeout=60)[0]
    assert (client.returncode, acknowledged) == (-signal.SIGKILL, "")
    assert len(_commands(own_store)) == written
    retried = own_store.execute(establish(), command_id=command_id)
    assert retried.repeated is (written == 1)
    assert _commands(own_store) == [(command_id, 0, 1)]


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
    assert _commands(own_store) in ([], [(command_id, 0, 1)])
    own_store.execute(establish(), command_id=command_id)
    assert _commands(own_store) == [(command_id, 0, 1)]


# The server's process dies ----------------------------------------------------------------------------------------------


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
    assert _commands(own_store) == [(command_id, 0, 2), (command_id, 1, 2)]


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
    assert sorted(_commands(own_store)) == sorted((id, 0, 1) for id in ids)


# The line is cut --------------------------------------------------------------------------------------------------------


class Line:
    """Stands between client and server, and can lose an answer: the server has committed, the client never hears of it."""

    def __init__(self, server: Path, folder: Path) -> None:
        self._server = server
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / ".s.PGSQL.5432"))
        self._listening.listen()
        self._ends: list[socket.socket] = []
        self.loses = 0
        self.lost = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.socket(socket.AF_UNIX) as server, suppress(OSError):
            server.connect(str(self._server / ".s.PGSQL.5432"))
            self._ends += [client, server]
            while True:
                for ready in select.select([client, server], [], [])[0]:
                    data = ready.recv(1 << 20)
                    if not data:
                        return
                    if ready is client and b"log.append(" in data and self.loses:
                        self._lose(server, data)
                        return
                    (server if ready is client else client).sendall(data)

    def _lose(self, server: socket.socket, asked: bytes) -> None:
        self.loses -= 1
        server.sendall(asked)
        answer = b""
        while not answer.endswith(READY):
            answer += server.recv(1 << 20)
        self.lost += 1

    def close(self) -> None:
        """Nobody gets through any more, not even who was talking."""
        for end in (self._listening, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@contextmanager
def _over_a_line(urls: Urls, patience: float = 30) -> Iterator[tuple[Line, Store]]:
    server = parse_qs(urlsplit(urls.application).query)["host"][0]
    with tempfile.TemporaryDirectory() as folder:
        line = Line(Path(server), Path(folder))
        address = urls.application.replace(quote(server, safe=""), quote(folder, safe=""))
        try:
            with opened(address, patience=patience) as store:
                yield line, store
        finally:
            line.close()


def test_an_answer_lost_after_the_commit_is_given_again_and_nothing_is_written_twice(database: Urls) -> None:
    with _over_a_line(database) as (line, store):
        line.loses = 1
        command_id = uuid4()
        answer = store.execute(establish(), establish(), command_id=command_id)
        assert line.lost == 1
        assert [one.position for one in answer.lines] == [1, 2]
        assert _commands(store) == [(command_id, 0, 2), (command_id, 1, 2)]


def test_when_the_answer_is_lost_twice_the_caller_is_told_and_a_retry_gets_the_first_answer(database: Urls) -> None:
    with _over_a_line(database) as (line, store):
        line.loses = 2
        command_id = uuid4()
        with pytest.raises(psycopg.OperationalError):
            store.execute(establish(), command_id=command_id)
        assert line.lost == 2
        again = store.execute(establish(), command_id=command_id)
        assert (again.repeated, [one.position for one in again.lines]) == (True, [1])
        assert _commands(store) == [(command_id, 0, 1)]


def test_when_the_server_cannot_be_reached_all_who_wait_are_told_together_and_not_one_after_the_other(
    database: Urls,
) -> None:
    with _over_a_line(database, patience=1) as (line, store):
        store.append(established())
        line.close()
        begun = time.monotonic()
        with ThreadPoolExecutor(16) as threads:
            waiting = [threads.submit(store.append, established()) for _ in range(16)]
        assert all(isinstance(one.exception(), psycopg.OperationalError) for one in waiting)
        assert time.monotonic() - begun < 8


# Python fails -----------------------------------------------------------------------------------------------------------


def test_an_error_in_python_on_the_way_to_the_log_leaves_nothing(own_store: Store) -> None:
    with (
        patch("infra.eventstore.writer._parameters", side_effect=RuntimeError("on the way")),
        pytest.raises(RuntimeError, match="on the way"),
    ):
        own_store.append(established())
    assert _commands(own_store) == []
    assert own_store.append(established()) == [1]


def test_an_error_in_python_after_the_insert_cannot_commit_half_of_anything(own_store: Store) -> None:
    """Trap 2: the commit is the statement's own; there is no Python between the insert and it. What fails after is an
    answer not given, which the retry under the same id gives.
    """
    command_id, unit = uuid4(), uuid4()
    with (
        patch.object(own_store.recorder, "_refuse", side_effect=RuntimeError("after")),
        patch("infra.eventstore.recorder.range", create=True, side_effect=RuntimeError("after")),
        pytest.raises(RuntimeError, match="after"),
    ):
        own_store.append(established(unit), renamed(unit, 2), command_id=command_id)
    assert _commands(own_store) == [(command_id, 0, 2), (command_id, 1, 2)]


def test_an_error_of_the_database_between_two_inserts_of_a_command_leaves_nothing(
    own_store: Store, database: Urls
) -> None:
    run(
        database.owner,
        "CREATE FUNCTION log.fail() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN IF NEW.line = 2 THEN RAISE ''no more'' USING ERRCODE = ''53100''; END IF; RETURN NEW; END'",
        "CREATE TRIGGER fail BEFORE INSERT ON log.events FOR EACH ROW EXECUTE FUNCTION log.fail()",
    )
    unit = uuid4()
    with pytest.raises(psycopg.errors.DiskFull):
        own_store.append(established(unit), renamed(unit, 2), renamed(unit, 3))
    assert _commands(own_store) == []
    assert own_store.append(established(unit)) == [1]


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
