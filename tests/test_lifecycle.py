"""A registry's life on one machine, with real processes: up, a second up, signals, kill -9, up again, down, reset."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from api.lifecycle.port import listening
from infra.settings import Settings
from tests.databases import Server
from tests.processes import PATIENCE, ROOT, LivingRegistry, living_registry

pytestmark = [pytest.mark.database, pytest.mark.slow]


@pytest.fixture(scope="module")
def registry() -> Iterator[LivingRegistry]:
    """One for all that does not end it: each takes it as the one before left it, running or stopped."""
    with living_registry() as made:
        yield made


@pytest.fixture
def fresh() -> Iterator[LivingRegistry]:
    with living_registry() as made:
        yield made


def test_the_first_start_shows_three_passwords_once_and_makes_a_token_for_its_owner_alone(
    registry: LivingRegistry,
) -> None:
    registry.up()
    shown = re.findall(r"^ +(\w+admin) +((?:[a-z0-9]{5}-?){4}) ", registry.said(), re.MULTILINE)
    assert [login for login, _ in shown] == ["sysadmin", "secadmin", "auditadmin"]
    for path in (path for path in registry.var.rglob("*") if path.is_file()):
        assert not any(password.encode() in path.read_bytes() for _, password in shown)
    # Until they are changed, nobody but this machine is answered.
    elsewhere = {"Host": "zhangtu.example"}
    assert httpx.get(f"{registry.address}/healthz", headers=elsewhere).json()["code"] == "first-start"
    for login, password in shown:
        new = f"贺兰山下果园成 塞北江南 {login}"
        assert registry.run("accounts", "change-password", login, typed=f"{password}\n{new}\n{new}\n").returncode == 0
    assert httpx.get(f"{registry.address}/healthz", headers=elsewhere).status_code == 200
    token = registry.var / "token"
    assert token.stat().st_mode & 0o777 == 0o600
    registry.stopped()
    token.unlink()
    before = registry.said()
    registry.up()
    assert not token.exists()
    assert "auditadmin" not in registry.said().removeprefix(before)
    assert len(registry.run("accounts", "token", "list").stdout.splitlines()) == 1


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_web_and_the_database_in_order(registry: LivingRegistry, sent: signal.Signals) -> None:
    process = registry.running()
    process.send_signal(sent)
    assert process.wait(PATIENCE) == 0
    assert registry.servers() == []
    assert "Traceback" not in registry.said()


def test_a_second_start_works_little_more_than_to_load_itself(registry: LivingRegistry) -> None:
    registry.stopped()
    assert _seconds_of_work(registry.up().pid) < 2 * _seconds_to_load()


def _seconds_to_load() -> float:
    """What Python takes to read the application and to put it together: the measure on a machine of any speed."""
    loading = "from api.cli import main; from api.app import create_app; from infra.settings import Settings; create_app(Settings())"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", loading], cwd=ROOT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _seconds_of_work(pid: int) -> float:
    """Processor time of a process and its finished children: the clock on the wall would measure who else works here."""
    fields = Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def test_after_kill_9_of_everything_the_next_up_recovers_by_itself(registry: LivingRegistry) -> None:
    registry.running()
    kept = registry.run("accounts", "create", "wang", "--name=王", "--unit=青铜峡市财政局")
    assert kept.returncode == 0, kept.stderr
    registry.kill_everything()
    registry.up()
    assert "wang" in registry.run("accounts", "list").stdout


def test_a_second_up_says_plainly_that_the_first_is_running(registry: LivingRegistry) -> None:
    registry.running()
    second = registry.run("up")
    assert second.returncode == 1
    assert registry.address in second.stderr
    assert "Traceback" not in second.stderr
    assert registry.answers()


def test_a_database_that_dies_under_a_running_registry_is_brought_back(registry: LivingRegistry) -> None:
    registry.running()
    for pid in registry.servers():
        with suppress(ProcessLookupError):  # the first takes others with it
            os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while not (registry.servers() and registry.answers()):
        assert time.monotonic() < until, registry.said()
        time.sleep(0.1)


def test_down_stops_it_status_tells_and_reset_leaves_nothing(registry: LivingRegistry) -> None:
    process = registry.running()
    assert registry.run("status").returncode == 0
    assert registry.run("down").returncode == 0
    assert process.wait(PATIENCE) == 0
    assert registry.run("status").returncode == 3
    assert registry.run("reset", "--yes").returncode == 0
    assert {entry.suffix for entry in registry.var.iterdir()} == {".lock"}


def test_a_server_of_the_users_own_is_used_and_left_running(fresh: LivingRegistry, cluster: Server) -> None:
    with cluster.new_database(template="template0") as urls:
        fresh.settings["ZHANGTU_DATABASE_URL"] = urls.superuser
        process = fresh.up()
        process.terminate()
        assert process.wait(PATIENCE) == 0
        assert fresh.servers() == []
        assert cluster.cluster.status().running
        assert fresh.run("accounts", "token", "list").stdout == ""
        fresh.settings.clear()


def test_a_taken_port_is_told_before_anything_is_started(fresh: LivingRegistry) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", fresh.port))
        other.listen()
        done = fresh.run("up")
    assert done.returncode == 1
    assert "ZHANGTU_PORT" in done.stderr
    assert not (fresh.var / "postgres").exists()


def test_answers_do_not_wait_for_acknowledgements(fresh: LivingRegistry) -> None:
    # What asyncio looks at before it turns Nagle's algorithm off; measuring the 40 ms instead would be fickle.
    with listening(Settings(port=fresh.port, var_dir=fresh.var)) as web:
        assert web.proto == socket.IPPROTO_TCP
