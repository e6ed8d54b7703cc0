"""Somebody who answers for a service account, at work in a session of theirs, and what sends for its webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

import httpx
import psycopg

from api.webhooks.sending import sending
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import accounts as kept_accounts
from infra.access.console import console
from tests import accounts
from tests.api.notices.desk import Desk, in_county
from tests.api.webhooks.receiving import Receiver
from tests.browser.conftest import COOKIE
from tests.stores import run

_NEW = count()


@dataclass
class Holder:
    """`client` is in a session; whatever changes something carries its proof."""

    desk: Desk
    client: httpx.Client

    def service(self, role: Role = Role.FINANCE, *more: Grant, login: str | None = None) -> str:
        """The login of a service account of one's county, that one answers for."""
        login = login or f"service{next(_NEW)}"
        urls = self.desk.region.desk.urls
        with psycopg.connect(urls.owner) as owner, console(owner, "tests") as proof:
            holder = kept_accounts.named(owner, "holder")
            assert holder is not None
            kept_accounts.make(owner, proof, login=login, name=login, unit="县财政局", service=True, holder=holder.id)
        accounts.an_account(urls.owner, login, [in_county(role, self.desk.mine), *more])
        return login

    def make(self, receiver: Receiver, login: str | None = None, **said: Any) -> str:
        """A webhook of this account's to this receiver; its id."""
        account = self.desk.account(login or self.service())
        answer = self.asks(
            "POST", "/v1/webhooks", {"account": str(account), "name": "财政系统", "url": receiver.url, **said}
        )
        assert answer.status_code == 201, answer.text
        receiver.secret = answer.json()["secret"]
        return str(answer.json()["id"])

    def asks(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self.client.request(method, path, json=body)

    def told(self, id: str) -> dict[str, Any]:
        found: list[dict[str, Any]] = self.client.get("/v1/webhooks").json()["webhooks"]
        return next(one for one in found if one["id"] == id)

    def send(self, id: str) -> int:
        """Everything that can be sent now; how many steps that took."""
        self.desk.region.catch_up()
        return sum(1 for _ in sending(self.desk.region.services, UUID(id)))

    def sooner(self) -> None:
        """What waits to be tried again need not wait any longer."""
        run(self.desk.region.desk.urls.owner, "UPDATE webhooks.webhooks SET next_at = clock_timestamp()")


@contextmanager
def a_holder(desk: Desk, login: str = "holder") -> Iterator[Holder]:
    """In a session; `desk`'s application lets webhooks go to any port of this machine."""
    secret = accounts.a_session(desk.region.desk.urls.owner, login)
    address = desk.region.desk.client.base_url
    with httpx.Client(base_url=address, cookies={COOKIE: secret}, timeout=60) as client:
        client.headers["X-CSRF-Token"] = client.get("/v1/session").json()["csrf"]
        client.headers["Origin"] = str(address).rstrip("/")
        yield Holder(desk, client)
