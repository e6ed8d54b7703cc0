"""A line that is cut: the answer is lost, the command is not, and it is written once."""

from __future__ import annotations

import select
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from uuid import uuid4

import psycopg
import pytest

from infra.cluster import Urls
from tests.infra.eventstore.crashing import commands
from tests.stores import Store, establish, established, opened

READY = b"Z\x00\x00\x00\x05I"
"""The end of every answer of the server: it is idle, so whatever was asked is committed."""


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
        assert commands(store) == [(command_id, 0, 2), (command_id, 1, 2)]


def test_when_the_answer_is_lost_twice_the_caller_is_told_and_a_retry_gets_the_first_answer(database: Urls) -> None:
    with _over_a_line(database) as (line, store):
        line.loses = 2
        command_id = uuid4()
        with pytest.raises(psycopg.OperationalError):
            store.execute(establish(), command_id=command_id)
        assert line.lost == 2
        again = store.execute(establish(), command_id=command_id)
        assert (again.repeated, [one.position for one in again.lines]) == (True, [1])
        assert commands(store) == [(command_id, 0, 1)]


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
