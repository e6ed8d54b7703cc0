"""The process that keeps the views: one leads, another takes over, and what is missing or outdated is built."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from infra.settings import ROOT
from projections.generations.connecting import LEADS, connect, is_held
from projections.generations.definition import Definition, current
from projections.generations.health import health
from projections.generations.runner import Runner, running
from tests.projections.generations.situations import Log, eventually
from tests.stores import rows, run


@contextmanager
def a_runner(log: Log) -> Iterator[subprocess.Popen[bytes]]:
    """A real process, as `./dev up` starts it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHANGTU_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "projections.generations.runner"],
        cwd=ROOT,
        env={**kept, "ZHANGTU_DATABASE_URL": log.url},
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdin is not None
        process.stdin.close()


def _caught_up(log: Log) -> bool:
    live = log.the_live_one()
    return live is not None and live.is_ready and live.position == log.head()


def _leads(log: Log) -> bool:
    with connect(log.url) as connection:
        return is_held(connection, *LEADS)


def _waits(log: Log) -> bool:
    return bool(rows(log.urls.superuser, "SELECT FROM pg_locks WHERE NOT granted"))


def _as_rebuilt(log: Log) -> bool:
    live = log.the_live_one()
    assert live is not None
    return log.digest(live) == log.rebuilt()


def test_where_nothing_is_live_it_builds_a_view_and_follows(log: Log) -> None:
    log.pour(500)
    with running(log.url):
        eventually(lambda: _caught_up(log))
        log.pour(900)
        eventually(lambda: _caught_up(log))
    assert _as_rebuilt(log)


def test_an_empty_log_has_a_live_view_in_a_moment(log: Log) -> None:
    with running(log.url):
        eventually(lambda: _caught_up(log), patience=10)


STEPS = {
    "making": "LOCK TABLE reading.generations IN SHARE MODE",
    "filling": "LOCK TABLE reading.chunks IN ACCESS EXCLUSIVE MODE",
    "swapping": "SELECT FROM reading.generations FOR UPDATE",
    "beginning": "SELECT FROM reading.generations FOR UPDATE",
    "folding": "LOCK TABLE log.events IN ACCESS EXCLUSIVE MODE",
    "writing": "LOCK TABLE g1.history IN ACCESS EXCLUSIVE MODE",
}
"""What a leader waits for in each step, when someone else holds it."""


@pytest.mark.parametrize("step", STEPS)
def test_a_leader_killed_in_any_step_is_followed_by_another_and_nothing_is_lost_or_doubled(log: Log, step: str) -> None:
    """Whatever it does next waits for a lock of ours, and there it dies by SIGKILL."""
    log.pour(300)
    if step == "swapping":
        log.built()
    elif step in ("beginning", "folding", "writing"):
        log.live()
        log.pour(900)
    with log.holding(STEPS[step]) as other, a_runner(log) as leader:
        eventually(lambda: _waits(log))
        leader.kill()
        leader.wait()
        other.rollback()
        log.pour(1_200)
        with a_runner(log):
            eventually(lambda: _caught_up(log))
    assert _as_rebuilt(log)


def test_the_next_one_leads_within_seconds_of_a_kill(log: Log) -> None:
    log.pour(300)
    log.live()
    with a_runner(log) as first:
        eventually(lambda: _leads(log))
        with a_runner(log):
            first.kill()
            log.pour(600)
            eventually(lambda: _caught_up(log), patience=10)


