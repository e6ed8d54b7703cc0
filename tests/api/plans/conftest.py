"""A bureau that plans a reorganisation: two people with a plan between them, and somebody who has no part in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from httpx import Response

from infra.cluster import Urls
from tests import accounts
from tests.api.conftest import MANDATE, Office
from tests.api.feeding import following
from tests.scenarios.bureau import Bureau

ABOUT = {"title": "机构改革搬迁", "note": "先腾后进", "mandate": MANDATE}


@dataclass(frozen=True)
class Planner:
    """Somebody at work on plans."""

    client: httpx.Client
    login: str

    def makes(self, **more: Any) -> str:
        answer = self.client.post("/v1/plans", json={**ABOUT, **more})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def adds(self, plan: str, command: str, id: str | None = None, **arguments: Any) -> dict[str, Any]:
        answer = self.tries("POST", f"{plan}/lines", line(command, id, **arguments))
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def tries(self, method: str, path: str, body: Any = None, **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, f"/v1/plans/{path}", json=body, headers=named)

    def sees(self, path: str) -> Any:
        answer = self.client.get(f"/v1/plans/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def invites(self, plan: str, other: Planner, part: str = "editor") -> None:
        assert self.tries("PUT", f"{plan}/members/{other.login}", {"part": part}).status_code == 200


def line(command: str, id: str | None = None, **arguments: Any) -> dict[str, Any]:
    named = {} if id is None else {"id": id}
    return {"command": command, "arguments": arguments, **named}


@dataclass(frozen=True)
class Desk:
    """A bureau that does things, and a view that follows."""

    bureau: Bureau
    client: httpx.Client
    urls: Urls


@pytest.fixture(scope="module")
def desk(office: Office) -> Iterator[Desk]:
    paths = {entry["key"]: entry["path"] for entry in office.get("/v1/commands").json()["commands"]}
    with following(office.urls):
        yield Desk(Bureau(office.client, paths), office.client, office.urls)


@pytest.fixture(scope="module")
def planners(desk: Desk) -> Iterator[dict[str, Planner]]:
    with ExitStack() as stack:
        found = {}
        for login in ("wang", "zhao", "stranger"):
            headers = {"Authorization": f"Bearer {accounts.a_token(desk.urls.owner, login)}"}
            client = httpx.Client(base_url=desk.client.base_url, headers=headers, timeout=60)
            found[login] = Planner(stack.enter_context(client), login)
        yield found


@pytest.fixture
def wang(planners: dict[str, Planner]) -> Planner:
    """The one who makes plans."""
    return planners["wang"]


@pytest.fixture
def zhao(planners: dict[str, Planner]) -> Planner:
    return planners["zhao"]


@pytest.fixture
def stranger(planners: dict[str, Planner]) -> Planner:
    return planners["stranger"]


def news(planner: Planner) -> list[tuple[str, str]]:
    """What somebody was told and where it leads, the latest first."""
    told = planner.client.get("/v1/notices").json()["notices"]
    return [(one["zh"], one["link"]) for one in told]
