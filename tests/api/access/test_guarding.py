"""What stands around the application: safe answers, and a first start that only this machine sees."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import iscoroutinefunction, isfunction
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from api.app import create_app
from api.door import Undeclared, admit, require_declared
from api.guarding import GuardedApp
from api.locked import FORWARDING, OnlyThisMachine
from api.safety import HEADERS
from infra.settings import Settings
from tests.api.conftest import Office
from tests.awaiting import awaited

PLACES = {
    "another machine": {"client": "203.0.113.7"},
    "another machine that says it is this one": {"client": "203.0.113.7", "headers": {"Host": "127.0.0.1"}},
    "a proxy of an old kind": {"version": "1.0"},
    "a name that was pointed here": {"headers": {"Host": "elsewhere.example"}},
    **{f"a proxy ({name})": {"headers": {name: "127.0.0.1"}} for name in FORWARDING},
}


def asked(app: Any, *, client: str = "127.0.0.1", version: str = "1.1", headers: dict[str, str] | None = None) -> int:
    """The status of an answer to somebody there."""
    given = {"host": "127.0.0.1:8640"} | {name.lower(): text for name, text in (headers or {}).items()}
    scope = {
        "type": "http", "http_version": version, "method": "GET", "path": "/", "query_string": b"",
        "client": (client, 1), "headers": [(name.encode(), text.encode()) for name, text in given.items()],
    }  # fmt: skip
    statuses: list[int] = []

    async def send(message: Any) -> None:
        statuses.append(message.get("status", 0))

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    awaited(app(scope, receive, send))
    return statuses[0]


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("hello")(scope, receive, send)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_before_the_first_passwords_are_changed_nobody_else_is_answered(place: Any) -> None:
    assert asked(OnlyThisMachine(hello, lambda _: True), **place) == 403
    assert asked(OnlyThisMachine(hello, lambda _: False), **place) == 200


@pytest.mark.parametrize("host", ["127.0.0.1:8640", "localhost", "[::1]:8640"])
def test_this_machine_is_answered_from_the_start(host: str) -> None:
    app = OnlyThisMachine(hello, lambda _: True)
    assert asked(app, headers={"Host": host}) == 200
    assert asked(app, client="::ffff:127.0.0.1", headers={"Host": host}) == 200


def test_it_opens_when_the_passwords_are_changed_and_stays_open() -> None:
    answers = iter([True, False])
    app = OnlyThisMachine(hello, lambda _: next(answers))
    assert [asked(app, client="203.0.113.7") for _ in range(4)] == [403, 200, 200, 200]


@pytest.mark.parametrize("path", ["/healthz", "/v1/openapi.json", "/v1/commands", "/nothing/there", "/v1/units"])
def test_every_answer_tells_the_browser_to_run_and_keep_nothing(office: Office, path: str) -> None:
    for answer in (office.get(path), httpx.get(f"{office.client.base_url}{path}")):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value or name == "Cache-Control"
        assert {"authorization", "cookie"} <= {one.strip().lower() for one in answer.headers["vary"].split(",")}
        assert "cache-control" in answer.headers


@pytest.mark.parametrize(("address", "kept"), [(None, False), ("https://zhangtu.example", True)])
def test_who_came_in_encrypted_stays_so(address: str | None, kept: bool, tmp_path: Path) -> None:
    settings = Settings(database_url="postgresql://x@127.0.0.1:9/y", public_url=address, var_dir=tmp_path)
    app = create_app(settings)
    assert isinstance(app, GuardedApp)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    async def answer() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get("/nothing")

    assert ("strict-transport-security" in awaited(answer()).headers) is kept


def test_a_route_beside_the_door_stops_the_application(tmp_path: Path) -> None:
    app = create_app(Settings(database_url="postgresql://x@127.0.0.1:9/y", var_dir=tmp_path))
    require_declared(app)
    found = next(route for route in app.routes if isinstance(route, APIRoute) and route.operation_id == "search")
    app.router.routes.remove(found)
    app.add_api_route(found.path, found.endpoint, operation_id="search")
    with pytest.raises(Undeclared, match="/v1/search"):
        require_declared(app)


def test_nothing_that_endpoints_depend_on_takes_a_thread(tmp_path: Path) -> None:
    """A dozen of threads a request took longer than what was done in them."""

    def below(dependant: Dependant) -> Iterator[Any]:
        for one in dependant.dependencies:
            yield one.call
            yield from below(one)

    app = create_app(Settings(database_url="postgresql://x@127.0.0.1:9/y", var_dir=tmp_path))
    asked = {one for route in app.routes if isinstance(route, APIRoute) for one in below(route.dependant)}
    assert [one for one in asked if not iscoroutinefunction(one) and isfunction(one)] == []
    assert admit in asked
