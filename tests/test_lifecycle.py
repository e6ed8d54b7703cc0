"""A registry's life on one machine, with real processes: up, a second up, signals, kill -9, up again, down, reset."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.databases import PREFIX, Server

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0


@dataclass
class Registry:
    """A checkout's data folder, and the processes that were started on it."""

    var: Path
    port: int
    started: list[subprocess.Popen[str]] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(*arguments),
            cwd=ROOT,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def up(self) -> subprocess.Popen[str]:
        """Start, and wait until it answers."""
        with (self.var.parent / "up.log").open("a") as log:
            process = subprocess.Popen(
                self._command("up"),
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                text=True,
            )
        self.started.append(process)
        until = time.monotonic() + PATIENCE
        while not self.answers():
            assert process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)
        return process

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/healthz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def said(self) -> str:
        return (self.var.parent / "up.log").read_text()

    def servers(self) -> list[int]:
        """Every process of its database."""
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and self._is_ours(entry)]

    def _is_ours(self, process: Path) -> bool:
        try:
            return (process / "cwd").readlink().is_relative_to(self.var)
        except OSError:
            return False

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "api.cli", *arguments]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHANGTU_")}
        return {**kept, "ZHANGTU_VAR_DIR": str(self.var), "ZHANGTU_PORT": str(self.port), **self.settings}


@pytest.fixture
def registry() -> Iterator[Registry]:
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    folder.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Registry(var=folder / "var", port=port)
    yield made
    for process in made.started:
        process.kill()
        process.wait()
    made.run("reset", "--yes")
    shutil.rmtree(folder)


@pytest.mark.database
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_web_and_the_database_in_order(registry: Registry, sent: signal.Signals) -> None:
    process = registry.up()
    process.send_signal(sent)
    assert process.wait(PATIENCE) == 0
    assert registry.servers() == []
    assert "Traceback" not in registry.said()


@pytest.mark.database
def test_after_kill_9_of_everything_the_next_up_recovers_by_itself(registry: Registry) -> None:
    process = registry.up()
    kept = registry.run("token", "create", "--name=n", "--user=u", "--unit=d", "--role=clerk")
    assert kept.returncode == 0, kept.stderr
    for pid in [process.pid, *registry.servers()]:
        os.kill(pid, signal.SIGKILL)
    process.wait()
    registry.up()
    assert "clerk" in registry.run("token", "list").stdout


@pytest.mark.database
def test_a_second_start_takes_less_than_five_seconds_of_work(registry: Registry) -> None:
    first = registry.up()
    first.terminate()
    first.wait(PATIENCE)
    assert _seconds_of_work(registry.up().pid) < 5


def _seconds_of_work(pid: int) -> float:
    """Processor time of a process and its finished children: the clock on the wall would measure who else works here."""
    fields = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")


@pytest.mark.database
def test_a_second_up_says_plainly_that_the_first_is_running(registry: Registry) -> None:
    registry.up()
    second = registry.run("up")
    assert second.returncode == 1
    assert registry.address in second.stderr
    assert "Traceback" not in second.stderr
    assert registry.answers()


@pytest.mark.database
def test_a_database_that_dies_under_a_running_registry_is_brought_back(registry: Registry) -> None:
    registry.up()
    for pid in registry.servers():
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while not (registry.servers() and registry.answers()):
        assert time.monotonic() < until, registry.said()
        time.sleep(0.1)


@pytest.mark.database
def test_down_stops_it_status_tells_and_reset_leaves_nothing(registry: Registry) -> None:
    process = registry.up()
    assert registry.run("status").returncode == 0
    assert registry.run("down").returncode == 0
    assert process.wait(PATIENCE) == 0
    assert registry.run("status").returncode == 3
    assert registry.run("reset", "--yes").returncode == 0
    assert {entry.suffix for entry in registry.var.iterdir()} == {".lock"}


@pytest.mark.database
def test_the_first_token_is_readable_by_its_owner_alone_and_is_made_once(registry: Registry) -> None:
    process = registry.up()
    token = registry.var / "token"
    assert token.stat().st_mode & 0o777 == 0o600
    process.terminate()
    process.wait(PATIENCE)
    token.unlink()
    registry.up()
    assert not token.exists()
    assert len(registry.run("token", "list").stdout.splitlines()) == 1


def test_a_server_of_the_users_own_is_used_and_left_running(registry: Registry, cluster: Server) -> None:
    with cluster.new_database(template="template0") as urls:
        registry.settings["ZHANGTU_DATABASE_URL"] = urls.superuser
        process = registry.up()
        process.terminate()
        assert process.wait(PATIENCE) == 0
        assert registry.servers() == []
        assert cluster.cluster.status().running
        assert "administrator" in registry.run("token", "list").stdout
        registry.settings.clear()


def test_a_taken_port_is_told_before_anything_is_started(registry: Registry) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", registry.port))
        other.listen()
        done = registry.run("up")
    assert done.returncode == 1
    assert "ZHANGTU_PORT" in done.stderr
    assert not (registry.var / "postgres").exists()
