"""The endurance test in small: it runs, it kills, and it would notice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from infra.cluster import Urls
from tests.endurance.journal import Journal
from tests.endurance.kill import endure, report
from tests.endurance.verdict import Verdict, judge
from tests.stores import Store, establish, opened, run

SETUP = UUID(int=1)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_doubled_or_half_there_whoever_is_killed() -> None:
    deaths, verdict = endure(9, random.Random(1))  # noqa: S311 -- no secret hangs on it
    print(report(deaths, verdict, 1))
    assert verdict.faults == []
    assert deaths.servers
    assert verdict.acknowledged > 20


# Would it notice? -------------------------------------------------------------------------------------------------------


@pytest.fixture
def own_store(database: Urls) -> Iterator[Store]:
    with opened(database.application) as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path, own_store: Store) -> Path:
    """Notes of three commands that were sent and acknowledged as they are in the log."""
    journal = Journal(tmp_path / "one.journal")
    for number in range(1, 4):
        command_id = uuid4()
        journal.note("sent", command_id)
        answer = own_store.execute(establish(f"第{number}局"), establish(f"第{number}处"), command_id=command_id)
        journal.note("done", command_id, ",".join(str(line.position) for line in answer.lines))
    return tmp_path


def _judged(store: Store, urls: Urls, folder: Path) -> Verdict:
    return judge(store, urls, folder, SETUP)


def test_a_log_that_kept_its_word_is_without_fault(own_store: Store, database: Urls, folder: Path) -> None:
    verdict = _judged(own_store, database, folder)
    assert verdict.faults == []
    assert (verdict.acknowledged, verdict.recorded, verdict.events) == (3, 3, 6)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM log.events WHERE position = 6",
        "DELETE FROM log.events WHERE position = 3",
        "DELETE FROM log.events WHERE position > 4",
        "UPDATE log.events SET position = 60 WHERE position = 6",
        "UPDATE log.events SET recorded_at = '2001-01-01' WHERE position = 4",
        "UPDATE log.events SET command_id = gen_random_uuid() WHERE position = 2",
        "INSERT INTO log.claims VALUES ('plate', '宁A1', gen_random_uuid())",
        "INSERT INTO log.holdings VALUES (gen_random_uuid(), gen_random_uuid(), 'infinity')",
    ],
)
def test_a_log_that_was_damaged_is_found_out(own_store: Store, database: Urls, folder: Path, damage: str) -> None:
    run(database.superuser, "ALTER TABLE log.events DISABLE TRIGGER ALL", damage)
    assert _judged(own_store, database, folder).faults


@pytest.mark.parametrize("what", ["done", "sent"])
def test_a_command_that_was_acknowledged_or_sent_and_is_nowhere_is_found_out(
    own_store: Store, database: Urls, folder: Path, what: str
) -> None:
    Journal(folder / "two.journal").note(what, uuid4(), "7,8")
    assert _judged(own_store, database, folder).faults


def test_a_command_that_nobody_sent_is_found_out(own_store: Store, database: Urls, folder: Path) -> None:
    own_store.execute(establish())
    assert _judged(own_store, database, folder).faults


def test_a_refused_command_that_is_there_is_found_out(own_store: Store, database: Urls, folder: Path) -> None:
    command_id = uuid4()
    journal = Journal(folder / "two.journal")
    journal.note("sent", command_id)
    journal.note("refused", command_id, "value-taken")
    own_store.execute(establish(), command_id=command_id)
    assert _judged(own_store, database, folder).faults
