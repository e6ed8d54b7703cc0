"""The server killed in the middle of batches: what it acknowledged is there, and what was sent again is there once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.conftest import a_listener
from tests.api.positions.conftest import HOME, Yard, now
from tests.processes import ROOT
from tests.stores import rows

BATCHES, EACH = 6, 1_000
KILLS = 1
SERVE = """
import sys, uvicorn
from api.app import create_app
from infra.settings import load_settings
uvicorn.run(create_app(load_settings()), host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
"""


class Server:
    """A process of its own, begun again whenever it was killed."""

    def __init__(self, yard: Yard, var: Path) -> None:
        with a_listener() as free:
            self.port = free.getsockname()[1]
        self._env = {**os.environ, "ZHANGTU_DATABASE_URL": yard.desk.urls.application, "ZHANGTU_VAR_DIR": str(var)}
        self._env["ZHANGTU_OWNER_DATABASE_URL"] = yard.desk.urls.owner
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen([sys.executable, "-c", SERVE, str(self.port)], cwd=ROOT, env=self._env)
        return self.process

    def kill(self) -> None:
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def a_server(yard: Yard, var: Path) -> Iterator[Server]:
    server = Server(yard, var)
    try:
        yield server
    finally:
        server.kill()


def batch(yard: Yard, number: int) -> list[dict[str, Any]]:
    begin = now() - timedelta(days=1) + timedelta(seconds=number * EACH)
    return [
        yard.at("car", (begin + timedelta(seconds=one)).isoformat(), HOME[0], HOME[1] + one * 1e-6)
        for one in range(EACH)
    ]


def send_all(yard: Yard, address: str, acknowledged: list[int]) -> None:
    """Each batch again and again until it is answered, as a careful device does."""
    headers = {"Authorization": yard.gateway.headers["authorization"]}
    with httpx.Client(base_url=address, headers=headers, timeout=20) as client:
        for number in range(BATCHES):
            body = {"system": "EPSG:4326", "positions": batch(yard, number)}
            while not answered(lambda: client.post("/v1/positions", json=body)):  # noqa: B023 -- called at once
                time.sleep(0.05)
            acknowledged.append(number)


def answered(send: Callable[[], httpx.Response]) -> bool:
    try:
        return send().status_code == 200
    except httpx.TransportError:
        return False


def kept(yard: Yard) -> dict[int, int]:
    """How many of each batch are there."""
    counted = rows(
        yard.desk.urls.owner,
        "SELECT floor(extract(epoch FROM at - %s) / %s)::int AS batch, count(*) FROM telemetry.positions WHERE vehicle = %s GROUP BY 1",
        now() - timedelta(days=1), EACH, yard.ids["car"],
    )  # fmt: skip
    return dict(counted)


@pytest.mark.slow
def test_what_was_acknowledged_is_there_once_however_often_the_server_is_killed(yard: Yard, tmp_path: Path) -> None:
    acknowledged: list[int] = []
    with a_server(yard, tmp_path) as server:
        sender = threading.Thread(
            target=send_all, args=(yard, f"http://127.0.0.1:{server.port}", acknowledged), daemon=True
        )
        sender.start()
        for kill in range(KILLS):
            while len(acknowledged) <= kill * 4:
                time.sleep(0.002)
            time.sleep(0.02)
            server.kill()
            told, found = list(acknowledged), kept(yard)
            assert {number: found.get(number) for number in told} == dict.fromkeys(told, EACH)
            assert set(found.values()) == {EACH}, "a batch is there whole or not at all"
            server.start()
        sender.join(timeout=120)
    assert acknowledged == list(range(BATCHES))
    assert kept(yard) == dict.fromkeys(range(BATCHES), EACH)
