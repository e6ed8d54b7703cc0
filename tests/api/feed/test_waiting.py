"""Long polls: an answer as soon as there is something to tell, and nothing held for anyone in between."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from api.app import create_app
from api.feed.watch import Heads, Watch
from infra.cluster import Urls
from tests.api.conftest import Office, a_token, serving, settings_for
from tests.api.feeding import caught_up, eventually, feed, following, rename
from tests.awaiting import awaited
from tests.stores import rows

PROMPT = 10.0
"""Seconds, far less than the 30 that are waited for in vain: the machine may be busy with other tests."""

CONSUMERS = 60
"""More than the server has threads."""


@contextmanager
def in_the_background(office: Office, path: str) -> Iterator[Future[httpx.Response]]:
    """A request that is under way, and has been for long enough to be waiting."""
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(office.get, path)
        time.sleep(0.3)
        assert not answer.done()
        yield answer


def test_a_waiting_consumer_hears_of_a_command_at_once(office: Office) -> None:
    unit = office.establish()
    with in_the_background(office, f"/v1/feed?after={office.head()}&wait=30") as answer:
        position = rename(office, unit)
        told = answer.result(timeout=PROMPT)
    assert [event["id"] for event in told.json()] == [str(position)]


def test_when_nothing_comes_the_answer_is_empty_and_says_where_to_go_on(office: Office) -> None:
    office.establish()
    began, head = time.monotonic(), office.head()
    answer = feed(office, f"after={head}&wait=1")
    assert 1 <= time.monotonic() - began < PROMPT
    assert (answer.json(), answer.headers["feed-next"]) == ([], str(head))


def test_nobody_waits_who_did_not_ask_to(office: Office) -> None:
    office.establish()
    began = time.monotonic()
    assert feed(office, f"after={office.head()}").json() == []
    assert time.monotonic() - began < PROMPT


def test_what_is_filtered_out_wakes_nobody_and_need_not_be_gone_over_again(office: Office) -> None:
    unit = office.establish()
    with in_the_background(office, f"/v1/feed?after={office.head()}&wait=1&kind=rooms") as answer:
        position = rename(office, unit)
        told = answer.result(timeout=PROMPT)
    assert (told.json(), told.headers["feed-next"]) == ([], str(position))


def test_a_consumer_of_one_unit_hears_of_it_as_soon_as_the_view_knows(office: Office) -> None:
    unit, other = office.establish(), office.establish()
    with (
        following(office.urls),
        in_the_background(office, f"/v1/feed?after={office.head()}&wait=30&unit={unit}") as answer,
    ):
        rename(office, other)
        position = rename(office, unit)
        told = answer.result(timeout=PROMPT)
    assert [event["id"] for event in told.json()] == [str(position)]


def test_what_the_view_has_not_read_yet_is_told_later_and_not_lost(office: Office) -> None:
    unit = office.establish()
    with following(office.urls):
        pass
    read = office.head()
    positions = [rename(office, unit, name) for name in ("甲", "乙")]
    answer = feed(office, f"after={read}&unit={unit}")
    assert (answer.json(), answer.headers["feed-next"]) == ([], str(read))
    ahead = feed(office, f"after={positions[0]}&unit={unit}")
    assert ahead.headers["feed-next"] == str(positions[0])
    with following(office.urls):
        assert [int(event["id"]) for event in feed(office, f"after={read}&unit={unit}").json()] == positions
        caught_up(office.urls)


def test_without_a_view_nobody_can_be_told_of_a_unit(database: Urls, tmp_path: Path) -> None:
    with a_small_office(database, tmp_path) as office:
        answer = office.get(f"/v1/feed?unit={office.establish()}&wait=5")
    assert (answer.status_code, answer.json()["code"]) == (503, "views-being-built")
    assert answer.headers["retry-after"]


@contextmanager
def a_small_office(urls: Urls, folder: Path) -> Iterator[Office]:
    """With two connections, and no more."""
    settings = settings_for(urls, folder).model_copy(update={"pool_max_size": 2, "pool_min_size": 1})
    authorization = {"Authorization": f"Bearer {a_token(urls)}"}
    limits = httpx.Limits(max_connections=None)
    with (
        serving(create_app(settings)) as address,
        httpx.Client(base_url=address, headers=authorization, timeout=60, limits=limits) as client,
    ):
        yield Office(client=client, urls=urls)


def test_many_who_wait_hold_no_connection_and_no_thread(database: Urls, tmp_path: Path) -> None:
    with a_small_office(database, tmp_path) as office, ThreadPoolExecutor(CONSUMERS) as pool:
        unit = office.establish()
        after = office.head()
        waiting = [pool.submit(feed, office, f"after={after}&wait=30") for _ in range(CONSUMERS)]
        eventually(lambda: threading.active_count() >= CONSUMERS)
        time.sleep(1)
        began = time.monotonic()
        for _ in range(10):
            assert office.get(f"/v1/units/{unit}").status_code == 200
        assert time.monotonic() - began < PROMPT
        assert idle_in_transaction(database) == 0
        position = rename(office, unit)
        told = [one.result(timeout=PROMPT).json() for one in waiting]
    assert all([event["id"] for event in events] == [str(position)] for events in told)


def idle_in_transaction(urls: Urls) -> int:
    statement = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
    return int(rows(urls.superuser, statement)[0][0])


def test_nobody_looks_at_the_log_when_nobody_waits() -> None:
    looks: list[float] = []

    async def look() -> Heads:
        looks.append(time.monotonic())
        return Heads(5, None)

    async def waits() -> tuple[bool, bool, int]:
        watch = Watch(look)
        found = await watch.beyond(4, 1, in_view=False), await watch.beyond(5, 0.35, in_view=False)
        await asyncio.sleep(0.15)
        before = len(looks)
        await asyncio.sleep(0.4)
        return *found, len(looks) - before

    assert awaited(waits()) == (True, False, 0)
    assert len(looks) < 8


def test_all_who_wait_share_one_look() -> None:
    looks: list[int] = []

    async def look() -> Heads:
        looks.append(1)
        return Heads(len(looks), 0)

    async def wait() -> list[bool]:
        watch = Watch(look)
        return list(await asyncio.gather(*(watch.beyond(2, 5, in_view=False) for _ in range(500))))

    assert all(awaited(wait()))
    assert len(looks) == 3


def test_who_waits_is_told_when_the_database_is_gone_and_the_next_one_is_served() -> None:
    answers: list[Heads | Exception] = [psycopg.OperationalError("gone"), Heads(9, None)]

    async def look() -> Heads:
        found = answers.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    async def wait() -> bool:
        watch = Watch(look)
        with pytest.raises(psycopg.OperationalError, match="gone"):
            await watch.beyond(1, 5, in_view=False)
        return await watch.beyond(1, 5, in_view=False)

    assert awaited(wait())
