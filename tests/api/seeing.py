"""A bureau whose views are at the head of the log whenever it looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from api.composition import opened
from api.world.loading import load
from infra.cluster import Urls
from infra.settings import Settings
from projections.generations.cases import CaseAsked, investigated
from projections.generations.connecting import connect
from projections.generations.definition import current
from projections.generations.follow import Follower
from tests.scenarios.bureau import Bureau

if TYPE_CHECKING:
    from tests.api.conftest import Office


@dataclass(frozen=True)
class Seeing:
    """Someone who does things (`bureau`) and then looks at them from every angle."""

    bureau: Bureau
    client: httpx.Client
    urls: Urls
    follower: Follower

    def asks(self, path: str, **parameters: Any) -> httpx.Response:
        """`a_at` stands for `a.at`; None is left out."""
        while self.follower.step():
            pass
        given = {name.replace("_", ".", 1): text for name, text in parameters.items() if text is not None}
        return self.client.get(path, params=given or None)

    def sees(self, path: str, **parameters: Any) -> Any:
        answer = self.asks(path, **parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, path: str, status: int, **parameters: Any) -> str:
        """The code of the problem."""
        answer = self.asks(path, **parameters)
        assert answer.status_code == status, answer.text
        problem = answer.json()
        assert problem["detail"]
        assert problem["detail_en"]
        return str(problem["code"])

    def investigates(self, name: str, known: int, *only: object) -> None:
        asked = CaseAsked(name=name, known=known, only=tuple(str(one) for one in only))
        investigated(self.urls.owner, asked, most=100)


@contextmanager
def seeing(office: Office) -> Iterator[Seeing]:
    """By the live view that the database of this office began with."""
    with connect(office.urls.owner) as connection:
        follower = Follower(connection, current())
        while follower.step():
            pass
        entries = office.get("/v1/commands").json()["commands"]
        bureau = Bureau(office.client, {entry["key"]: entry["path"] for entry in entries})
        yield Seeing(bureau, office.client, office.urls, follower)


@contextmanager
def seeing_a_region(office: Office, settings: Settings, events: int) -> Iterator[Seeing]:
    """The same where ten years of a small region have happened."""
    with opened(settings) as services:
        load(services, events, 1)
    with seeing(office) as seen:
        yield seen
