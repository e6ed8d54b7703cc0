"""What fifty people do with a registry: they look at pages, read them, and now and then record something with a form."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from random import Random
from urllib.parse import quote
from zoneinfo import ZoneInfo

import httpx

from tests.api.console.filling import Form

PEOPLE = 50
READING = (2.0, 8.0)
"""Seconds between two pages of one person."""
RECORDING = 1 / 20
"""How much of what people do is to record something."""
PAGES = (
    ("/",),
    ("/rooms", "/buildings", "/vehicles", "/items", "/units"),
    ("/rooms?status=in-service&sort=-net_area", "/vehicles?status=in-service", "/rooms?totals=true", "/history"),
    ("/{kind}/{id}", "/{kind}/{id}/timeline", "/{kind}/{id}/history", "/{kind}/{id}/relations"),
    ("/{kind}/{id}?at=2024-06-01", "/search?q=财政", "/statistics/premises", "/inbox"),
    ("/v1/{kind}/{id}", "/v1/rooms?limit=50&count=true", "/v1/{kind}/{id}/history", "/v1/attention"),
)
"""One of each line as often as of another."""
FORM = "/rooms/do/measure"
_MEASURED = {"mandate.reason": "年度测量", "mandate.documents.0.number": "宁机管发〔2026〕17号"}
NAMED = "x-bench"
"""The header that says which page is meant, whatever thing it is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Where they go, as whom, and about what. `patient`: they read what they are shown before they go on."""

    address: str
    sessions: Sequence[str]
    things: Sequence[tuple[str, str]]
    rooms: Sequence[str]

    async def work(self, seconds: float, *, patient: bool) -> None:
        until = time.monotonic() + seconds
        await asyncio.gather(*(self._person(number, until, patient=patient) for number in range(len(self.sessions))))

    async def _person(self, number: int, until: float, *, patient: bool) -> None:
        random = Random(number)  # noqa: S311 -- repeatable, not secret
        cookies = {"zhangtu-session": self.sessions[number]}
        async with httpx.AsyncClient(base_url=self.address, cookies=cookies, timeout=60) as client:
            await asyncio.sleep(random.uniform(0, READING[1] if patient else 0))
            while time.monotonic() < until:
                if patient and random.random() < RECORDING:
                    await self._record(client, random, self.rooms[number :: len(self.sessions)])
                else:
                    await self._look(client, random)
                await asyncio.sleep(random.uniform(*READING) if patient else 0)

    async def _look(self, client: httpx.AsyncClient, random: Random) -> None:
        page = random.choice(random.choice(PAGES))
        kind, id = random.choice(self.things)
        answer = await client.get(page.format(kind=kind, id=id), headers={NAMED: quote(page)})
        answer.raise_for_status()

    async def _record(self, client: httpx.AsyncClient, random: Random, rooms: Sequence[str]) -> None:
        """The area of a room that nobody else is at: the form is opened, filled in, and carried out."""
        path = f"{FORM}?id={random.choice(rooms)}"
        form = Form((await client.get(path, headers={NAMED: FORM})).raise_for_status())
        await asyncio.sleep(random.uniform(*READING))
        today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
        area = f"{random.uniform(12, 40):.2f}"
        said = {**form.fields, **_MEASURED, "net_area": area, "mandate.effective": today}
        answer = await client.post(path, data=said, headers={NAMED: f"POST {FORM}"})
        if answer.status_code != HTTPStatus.OK or Form(answer).wrong:
            raise ValueError(f"not recorded: {answer.status_code} {Form(answer).wrong} {answer.text}")
