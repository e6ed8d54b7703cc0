"""One stream that cannot be read waits; everything else goes on, and it comes back after a fix."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
import pytest

from projections import records
from projections.generations import parking
from projections.generations.build import build
from projections.generations.connecting import connect
from projections.generations.follow import GenerationBroken
from tests.projections.generations.situations import Log
from tests.stores import rows, run


def _resume(log: Log, id: int) -> tuple[int, int]:
    with connect(log.url) as connection:
        return parking.resume(connection, id)


def _version(log: Log, id: int) -> str:
    return str(rows(log.url, "SELECT xmin::text FROM reading.generations WHERE id = %s", id)[0][0])


def _fix(log: Log) -> None:
    """What a fix of the program does to the last record, which it could not read: now it is an event that it knows."""
    run(
        log.urls.superuser,
        "ALTER TABLE log.events DISABLE TRIGGER ALL",
        "UPDATE log.events SET topic = 'registry.FactWithdrawn', state = convert_to(json_build_object('originator_id',"
        " originator_id, 'originator_version', originator_version, 'effective', '2026-01-01T00:00:00Z', 'of', 1)::text,"
        " 'UTF8') WHERE position = (SELECT max(position) FROM log.events)",
        "ALTER TABLE log.events ENABLE ALWAYS TRIGGER events_are_immutable",
    )


def test_an_unknown_event_parks_its_stream_and_the_others_go_on(log: Log) -> None:
    log.pour(800)
    live = log.live()
    stream = log.write_unreadable()
    log.write(*(_moved(row, 1) for row in log.history[800:900] if row[2] != stream))
    log.follow()
    assert log.get(live).position == log.head() > 850
    assert log.parked(live) == {stream: 801}
    assert rows(log.url, f"SELECT max(position) FROM {live.schema}.history")[0][0] == log.head()  # noqa: S608 -- a name of ours


def _moved(row: tuple[object, ...], by: int) -> tuple[object, ...]:
    return (int(str(row[0])) + by, *row[1:])


def test_it_is_named_with_the_event_and_the_reason(log: Log) -> None:
    log.pour(300)
    log.live()
    log.write_unreadable("premises.RoomPainted")
    log.follow()
    with connect(log.url) as connection:
        (one,) = parking.everything(connection)
    assert (one.position, one.topic) == (301, "premises.RoomPainted")
    assert "RoomPainted" in one.error


def test_the_rows_of_a_parked_stream_stay_as_they_were_and_its_later_events_wait(log: Log) -> None:
    log.pour(800)
    live = log.live()
    before = log.digest(live)
    stream = log.write_unreadable()
    log.follow()
    version = rows(log.url, "SELECT max(originator_version) FROM log.events WHERE originator_id = %s", stream)[0][0]
    log.write(log.event(stream, version + 1, topic="registry.FactWithdrawn", state=b"{}"))
    log.follow()
    assert log.get(live).position == 802
    assert log.digest(live) == before
    assert log.parked(live) == {stream: 801}


@pytest.mark.parametrize("batch", [1, 1_000])
def test_followed_and_rebuilt_show_the_same_also_of_a_parked_stream(log: Log, batch: int) -> None:
    """Up to the event that cannot be read: it does not depend on what else came in the batch."""
    log.pour(500)
    live = log.live()
    log.pour(900)
    stream = log.write_unreadable()
    log.follow(batch)
    built = log.built()
    assert log.parked(built) == log.parked(live) == {stream: 901}
    assert log.digest(built) == log.digest(live)


def test_after_a_fix_it_goes_on_as_if_nothing_had_been(log: Log) -> None:
    log.pour(800)
    live = log.live()
    log.write_unreadable()
    log.follow()
    _fix(log)
    before = _version(log, live.id)
    assert _resume(log, live.id) == (1, 0)
    assert log.parked(live) == {}
    assert log.digest(live) == log.rebuilt()
    # Rows changed and the position did not: who remembers what was there (`own_scopes.py`) sees another version.
    assert _version(log, live.id) != before


def test_without_a_fix_it_stays_parked_and_nothing_changes(log: Log) -> None:
    log.pour(800)
    live = log.live()
    stream = log.write_unreadable()
    log.follow()
    before = log.digest(live)
    assert _resume(log, live.id) == (0, 1)
    assert (log.parked(live), log.digest(live)) == ({stream: 801}, before)


def test_a_row_that_the_database_refuses_parks_its_stream_only(log: Log) -> None:
    log.pour(500)
    live = log.live()
    victim = UUID(str(log.history[600][2]))
    run(log.urls.superuser, f"ALTER TABLE {live.schema}.history ADD CHECK (asset <> '{victim}') NOT VALID")
    log.pour(900)
    log.follow()
    assert set(log.parked(live)) == {victim}
    run(log.urls.superuser, f"ALTER TABLE {live.schema}.history DROP CONSTRAINT history_asset_check")
    assert _resume(log, live.id) == (1, 0)
    assert log.digest(live) == log.rebuilt()


def test_a_row_that_the_database_refuses_parks_its_stream_only_also_while_filling(log: Log) -> None:
    log.pour(500)
    made = log.make()
    victim = UUID(str(log.history[100][2]))
    run(log.urls.superuser, f"ALTER TABLE {made.schema}.history ADD CHECK (asset <> '{victim}')")
    build(log.url, made.id)
    assert set(log.parked(made)) == {victim}
    count = "SELECT count(*) FROM log.events WHERE originator_id = %s"
    told = rows(log.url, f"SELECT count(*) FROM {made.schema}.history")[0][0]  # noqa: S608 -- a name of ours
    assert told == 500 - rows(log.url, count, victim)[0][0]


def test_a_bug_in_a_read_model_parks_the_stream_it_concerns(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real bug would be the same: something unforeseen is raised while one event is folded."""
    log.pour(400)
    live = log.live()
    log.pour(500)
    victim = log.history[450][2]
    read = records.record

    def fails(row: Any) -> object:
        if row[0] == victim and row[4] > 400:
            raise ZeroDivisionError("of all things")
        return read(row)

    monkeypatch.setattr("projections.generations.folding.record", fails)
    log.follow()
    assert set(log.parked(live)) == {victim}
    monkeypatch.undo()
    assert _resume(log, live.id) == (1, 0)
    assert log.digest(live) == log.rebuilt()


