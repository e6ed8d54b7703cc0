"""A generation is filled by any number of processes, of which any may be killed at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from infra.settings import ROOT
from projections import models
from projections.generations import build as building
from projections.generations.build import BuildFailed, Crew, Progress, build
from projections.generations.catalogue import Generation
from projections.generations.connecting import connect
from projections.generations.telling import told
from tests.projections.generations.situations import Log, eventually, shown
from tests.stores import rows, run

TWO = Crew(workers=2)

BUILDER = """
import sys
from projections.generations import build
from projections.generations.children import die_with_parent
build.FEW_EVENTS = 0
die_with_parent()
build.build(sys.argv[1], int(sys.argv[2]), crew=build.Crew(workers=2))
"""


@pytest.fixture
def with_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few the events, other processes fold them."""
    monkeypatch.setattr(building, "FEW_EVENTS", 0)


@contextmanager
def a_builder(log: Log, generation: Generation) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own that builds, so that it can be killed."""
    command = [sys.executable, "-c", BUILDER, log.url, str(generation.id)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdin is not None
        process.stdin.close()


def _chunks_done(log: Log, generation: Generation) -> int:
    statement = "SELECT count(*) FROM reading.chunks WHERE generation = %s AND done"
    return int(rows(log.url, statement, generation.id)[0][0])


def _locked(generation: Generation, table: str) -> str:
    return f'LOCK TABLE {generation.schema}."{table}" IN ACCESS EXCLUSIVE MODE'


@pytest.mark.usefixtures("with_processes")
def test_other_processes_make_the_same_as_this_one_alone(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    log.pour(2_000)
    together = log.built(crew=TWO)
    monkeypatch.setattr(building, "FEW_EVENTS", 1_000_000)
    assert log.digest(together) == log.digest(log.built())


def test_the_server_keeps_the_tables_clean_from_when_they_are_filled_and_not_before(log: Log) -> None:
    log.pour(100)
    told = "SELECT DISTINCT reloptions FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = %s AND relkind = 'r'"
    begun = log.make()
    assert rows(log.url, told, begun.schema) == [(["autovacuum_enabled=false"],)]
    assert rows(log.url, told, log.built().schema) == [(None,)]


def test_a_built_one_has_every_table_with_its_key_and_indexes(log: Log) -> None:
    log.pour(500)
    made = log.built()
    for table in models.tables():
        found = rows(log.url, "SELECT indexname FROM pg_indexes WHERE schemaname = %s AND tablename = %s",
                     made.schema, table.name)  # fmt: skip
        assert len(found) == 1 + len(table.indexes), table.name


def test_it_holds_nothing_of_what_came_after_its_goal(log: Log) -> None:
    log.pour(700)
    early = log.built()
    log.pour(1_500)
    assert log.digest(log.built(goal=700)) == log.digest(early)


def test_nobody_reads_one_that_is_not_ready(log: Log) -> None:
    log.pour(300)
    made = log.make()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        shown(log, made)
    build(log.url, made.id)
    assert shown(log, made) == 300


def test_an_empty_log_has_a_view_too(log: Log) -> None:
    assert log.built().is_ready


@pytest.mark.parametrize("step", ["chunks", "filling", "indexes", "ready"])
def test_a_builder_killed_in_any_step_is_gone_on_from_and_nothing_tells_the_difference(log: Log, step: str) -> None:
    """Whatever it does next waits for a lock of ours, and there it dies by SIGKILL."""
    log.pour(2_000)
    made = log.make()
    waits_for = {
        "chunks": "LOCK TABLE reading.chunks IN ACCESS EXCLUSIVE MODE",
        "filling": _locked(made, "upkeep"),
        "indexes": "",
        "ready": f"SELECT FROM reading.generations WHERE id = {made.id} FOR UPDATE",
    }
    if step == "indexes":
        _kill_while_it_makes_indexes(log, made)
    else:
        with log.holding(waits_for[step]) as other, a_builder(log, made) as builder:
            eventually(lambda: _somebody_waits(log))
            builder.kill()
            builder.wait()
            other.rollback()
    assert log.get(made).state == "building"
    assert build(log.url, made.id).is_ready
    assert log.digest(made) == log.rebuilt()


def _kill_while_it_makes_indexes(log: Log, made: Generation) -> None:
    reads = f'LOCK TABLE {made.schema}."units" IN ROW EXCLUSIVE MODE'  # lets rows in, and keeps an index out
    with log.holding(reads) as other, a_builder(log, made) as builder:
        eventually(lambda: _somebody_waits(log))
        builder.kill()
        builder.wait()
        other.rollback()


def _somebody_waits(log: Log) -> bool:
    return bool(rows(log.urls.superuser, "SELECT FROM pg_locks WHERE NOT granted"))


@pytest.mark.usefixtures("with_processes")
def test_what_was_done_before_the_kill_is_not_done_again(log: Log) -> None:
    log.pour(2_000)
    made = log.make()
    with a_builder(log, made) as builder:
        eventually(lambda: _chunks_done(log, made) > 3)
        builder.kill()
        builder.wait()
    done = "SELECT sum(events)::int FROM reading.chunks WHERE generation = %s"
    kept = rows(log.url, done, made.id)[0][0]
    told: list[Progress] = []
    build(log.url, made.id, told=told.append)
    assert told[0].before == kept > 0
    assert log.digest(made) == log.rebuilt()


def test_workers_die_with_their_builder(log: Log) -> None:
    log.pour(2_000)
    made = log.make()
    with log.holding(_locked(made, "upkeep")), a_builder(log, made) as builder:
        eventually(lambda: len(_children(builder.pid)) == 2)
        workers = _children(builder.pid)
        builder.kill()
        builder.wait()
        eventually(lambda: not any(_lives(pid) for pid in workers))


def _children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as file:  # noqa: PTH123 -- no other way into /proc is shorter
        return [int(child) for child in file.read().split()]


def _lives(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123 -- as above
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.usefixtures("with_processes")
def test_a_worker_that_dies_is_replaced(log: Log) -> None:
    log.pour(2_000)
    made = log.make()
    killed: list[int] = []

    def kill_one(progress: Progress) -> None:
        if not killed and 0 < progress.events < progress.total:
            killed.extend(_children(os.getpid())[-1:])
            os.kill(killed[0], signal.SIGKILL)

    assert build(log.url, made.id, crew=TWO, told=kill_one).is_ready
    assert killed
    assert log.digest(made) == log.rebuilt()


def test_two_builders_of_one_generation_do_not_get_in_each_others_way(log: Log) -> None:
    log.pour(2_000)
    made = log.make()
    with a_builder(log, made) as first, a_builder(log, made) as second:
        assert first.wait() == second.wait() == 0
    assert log.digest(made) == log.rebuilt()


def test_a_build_that_cannot_be_is_marked_with_its_reason(log: Log) -> None:
    log.pour(300)
    made = log.make()
    run(log.urls.superuser, f"DROP TABLE {made.schema}.history CASCADE")
    with pytest.raises(psycopg.errors.UndefinedTable):
        build(log.url, made.id)
    assert log.get(made).state == "failed"
    assert "history" in str(log.get(made).error)
    with pytest.raises(BuildFailed):
        build(log.url, made.id)


def test_progress_says_done_rate_and_time_left_in_both_languages(log: Log) -> None:
    made = log.make(goal=1_000)
    zh, en = told(Progress(generation=made, step="filling", events=500, total=1_000, seconds=2.0, before=300))
    assert ("500 / 1,000" in zh, "50 %" in zh, "每秒 100 条" in zh, "5 秒" in zh) == (True,) * 4
    assert en == "g1: folded 500 / 1,000 (50 %), 100 events/s, about 5 s left"


def test_streams_of_any_number_are_cut_into_chunks_without_gap_or_overlap(log: Log) -> None:
    log.pour(2_000)
    made = log.built()
    found = rows(
        log.url, "SELECT lower, upper, events FROM reading.chunks WHERE generation = %s ORDER BY lower", made.id
    )
    assert [row[0] for row in found][1:] == [row[1] for row in found][:-1]
    assert (found[0][0].int, found[-1][1], sum(row[2] for row in found)) == (0, None, 2_000)


def test_the_projector_may_not_change_the_log(log: Log) -> None:
    with connect(log.url) as projector, pytest.raises(psycopg.errors.InsufficientPrivilege):
        projector.execute("DELETE FROM log.events")
