"""The feed as a stream: whoever is cut off, or reads slowly, misses nothing and hears nothing twice."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import psycopg
import pytest

from api.access import callers as access
from api.feed import stream as feed_stream
from infra.access import tokens
from infra.access.console import console
from tests.api.conftest import Office, a_token
from tests.api.feeding import append, feed, following, heard, listening, rename
from tests.stores import rows

MANY = 2_000


@contextmanager
def meanwhile(office: Office, events: int) -> Iterator[None]:
    """Events arrive while the block runs; at its end all of them are there."""
    thread = threading.Thread(target=append, args=(office.urls, events))
    thread.start()
    try:
        yield
    finally:
        thread.join()


def test_every_event_comes_with_its_position_as_id(office: Office) -> None:
    unit = office.establish()
    rename(office, unit)
    with listening(office, f"after={office.head() - 2}") as told:
        opening, first, second = islice(told, 3)
    assert opening.comments
    assert [json.loads(one.data) for one in (first, second)] == feed(office, f"after={office.head() - 2}").json()
    assert (first.id, second.id) == (office.head() - 1, office.head())


def test_a_listener_hears_of_a_command_within_a_second(office: Office) -> None:
    unit = office.establish()
    with listening(office, f"after={office.head()}") as told:
        next(told)
        began, position = time.monotonic(), rename(office, unit)
        assert next(told).id == position
        assert time.monotonic() - began < 1


def test_one_that_is_cut_off_again_and_again_misses_nothing(office: Office) -> None:
    office.establish()
    begin, got = office.head(), list[int]()
    with meanwhile(office, 300):
        while len(got) < 300:
            last = str(got[-1]) if got else str(begin)
            with listening(office, "after=0", Last_Event_ID=last) as told:
                got += [one.id for one in islice((one for one in told if one.data), 30) if one.id is not None]
    assert got == list(range(begin + 1, begin + 301))


def test_one_that_reads_slowly_gets_everything_that_arrives(office: Office) -> None:
    begin = office.head()
    with a_slow_reader(office, begin) as reader, meanwhile(office, MANY):
        got = list(islice(reader, MANY))
    assert got == list(range(begin + 1, begin + MANY + 1))


@contextmanager
def a_slow_reader(office: Office, after: int) -> Iterator[Iterator[int]]:
    """It takes a few bytes at a time, and its window is small: the server has to wait for it."""
    url = office.client.base_url
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((url.host, url.port))
        authorization = office.client.headers["authorization"]
        head = f"GET /v1/feed/stream?after={after} HTTP/1.1\r\nHost: x\r\nAuthorization: {authorization}\r\n\r\n"
        connection.sendall(head.encode())
        yield _slowly(connection)


def _slowly(connection: socket.socket) -> Iterator[int]:
    held = b""
    while read := connection.recv(20_000):
        *lines, held = (held + read).split(b"\n")
        time.sleep(0.002)
        yield from (int(line.removeprefix(b"id: ")) for line in lines if line.startswith(b"id: "))


def test_one_that_does_not_read_at_all_holds_nothing_of_the_server(office: Office) -> None:
    begin = office.head()
    append(office.urls, MANY)
    with a_slow_reader(office, begin) as reader:
        assert next(reader) == begin + 1
        time.sleep(1)
        busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()"
        assert rows(office.urls.superuser, busy) == [(0,)]
        began = time.monotonic()
        assert office.get("/healthz").status_code == 200
        assert time.monotonic() - began < 1
        assert list(islice(reader, MANY - 1)) == list(range(begin + 2, begin + MANY + 1))


def test_it_ends_after_so_many_events_or_so_long_without_any(office: Office) -> None:
    units = [office.establish() for _ in range(5)]
    begin = office.head() - len(units)
    assert heard(office, f"after={begin}&limit=3") == [begin + 1, begin + 2, begin + 3]
    assert heard(office, f"after={begin}&wait=0") == [begin + number for number in range(1, 6)]
    began = time.monotonic()
    assert heard(office, f"after={office.head()}&wait=1") == []
    assert 1 <= time.monotonic() - began < 3


def test_a_stream_has_the_same_filters_and_follows_the_view(office: Office) -> None:
    unit, other = office.establish(), office.establish()
    with following(office.urls), listening(office, f"after={office.head()}&unit={unit}") as told:
        next(told)
        rename(office, other)
        position = rename(office, unit)
        assert next(one.id for one in told if one.data) == position


def test_a_heartbeat_tells_how_far_a_narrow_filter_has_come(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_stream, "HEARTBEAT_SECONDS", 0.3)
    begin = office.head()
    office.establish()
    with listening(office, f"after={begin}&kind=rooms") as told:
        _, *beats = islice(told, 4)
    assert [(beat.id, beat.data, beat.comments) for beat in beats] == [(begin + 1, "", ["heartbeat"])] * 3


def test_a_stream_ends_when_its_token_is_revoked(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "REMEMBERED_SECONDS", 0.1)
    monkeypatch.setattr(feed_stream, "HEARTBEAT_SECONDS", 0.2)
    secret = a_token(office.urls, actor="wang")
    with listening(office, f"after={office.head()}", Authorization=f"Bearer {secret}") as told:
        next(told)
        with psycopg.connect(office.urls.owner, autocommit=True) as owner, console(owner, "tests") as proof:
            assert tokens.revoke(owner, proof, next(one.id for one in tokens.everyones(owner) if one.name == "wang"))
        *_, last = told
    assert last.event == "problem"
    assert json.loads(last.data)["code"] == "token-needed"


def test_a_last_event_id_that_is_none_is_refused(office: Office) -> None:
    answer = office.get("/v1/feed/stream?wait=0", Last_Event_ID="one")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "/header/Last-Event-ID")
    assert office.get("/v1/feed/stream?wait=0", Last_Event_ID=str(office.head() + 1)).status_code == 404