def test_a_table_that_is_gone_is_no_fault_of_a_stream(log: Log) -> None:
    log.pour(300)
    live = log.live()
    run(log.urls.superuser, f"DROP TABLE {live.schema}.history CASCADE")
    log.pour(400)
    with pytest.raises(GenerationBroken):
        log.follow()
    assert log.parked(live) == {}
    assert log.get(live).position == 300


def test_a_stream_that_waits_in_one_generation_goes_on_in_another(log: Log) -> None:
    """A shadow that was built after the fix, beside a live view that waits for it."""
    log.pour(500)
    live, shadow = log.live(), log.built()
    victim = log.history[600][2]
    run(
        log.urls.superuser,
        f"INSERT INTO reading.parked VALUES ({live.id}, '{victim}', 1, 'x', 'y')",  # noqa: S608 -- an id and a number of ours
    )
    log.pour(700)
    log.follow()
    told = "SELECT count(*) FROM {}.history WHERE asset = %s AND position > 500"
    assert rows(log.url, told.format(live.schema), victim) == [(0,)]
    assert rows(log.url, told.format(shadow.schema), victim)[0][0] > 0


def test_every_kind_of_refusal_is_known_by_its_type() -> None:
    assert issubclass(psycopg.errors.CheckViolation, parking.REFUSED)
    assert issubclass(psycopg.errors.NumericValueOutOfRange, parking.REFUSED)
    assert not issubclass(psycopg.errors.DeadlockDetected, parking.REFUSED)
    assert not issubclass(psycopg.errors.UndefinedTable, parking.REFUSED)
