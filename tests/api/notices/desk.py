"""People who are told things, and what brings it about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

import httpx
import psycopg

from api.app import create_app
from api.composition import opened
from api.notices.following import Following
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import accounts as kept_accounts
from infra.cluster import Urls
from infra.notices import follower
from infra.settings import Settings
from tests import accounts
from tests.api.access.counties import County, settled
from tests.api.access.region import Region
from tests.api.conftest import Office, a_token, serving
from tests.api.seeing import seeing
from tests.scenarios.bureau import Bureau


@dataclass
class Desk:
    """`mine` and `other` are two counties that have nothing to do with each other."""

    region: Region
    clients: dict[str, httpx.Client] = field(default_factory=dict)

    @property
    def mine(self) -> County:
        return self.region.mine

    @property
    def other(self) -> County:
        return self.region.other

    @cached_property
    def following(self) -> Following:
        return Following(self.region.services.pool)

    def someone(self, login: str, *given: Grant) -> httpx.Client:
        """Somebody of this login, who has these roles at least."""
        secret = accounts.a_token(self.region.desk.urls.owner, login, given=given)
        if login not in self.clients:
            made = httpx.Client(
                base_url=self.region.desk.client.base_url, headers={"Authorization": f"Bearer {secret}"}, timeout=60
            )
            self.clients[login] = self.region.stack.enter_context(made)
        return self.clients[login]

    def bureau(self, client: httpx.Client) -> Bureau:
        """The same, at work."""
        self.region.catch_up()
        return Bureau(client, self.region.desk.bureau.paths)

    def notify(self) -> None:
        """Everything that happened so far is in the view, and whoever it concerns is told."""
        self.region.catch_up()
        while self.following.step():
            pass

    def account(self, login: str) -> UUID:
        with psycopg.connect(self.region.desk.urls.owner) as owner:
            found = kept_accounts.named(owner, login)
        assert found is not None
        return found.id

    def rename(self, county: County, name: str, day: str = "2026-01-05") -> int:
        """Something that happens to a county's branch; its position."""
        done = self.region.desk.bureau.does(
            "units.rename", county.named["branch"], name=f"{county.name}{name}", effective=day
        )
        return done.position


@contextmanager
def a_desk(urls: Urls, settings: Settings) -> Iterator[Desk]:
    authorization = {"Authorization": f"Bearer {a_token(urls)}"}
    with ExitStack() as stack:
        address = stack.enter_context(serving(create_app(settings)))
        client = stack.enter_context(httpx.Client(base_url=address, headers=authorization, timeout=60))
        seeing_all = stack.enter_context(seeing(Office(client=client, urls=urls)))
        services = stack.enter_context(opened(settings))
        region = Region(
            desk=seeing_all,
            services=services,
            mine=settled(seeing_all.bureau, "甲县", "640381", 10),
            other=settled(seeing_all.bureau, "乙县", "640323", 30),
            stack=stack,
        )
        region.catch_up()
        with services.pool.connection() as connection:
            follower.moved(connection, region.desk.bureau.head())
        yield Desk(region)


def in_county(role: Role, county: County) -> Grant:
    return Grant(role=role, division=county.division)


def notices(client: httpx.Client, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"/v1/notices?{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["notices"]
    return found


def told(client: httpx.Client) -> list[tuple[str, int]]:
    """Why, and of which position; the latest first."""
    return [(one["why"]["key"], one["position"]) for one in notices(client)]


def watch(client: httpx.Client, **what: str) -> str:
    answer = client.post("/v1/watches", json=what)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
