"""Pages and reads of a running server while fifty people work with it: p95 in milliseconds in the server.

In the server: from a request's arrival at the application, which serves them as `./dev up` does, in one process, to the last byte
that it hands over. `./dev up`'s process that keeps the views runs beside it.

Fifty people are fifty who work, not fifty who ask without a pause: each looks at a page, reads it for two to eight seconds, and goes
on to the next, which makes ten pages a second. That is quicker than people are taken to be elsewhere (TPC-W: seven seconds on
average), and each page is some five to fifteen questions to the API. They open the home page, lists, filters, things from several
sides, a search, and every sixth time an answer of the API; one time of twenty they record something with a form, so that what is
remembered from one look to the next does not last for ever. `page` is the p95 of all that they look at, `page-record` that of
the forms sent. `page-saturated` is the other extreme, and what the machine bears at most: fifty who look at the same without any
pause, in pages a second.

All this of people who see everything, then of as many who work in one prefecture and see what belongs to it: `page-part` and
`page-record-part`, with the others as the reference.

`-n` is how many events the log holds, `--turns` how many times ten seconds are measured. What each page takes is said on stderr.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import unquote

import httpx
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from api.lifecycle.serving import served
from api.lifecycle.views import views_kept
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import grants
from infra.settings import Settings
from tests import accounts
from tests.api.conftest import a_listener, address_of
from tests.bench._filled import settings_of, world_of
from tests.bench._measure import options, progress, report
from tests.bench._people import FORM, NAMED, PEOPLE, People
from tests.bench.history import make_live

WARMING = 20.0
TURN = 10.0
SATURATED = 15.0
PREFECTURE = "640100"

Taken = tuple[str, float]
"""A page, and how many milliseconds it took."""


class Watched:
    """The application with a watch before it: which path took how long."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.taken: list[Taken] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = time.perf_counter()
        await self.app(scope, receive, send)
        if scope["type"] == "http":
            self.taken.append((_named(scope), (time.perf_counter() - begun) * 1000))


def _named(scope: Scope) -> str:
    return next((unquote(value.decode()) for name, value in scope["headers"] if name == NAMED.encode()), scope["path"])


def main(argv: list[str]) -> int:
    asked = options("page", __doc__ or "", n=300_000, argv=argv)
    with world_of(asked.n) as server, tempfile.TemporaryDirectory() as folder:
        settings = settings_of(server, Path(folder))
        things = make_live(settings)
        everywhere = grants.everywhere([Role.PREMISES_OFFICER])
        with views_kept(settings), _served(settings) as (address, told):
            whole = _people(settings, address, things, "lifang", everywhere)
            part = _people(
                settings, address, things, "maxin", [replace(one, division=PREFECTURE) for one in everywhere]
            )
            days = {}
            for people in (whole, part):
                _taken(people, told, WARMING)
                days[people] = _taken(people, told, TURN * asked.turns)
                _tell(days[people])
            crowd = _taken(whole, told, SATURATED, patient=False)
    _report("", days[whole], {})
    _report("-part", days[part], {"everything": days[whole]})
    report("page-saturated", len(crowd), len(crowd) / SATURATED, "pages/s", {})
    return 0


def _report(suffix: str, day: Sequence[Taken], others: Mapping[str, Sequence[Taken]]) -> None:
    for name, recorded in (("page", False), ("page-record", True)):
        found, references = _of(day, recorded), {one: _p95(_of(other, recorded)) for one, other in others.items()}
        report(f"{name}{suffix}", len(found), _p95(found), "ms", references)


def _of(day: Sequence[Taken], recorded: bool) -> list[float]:
    """What was looked at, or the forms that were sent."""
    return [ms for page, ms in day if (page == f"POST {FORM}") == recorded]


def _people(
    settings: Settings, address: str, things: Sequence[tuple[str, str]], login: str, given: Sequence[Grant]
) -> People:
    """All of one account, with the things that it sees."""
    accounts.an_account(settings.owner_url, login, given)
    sessions = tuple(accounts.a_session(settings.owner_url, login) for _ in range(PEOPLE))
    with httpx.Client(base_url=address, cookies={"zhangtu-session": sessions[0]}) as client:
        theirs = tuple(one for one in things if client.get(f"/v1/{one[0]}/{one[1]}").status_code == HTTPStatus.OK)
    rooms = tuple(_rooms(address, sessions[0], given[0].division))
    return People(address=address, sessions=sessions, things=theirs, rooms=rooms)


def _rooms(address: str, session: str, division: str | None) -> list[str]:
    """In service: what people record is recorded of them."""
    asking = f"{address}/v1/rooms?status=in-service&fields=number&limit=500" + (
        f"&division={division}" if division else ""
    )
    answer = httpx.get(asking, cookies={"zhangtu-session": session}).raise_for_status()
    return [row["id"] for row in answer.json()["rows"]]


def _taken(people: People, told: Connection, seconds: float, *, patient: bool = True) -> list[Taken]:
    """What the server took for each request of so many seconds' work."""
    asyncio.run(people.work(seconds, patient=patient))
    told.send(None)
    taken: list[Taken] = told.recv()
    return taken


def _tell(taken: Sequence[Taken]) -> None:
    by_page: dict[str, list[float]] = defaultdict(list)
    for page, ms in taken:
        by_page[page].append(ms)
    for page, found in sorted(by_page.items()):
        progress(f"{page:<40} {len(found):>5} times  median {median(found):7.1f} ms  p95 {_p95(found):7.1f} ms")


def _p95(found: Sequence[float]) -> float:
    return quantiles(found, n=20)[-1] if len(found) > 1 else found[0]


@contextmanager
def _served(settings: Settings) -> Iterator[tuple[str, Connection]]:
    """The server in a process of its own. Whatever is sent to it, it answers with what requests took since."""
    context = multiprocessing.get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_serve, args=(settings, its), daemon=True)
    process.start()
    try:
        yield ours.recv(), ours
    finally:
        process.terminate()
        process.join()


def _serve(settings: Settings, told: Connection) -> None:
    watched = Watched(served(settings))
    with a_listener() as listening:
        listening.listen(2048)
        told.send(address_of(listening))

        def answer() -> None:
            told.recv()
            told.send(watched.taken)
            watched.taken = []

        async def run() -> None:
            asyncio.get_running_loop().add_reader(told.fileno(), answer)
            await uvicorn.Server(uvicorn.Config(watched, log_level="critical")).serve([listening])

        asyncio.run(run())
