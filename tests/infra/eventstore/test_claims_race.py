"""Many want one plate at one moment: exactly one gets it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.kernel.saving import ValueTaken
from infra.cluster import Urls
from tests.stores import Store, claiming, established, raw_append, rows

THREADS, PROCESSES = 16, 2
WAITING = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def _wait_until_so_many_wait(url: str, count: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        while (connection.execute(WAITING).fetchone() or (0,))[0] < count:
            connection.execute("SELECT pg_sleep(0.01)")


def test_of_sixteen_threads_in_each_of_two_processes_one_gets_the_plate(store: Store, module_database: Urls) -> None:
    command = [sys.executable, "-m", "tests.endurance.client", "race", module_database.application, "宁A66666"]
    with psycopg.connect(module_database.owner) as gate:
        # Both processes stand before the log's lock, and are let in together.
        gate.execute("SELECT pg_advisory_xact_lock(7264, 1)")
        clients = [
            subprocess.Popen([*command, str(THREADS)], stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)
        ]
        _wait_until_so_many_wait(module_database.superuser, PROCESSES)
        gate.commit()
    answers = [line.split() for client in clients for line in client.communicate(timeout=60)[0].splitlines()]
    assert Counter(answer for answer, _ in answers) == {"got": 1, "taken": THREADS * PROCESSES - 1}
    (winner,) = {holder for _, holder in answers}
    assert rows(module_database.owner, "SELECT holder FROM log.claims WHERE value = '宁A66666'") == [(UUID(winner),)]
    assert len(store.recorder.events_of(UUID(winner))) == 1


@pytest.mark.parametrize("scope", ["plate", "certificate"])
def test_of_sixteen_connections_let_in_together_one_gets_the_value(
    store: Store, module_database: Urls, scope: str
) -> None:
    """Without the writer's sharing of commits: sixteen transactions."""
    claim = '{"claims": [{"scope": "%s", "value": "宁〔2026〕1号", "holder": "%s"}]}'

    def attempt() -> str:
        holder = uuid4()
        with psycopg.connect(store.conninfo, autocommit=True) as connection:
            answers = raw_append(connection, (uuid4(), claim % (scope, holder), [(holder, 1)]))
        return str(answers[0][0])

    with ThreadPoolExecutor(THREADS) as threads:
        with psycopg.connect(module_database.owner) as gate:
            gate.execute("SELECT pg_advisory_xact_lock(7264, 1)")
            attempts = [threads.submit(attempt) for _ in range(THREADS)]
            _wait_until_so_many_wait(module_database.superuser, THREADS)
            gate.commit()
        outcomes = Counter(one.result() for one in attempts)
    assert outcomes == {"recorded": 1, "taken": THREADS - 1}


def test_a_plate_going_from_hand_to_hand_is_never_in_two(store: Store) -> None:
    """Sixteen take it when they can and give it up again: in the log, taking and giving up take turns."""
    together = threading.Barrier(THREADS)

    def take_and_give_up() -> int:
        holder, version = uuid4(), 1
        together.wait()
        for _ in range(10):
            try:
                store.append(established(holder, version=version), conditions=claiming(("plate", "宁A88888", holder)))
            except ValueTaken:
                continue
            released = claiming()
            released.releases.append(("plate", "宁A88888", holder))
            store.append(established(holder, version=version + 1), conditions=released)
            version += 2
        return version - 1

    before = store.recorder.head()
    with ThreadPoolExecutor(THREADS) as threads:
        written = sum(one.result() for one in [threads.submit(take_and_give_up) for _ in range(THREADS)])
    log = store.recorder.select_notifications(before, 1000, inclusive_of_start=False)
    holders = [one.originator_id for one in log]
    assert len(holders) == written > 0
    assert holders[::2] == holders[1::2]
