"""`rebuild`, `generations` and `investigate`, as a person at the console runs them: beside a running `up`, and without one."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from infra.cluster import Cluster
from tests.processes import LivingRegistry, living_registry
from tests.projections.generations.situations import eventually

pytestmark = [pytest.mark.database, pytest.mark.slow]


@pytest.fixture(scope="module")
def registry() -> Iterator[LivingRegistry]:
    """One that runs, with the demonstration in it."""
    with living_registry() as made:
        made.up()
        eventually(lambda: _views(made)["state"] == "following" and _views(made)["lag"] == 0)
        yield made


def _views(registry: LivingRegistry) -> dict[str, object]:
    views: dict[str, object] = httpx.get(f"{registry.address}/healthz", timeout=10).json()["views"]
    return views


def _listed(registry: LivingRegistry) -> dict[str, list[str]]:
    done = registry.run("generations")
    assert done.returncode == 0, done.stderr
    return {line.split("\t")[0]: line.split("\t") for line in done.stdout.splitlines()[1:]}


def _live(registry: LivingRegistry) -> str:
    with psycopg.connect(_owner(registry)) as connection:
        row = connection.execute("SELECT schema FROM reading.generations WHERE role = 'live'").fetchone()
    assert row is not None
    return str(row[0])


def _owner(registry: LivingRegistry) -> str:
    return Cluster(registry.var / "postgres").urls().owner


def _execute(registry: LivingRegistry, statement: str) -> None:
    with psycopg.connect(_owner(registry), autocommit=True) as connection:
        connection.execute(statement.encode())


def test_a_rebuild_verifies_and_swaps_under_the_running_registry(registry: LivingRegistry) -> None:
    before = _live(registry)
    done = registry.run("rebuild", "--verify", "--swap")
    assert done.returncode == 0, done.stderr
    assert "完全一致" in done.stderr
    listed = _listed(registry)
    assert (listed[_live(registry)][1], listed[before][1]) == ("live", "former")


def test_back_returns_to_the_former_one(registry: LivingRegistry) -> None:
    registry.run("rebuild", "--swap")
    after = _live(registry)
    done = registry.run("generations", "back")
    assert done.returncode == 0, done.stderr
    assert _live(registry) != after


def test_differences_are_printed_and_stop_the_swap(registry: LivingRegistry) -> None:
    live = _live(registry)
    _execute(registry, f"UPDATE {live}.history SET reason = '伪造' WHERE position = 3")  # noqa: S608 -- a name of ours
    done = registry.run("rebuild", "--verify", "--swap")
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith("history\tposition=3\treason")
    assert "live=伪造" in line
    assert "#3 " in line
    assert _live(registry) == live
    assert registry.run("rebuild", "--swap").returncode == 0
    assert registry.run("rebuild", "--verify").returncode == 0


def test_an_investigation_is_made_listed_and_dropped(registry: LivingRegistry) -> None:
    made = registry.run("investigate", "--known", "#20", "--name", "审计一")
    assert made.returncode == 0, made.stderr
    assert "case=审计一" in made.stderr
    (line,) = registry.run("investigate", "--list").stdout.splitlines()
    assert line.split("\t")[1:5] == ["case", "ready", "审计一", "20"]
    assert registry.run("investigate", "--drop", "审计一").returncode == 0
    assert registry.run("investigate", "--list").stdout == ""


def test_what_cannot_be_is_one_plain_message_in_both_languages(registry: LivingRegistry) -> None:
    for arguments, said in (
        (("investigate",), "--known"),
        (("investigate", "--known", "#99999999", "--name", "x"), "#"),
        (("generations", "drop", "g999"), "g999"),
        (("generations", "drop", _live(registry)), "cannot be dropped"),
    ):
        done = registry.run(*arguments)
        assert done.returncode == 1, arguments
        assert said.strip("#") in done.stderr
        assert "✗" in done.stderr
        assert "Traceback" not in done.stderr
    assert registry.run("investigate", "--known", "gestern", "--name", "x").returncode == 2


def test_resume_has_nothing_to_do_where_nothing_is_parked(registry: LivingRegistry) -> None:
    assert registry.run("generations", "resume").returncode == 0


def test_the_process_that_keeps_the_views_is_replaced_when_it_is_killed(registry: LivingRegistry) -> None:
    (runner,) = _runners(registry)
    subprocess.run(["kill", "-9", str(runner)], check=True)
    eventually(lambda: _runners(registry) not in ([], [runner]) and _views(registry)["leader"])


def test_it_does_not_outlive_the_registry(registry: LivingRegistry) -> None:
    (runner,) = _runners(registry)
    registry.started[-1].kill()
    registry.started[-1].wait()
    eventually(lambda: not _alive(runner))


def test_without_a_running_registry_the_verbs_start_what_they_need(registry: LivingRegistry) -> None:
    registry.stopped()
    done = registry.run("rebuild", "--verify", "--swap")
    assert done.returncode == 0, done.stderr
    assert registry.run("investigate", "--known", "#5", "--name", "x").returncode == 0
    assert [line[1] for line in _listed(registry).values()].count("live") == 1
    assert registry.servers() == []


def _runners(registry: LivingRegistry) -> list[int]:
    """Children of the registry's process that keep views."""
    parent = registry.started[-1].pid
    found = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return [int(line.split()[0]) for line in found.stdout.splitlines() if "generations.runner" in line]


def _alive(pid: int) -> bool:
    time.sleep(0.05)
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and not found.stdout.startswith("Z")
