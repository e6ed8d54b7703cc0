"""Consumers of the event feed, and a view that follows the log while they read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from infra.cluster import Urls
from projections.generations.runner import running
from tests.api.conftest import MANDATE, Office
from tests.stores import established, opened, rows

PATIENCE = 30.0


def feed(office: Office, query: str = "") -> httpx.Response:
    answer = office.get(f"/v1/feed?{query}")
    assert answer.status_code == 200, answer.text
    return answer


def positions(office: Office, query: str = "") -> list[int]:
    """All that a consumer with these filters gets, page by page, until there is no more."""
    found: list[int] = []
    after = 0
    while True:
        answer = feed(office, f"after={after}&limit=1000&{query}")
        found += [int(event["id"]) for event in answer.json()]
        after = int(answer.headers["feed-next"])
        if after == int(answer.headers["feed-position"]):
            return found


def rename(office: Office, unit: str, name: str = "县财税局") -> int:
    answer = office.post(f"/v1/units/{unit}/rename", {"name": name, "mandate": MANDATE | {"effective": "2021-01-01"}})
    assert answer.status_code == 200, answer.text
    position: int = answer.json()["position"]
    return position


def append(urls: Urls, events: int, at_a_time: int = 100) -> None:
    """So many new units, quicker than anyone could ask for them."""
    with opened(urls.application) as store:
        for done in range(0, events, at_a_time):
            store.append(*(established() for _ in range(min(at_a_time, events - done))))


def eventually(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def live_position(urls: Urls) -> int:
    found = rows(urls.owner, "SELECT position FROM reading.generations WHERE role = 'live' AND state = 'ready'")
    return int(found[0][0]) if found else -1


@contextmanager
def following(urls: Urls) -> Iterator[None]:
    """The live view goes with the log for the length of the block; at its beginning it has caught up."""
    with running(urls.owner):
        caught_up(urls)
        yield


def caught_up(urls: Urls) -> None:
    head = rows(urls.owner, "SELECT coalesce(max(position), 0) FROM log.events")[0][0]
    eventually(lambda: live_position(urls) >= head)


@dataclass
class Message:
    """One server-sent event, or a comment, as it came."""

    id: int | None = None
    event: str = "message"
    data: str = ""
    comments: list[str] = field(default_factory=list)


def messages(lines: Iterator[str]) -> Iterator[Message]:
    """As the standard has them: an empty line ends one."""
    current = Message()
    for line in lines:
        name, _, value = line.partition(": ")
        match name:
            case "":
                if line:
                    current.comments.append(value)
                else:
                    yield current
                    current = Message()
            case "id":
                current.id = int(value)
            case "event":
                current.event = value
            case "data":
                current.data += value


@contextmanager
def listening(office: Office, query: str = "", **headers: str) -> Iterator[Iterator[Message]]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with office.client.stream("GET", f"/v1/feed/stream?{query}", headers=sent) as answer:
        assert answer.status_code == 200
        yield messages(answer.iter_lines())


def heard(office: Office, query: str = "", **headers: str) -> list[int]:
    """The positions that a stream tells until it ends."""
    with listening(office, query, **headers) as told:
        return [one.id for one in told if one.data and one.id is not None]
