"""Pages and reads of a running server while fifty people work with it: p95 in milliseconds in the server.

In the server: from a request's arrival at the application, which serves them as `./dev up` does, in one process, to the last byte
that it hands over. Fifty people look at a page, read it for some seconds, and go on to the next: the home page, lists, filters,
things from several sides, a search, and every fifth time an answer of the API. `-n` is how many events the log holds, `--turns` how many
times ten seconds are measured. What each page takes is said on stderr.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from statistics import median, quantiles
from urllib.parse import quote, unquote

import httpx
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import create_app
from domain.access.roles import Role
from infra.access import grants
from infra.settings import Settings
from tests import accounts
from tests.api.conftest import a_listener, address_of
from tests.bench._filled import settings_of, world_of
from tests.bench._measure import options, progress, report
from tests.bench.history import make_live

PEOPLE = 50
READING = (2.0, 8.0)
"""Seconds between two pages of one person."""
WARMING = 10.0
TURN = 10.0
PAGES = (
    ("/",),
    ("/rooms", "/buildings", "/vehicles", "/items", "/units"),
    ("/rooms?status=in-service&sort=-net_area", "/vehicles?status=in-service", "/rooms?totals=true", "/history"),
    ("/{kind}/{id}", "/{kind}/{id}/timeline", "/{kind}/{id}/history", "/{kind}/{id}/relations"),
    ("/{kind}/{id}?at=2024-06-01", "/search?q=财政", "/statistics/premises", "/inbox"),
    ("/v1/{kind}/{id}", "/v1/rooms?limit=50&count=true", "/v1/{kind}/{id}/history"),
)


class Watched:
    """The application with a watch before it: which path took how long."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.taken: list[tuple[str, float]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = time.perf_counter()
        await self.app(scope, receive, send)
        if scope["type"] == "http":
            self.taken.append((_named(scope), (time.perf_counter() - begun) * 1000))


def _named(scope: Scope) -> str:
    return next((unquote(value.decode()) for name, value in scope["headers"] if name == b"x-bench"), scope["path"])


def main(argv: list[str]) -> int:
    asked = options("page", __doc__ or "", n=300_000, argv=argv)
    with world_of(asked.n) as server, tempfile.TemporaryDirectory() as folder:
        settings = settings_of(server, Path(folder))
        things = make_live(settings)
        accounts.an_account(settings.owner_url, "lifang", grants.everywhere([Role.PREMISES_OFFICER]))
        sessions = [accounts.a_session(settings.owner_url, "lifang") for _ in range(PEOPLE)]
        with _served(settings) as (address, told):
            asyncio.run(_day(address, sessions, things, WARMING))
            told.send(None)
            told.recv()
            asyncio.run(_day(address, sessions, things, TURN * asked.turns))
            told.send(None)
            taken: list[tuple[str, float]] = told.recv()
    _tell(taken)
    report("page", len(taken), quantiles([ms for _, ms in taken], n=20)[-1], "ms", {})
    return 0


def _tell(taken: list[tuple[str, float]]) -> None:
    by_page: dict[str, list[float]] = defaultdict(list)
    for page, ms in taken:
        by_page[page].append(ms)
    for page, found in sorted(by_page.items()):
        p95 = quantiles(found, n=20)[-1] if len(found) > 1 else found[0]
        progress(f"{page:<40} {len(found):>5} times  median {median(found):7.1f} ms  p95 {p95:7.1f} ms")


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
    watched = Watched(create_app(settings))
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


async def _day(address: str, sessions: list[str], things: list[tuple[str, str]], seconds: float) -> None:
    until = time.monotonic() + seconds
    await asyncio.gather(*(_person(address, number, secret, things, until) for number, secret in enumerate(sessions)))


async def _person(address: str, number: int, secret: str, things: list[tuple[str, str]], until: float) -> None:
    random = Random(number)  # noqa: S311 -- repeatable, not secret
    cookies = {"zhangtu-session": secret}
    async with httpx.AsyncClient(base_url=address, cookies=cookies, timeout=60) as client:
        await asyncio.sleep(random.uniform(0, READING[1]))
        while time.monotonic() < until:
            page = random.choice(random.choice(PAGES))
            kind, id = random.choice(things)
            answer = await client.get(page.format(kind=kind, id=id), headers={"x-bench": quote(page)})
            answer.raise_for_status()
            await asyncio.sleep(random.uniform(*READING))
