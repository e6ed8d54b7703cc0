"""Which position was the last one recorded by a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from infra.database import application_conninfo
from tests.projections.generations.situations import Log
from tests.stores import rows

TICK = timedelta(microseconds=1)


def _position_at(log: Log, moment: Any) -> int:
    found: int = rows(application_conninfo(log.urls.application), "SELECT log.position_at(%s)", moment)[0][0]
    return found


def test_in_an_empty_log_it_is_nothing(log: Log) -> None:
    assert _position_at(log, datetime.now(UTC)) == 0


def test_it_is_the_event_recorded_at_that_very_moment_or_the_one_before(log: Log) -> None:
    log.pour(97)
    for position in (1, 2, 48, 49, 96, 97):
        recorded_at = log.history[position - 1][1]
        assert _position_at(log, recorded_at) == position
        assert _position_at(log, recorded_at - TICK) == position - 1


def test_beyond_both_ends_it_is_nothing_and_everything(log: Log) -> None:
    log.pour(97)
    assert _position_at(log, "-infinity") == 0
    assert _position_at(log, "infinity") == 97