def test_a_leader_that_is_stopped_loses_the_lead(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that hangs still has its session; the server ends a session that is silent for too long."""
    monkeypatch.setattr("projections.generations.runner.LONGEST_SILENCE", "1s")
    log.pour(300)
    log.live()
    with running(log.url) as runner:
        eventually(lambda: _leads(log))
        for poll in ("POLL_SECONDS", "BUSY_POLL_SECONDS"):
            monkeypatch.setattr(f"projections.generations.runner.{poll}", 3.0)
        log.pour(301)
        eventually(lambda: not _leads(log), patience=10)
        for poll in ("POLL_SECONDS", "BUSY_POLL_SECONDS"):
            monkeypatch.setattr(f"projections.generations.runner.{poll}", 0.05)
        log.pour(600)
        eventually(lambda: _caught_up(log))
        assert not runner.stop.is_set()


def test_only_one_of_several_leads(log: Log) -> None:
    log.pour(300)
    with running(log.url), running(log.url), running(log.url):
        eventually(lambda: _caught_up(log))
        log.pour(900)
        eventually(lambda: _caught_up(log))
    assert [one.role for one in log.generations().values()] == ["live"]
    assert _as_rebuilt(log)


def test_it_survives_the_loss_of_every_connection(log: Log) -> None:
    log.pour(300)
    log.live()
    with running(log.url):
        for head in (500, 700, 900):
            eventually(lambda: _leads(log))
            log.pour(head)
            run(log.urls.superuser, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                    " WHERE application_name = 'zhangtu_projector' AND datname = current_database()")  # fmt: skip
            eventually(lambda: _caught_up(log))
    assert _as_rebuilt(log)


def test_a_transient_fault_is_tried_again_and_parks_nothing(log: Log) -> None:
    log.pour(300)
    live = log.live()
    run(log.urls.superuser,
        "CREATE SEQUENCE reading.tries",
        "GRANT USAGE ON SEQUENCE reading.tries TO zhangtu_projector",
        "CREATE FUNCTION boom() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF nextval('reading.tries') < 4 THEN"
        " RAISE SQLSTATE '40P01'; END IF; RETURN NULL; END$$",
        f"CREATE TRIGGER boom BEFORE INSERT ON {live.schema}.history EXECUTE FUNCTION boom()")  # fmt: skip
    log.pour(600)
    with running(log.url):
        eventually(lambda: _caught_up(log))
    assert log.parked(live) == {}
    assert _as_rebuilt(log)


def test_a_changed_definition_is_rebuilt_beside_and_swapped_in_when_it_has_caught_up(log: Log) -> None:
    log.pour(600)
    old = log.live()
    newer = Definition("newer", current().shape)
    runner = Runner(log.url, definition=newer)
    with _running(runner):
        log.pour(1_000)
        eventually(lambda: (live := log.the_live_one()) is not None and live.digest == "newer" and _caught_up(log))
    assert log.get(old).role == "former"
    assert _as_rebuilt(log)


@pytest.mark.parametrize("shape", ["same", "other"])
def test_meanwhile_the_old_view_can_be_read(log: Log, shape: str) -> None:
    log.pour(600)
    log.live()
    newer = Definition("newer", current().shape if shape == "same" else "other")
    with (
        log.holding("LOCK TABLE reading.chunks IN ACCESS EXCLUSIVE MODE") as other,
        _running(Runner(log.url, definition=newer)),
    ):
        eventually(lambda: _waits(log))
        log.pour(700)
        live = log.the_live_one()
        assert live is not None
        assert (live.schema, live.is_ready) == ("g1", True)
        other.rollback()
        eventually(lambda: (now := log.the_live_one()) is not None and now.digest == "newer" and _caught_up(log))


def test_going_back_to_the_older_program_takes_the_former_view_and_builds_nothing(log: Log) -> None:
    log.pour(600)
    old = log.live()
    with _running(Runner(log.url, definition=Definition("newer", "other"))):
        eventually(lambda: (live := log.the_live_one()) is not None and live.digest == "newer")
    log.pour(900)
    with running(log.url):
        eventually(lambda: log.get(old).role == "live" and _caught_up(log))
    assert len(log.generations()) == 2


@contextmanager
def _running(runner: Runner) -> Iterator[None]:
    thread = threading.Thread(target=runner.run)
    thread.start()
    try:
        yield
    finally:
        runner.stop.set()
        thread.join()


def test_a_broken_view_is_replaced_by_one_built_anew(log: Log) -> None:
    log.pour(600)
    broken = log.live()
    run(log.urls.superuser, f"DROP TABLE {broken.schema}.history CASCADE")
    log.pour(900)
    with running(log.url):
        eventually(lambda: (live := log.the_live_one()) is not None and live.id != broken.id and _caught_up(log))
    assert _as_rebuilt(log)


def test_parked_streams_are_tried_again_when_a_program_starts(log: Log) -> None:
    log.pour(600)
    live = log.live()
    stream = log.write_unreadable()
    log.follow()
    assert set(log.parked(live)) == {stream}
    run(log.urls.superuser,
        "ALTER TABLE log.events DISABLE TRIGGER ALL",
        "DELETE FROM log.events WHERE position = 601",
        "ALTER TABLE log.events ENABLE ALWAYS TRIGGER events_are_immutable")  # fmt: skip
    with running(log.url):
        eventually(lambda: log.parked(live) == {})


def test_it_ends_when_its_parent_is_gone(log: Log) -> None:
    log.pour(100)
    with a_runner(log) as process:
        eventually(lambda: _leads(log))
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)


def test_it_stops_in_order_when_asked_to(log: Log) -> None:
    log.pour(100)
    log.live()
    with a_runner(log) as process:
        eventually(lambda: _leads(log))
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert not _leads(log)


# Health ------------------------------------------------------------------------------------------------------------------


def _health(log: Log) -> dict[str, Any]:
    with psycopg.connect(log.urls.application) as connection:
        return health(connection, log.head())


def test_health_tells_position_lag_parked_streams_and_whether_anybody_leads(log: Log) -> None:
    log.pour(300)
    assert _health(log)["state"] == "missing"
    log.live()
    log.write_unreadable()
    told = _health(log)
    assert (told["state"], told["position"], told["lag"], told["leader"]) == ("standing-still", 300, 1, False)
    with running(log.url):
        eventually(lambda: _caught_up(log))
        told = _health(log)
    assert (told["state"], told["lag"], told["parked"], told["leader"]) == ("following", 0, 1, True)


def test_health_tells_how_much_of_the_first_view_is_built(log: Log) -> None:
    log.pour(300)
    log.make()
    told = _health(log)
    assert (told["state"], told["building"], told["position"], told["lag"]) == ("building", 0.0, None, None)
