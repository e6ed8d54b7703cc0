"""A running API on a database of its own, and people with tokens."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from httpx import Response
from psycopg.conninfo import conninfo_to_dict

from api.app import create_app
from api.demo import loading as demo
from domain.access.roles import BY_NAME
from infra.cluster import Urls
from infra.settings import Settings
from projections.generations.runner import running
from tests import accounts
from tests.api.seeing import Seeing, seeing
from tests.databases import Server
from tests.map_hosts import MapHost, a_map_host
from tests.stores import rows

MANDATE = {"reason": "年度核定", "effective": "2020-01-01", "documents": [{"number": "宁管发〔2020〕1号"}]}


def settings_for(urls: Urls, folder: Path) -> Settings:
    return Settings(database_url=urls.application, owner_database_url=urls.owner, var_dir=folder)


def a_token(urls: Urls, role: str = "premises-officer", actor: str = "li", secret: str | None = None) -> str:
    """Of somebody who may do everything but administer, and does it as `role` where that role may."""
    return accounts.a_token(urls.owner, actor, role=BY_NAME[role], secret=secret)


def a_unit(name: str = "县财政局", **more: Any) -> dict[str, Any]:
    unit = {"name": name, "unit_kind": "government", "level": "county", "division": "640104"}
    return {"unit": unit, "mandate": MANDATE, **more}


@dataclass(frozen=True)
class Office:
    """Someone at work with the API."""

    client: httpx.Client
    urls: Urls

    def post(self, path: str, body: Any, *, key: str | UUID | None = None, **headers: str) -> Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, json=body, headers=sent | ({} if key is None else {"Idempotency-Key": str(key)}))

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def establish(self, name: str = "县财政局") -> str:
        answer = self.post("/v1/units", a_unit(name))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def head(self) -> int:
        return int(self.get("/healthz").json()["position"])


@contextmanager
def a_listener() -> Iterator[socket.socket]:
    """A port of one's own."""
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        yield listening


def address_of(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The application behind a real server, on a port of its own; its address."""
    with a_listener() as listening, serving_at(listening, app):
        yield address_of(listening)


@contextmanager
def serving_at(listening: socket.socket, app: FastAPI) -> Iterator[None]:
    """For an application that has to know its address beforehand."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", proxy_headers=False, timeout_graceful_shutdown=5))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="session")
def viewed(cluster: Server) -> Iterator[str]:
    """The name of a database with a live view of its empty log: to build one takes seconds, to copy it a moment."""
    with cluster.new_database() as urls:
        caught_up(urls)
        yield name_of(urls)


@pytest.fixture(scope="session")
def demonstrated(cluster: Server, viewed: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same with the demonstration in it."""
    with cluster.new_database(template=viewed) as urls:
        demo.load(settings_for(urls, tmp_path_factory.mktemp("demo")))
        caught_up(urls)
        yield name_of(urls)


def caught_up(urls: Urls) -> None:
    """There is a live view, and it shows all of the log."""
    shown = (
        "SELECT FROM reading.generations WHERE role = 'live' AND state = 'ready'"
        " AND position = (SELECT coalesce(max(position), 0) FROM log.events)"
    )
    with running(urls.owner):
        until = time.monotonic() + 60
        while not rows(urls.owner, shown):
            assert time.monotonic() < until
            time.sleep(0.02)


def name_of(urls: Urls) -> str:
    return str(conninfo_to_dict(urls.owner)["dbname"])


@pytest.fixture(scope="module")
def module_database(cluster: Server, viewed: str) -> Iterator[Urls]:
    """A fresh database that the tests of one module share, with a live view that is there already."""
    with cluster.new_database(template=viewed) as urls:
        yield urls


@pytest.fixture(scope="module")
def demonstration(cluster: Server, demonstrated: str) -> Iterator[Urls]:
    """As `module_database` of a module that begins with the demonstration."""
    with cluster.new_database(template=demonstrated) as urls:
        yield urls


@pytest.fixture(scope="module")
def host() -> Iterator[MapHost]:
    """A host of base maps."""
    with a_map_host() as host:
        yield host


@pytest.fixture(scope="module")
def bases_file() -> Path | None:
    """Which base maps there are: a module that wants some says so by a fixture of the same name."""
    return None


@pytest.fixture(scope="module")
def office(
    module_database: Urls, tmp_path_factory: pytest.TempPathFactory, bases_file: Path | None
) -> Iterator[Office]:
    settings = settings_for(module_database, tmp_path_factory.mktemp("var"))
    app = create_app(settings.model_copy(update={"bases_file": bases_file}))
    authorization = {"Authorization": f"Bearer {a_token(module_database)}"}
    with serving(app) as address, httpx.Client(base_url=address, headers=authorization, timeout=60) as client:
        yield Office(client=client, urls=module_database)


@pytest.fixture(scope="module")
def desk(office: Office) -> Iterator[Seeing]:
    """Someone at work who looks at what they did."""
    with seeing(office) as seen:
        yield seen
