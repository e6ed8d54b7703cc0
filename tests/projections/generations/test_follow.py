"""The live view follows the log, and is always what would be built anew."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from psycopg.errors import InsufficientPrivilege, SerializationFailure

from projections.generations.catalogue import Generation
from projections.generations.connecting import connect
from projections.generations.definition import Definition, current
from projections.generations.follow import Follower
from projections.generations.remembering import Remembered
from tests.projections.generations.situations import Log
from tests.stores import call, establish, opened, rows, run


@pytest.mark.parametrize("batch", [1, 7, 100, 2_000])
def test_followed_in_batches_of_any_size_it_equals_the_rebuilt_one(log: Log, batch: int) -> None:
    log.pour(600)
    live = log.live()
    log.pour(600 + min(batch * 300, 1_400))
    log.follow(batch)
    assert log.get(live).position == log.head()
    assert log.digest(live) == log.rebuilt()


def test_followed_from_the_very_first_event_it_equals_the_rebuilt_one(log: Log) -> None:
    live = log.live()
    log.pour(1_500)
    log.follow(13)
    assert log.digest(live) == log.rebuilt()


def test_two_views_of_the_same_log_are_the_same_to_the_byte_and_of_another_log_are_not(log: Log) -> None:
    log.pour(700)
    first, second = log.built(), log.built()
    log.pour(701)
    assert log.digest(first) == log.digest(second)
    assert log.digest(first) != log.rebuilt()


def test_what_is_delivered_twice_is_there_once(log: Log) -> None:
    log.pour(900)
    live = log.live()
    before = log.digest(live)
    run(log.urls.superuser, "UPDATE reading.generations SET position = 300 WHERE role = 'live'")
    log.follow(50)
    assert (log.get(live).position, log.digest(live)) == (900, before)


def test_a_stream_that_was_forgotten_is_read_again(log: Log) -> None:
    log.pour(100)
    live = log.live()
    log.pour(800)
    with log.following(10) as follower:
        follower.remembered = Remembered(most_events=3)
        while follower.step():
            pass
    assert log.digest(live) == log.rebuilt()


def test_a_remembered_stream_that_missed_an_event_is_not_used(log: Log) -> None:
    """As after another leader went on for a while."""
    log.pour(300)
    live = log.live()
    with log.following(50) as earlier:
        log.pour(600)
        while earlier.step():
            pass
        log.pour(900)
        log.follow(50)
        log.pour(1_400)
        while earlier.step():
            pass
    assert log.digest(live) == log.rebuilt()


def test_rows_and_position_move_together_or_not_at_all(log: Log) -> None:
    log.pour(400)
    live = log.live()
    before = log.digest(live)
    log.pour(800)
    with connect(log.url) as connection:
        follower = Follower(connection, current())
        run(log.urls.superuser, "CREATE FUNCTION boom() RETURNS trigger LANGUAGE plpgsql AS"
            " $$BEGIN RAISE SQLSTATE '40001'; END$$",
            "CREATE TRIGGER boom BEFORE UPDATE ON reading.generations EXECUTE FUNCTION boom()")  # fmt: skip
        with pytest.raises(SerializationFailure):
            follower.step()
        assert (log.get(live).position, log.digest(live)) == (400, before)
        run(log.urls.superuser, "DROP TRIGGER boom ON reading.generations")
        # What was folded before the rollback is not folded on.
        while follower.step():
            pass
    assert log.digest(live) == log.rebuilt()


def test_a_shadow_that_is_behind_catches_up_and_moves_with_the_live_one_from_then_on(log: Log) -> None:
    log.pour(1_200)
    live, shadow = log.live(), log.built(goal=500)
    log.pour(1_500)
    with log.following(60) as follower:
        while follower.step():
            assert log.get(shadow).position <= log.get(live).position
        log.pour(1_520)
        follower.step()
    assert log.get(shadow).position == log.get(live).position == 1_520
    assert log.digest(shadow) == log.digest(live)


def test_a_shadow_that_is_behind_never_overtakes_the_live_one(log: Log) -> None:
    """Else they would pass each other for ever and never be at the same position."""
    log.pour(1_000)
    live, shadow = log.live(), log.built(goal=950)
    log.pour(1_200)
    with log.following(100) as follower:
        follower._foremost_first = True  # it is the turn of the one behind
        follower.step()
    assert log.get(shadow).position == log.get(live).position == 1_000


def test_the_live_view_does_not_wait_for_a_shadow_that_is_behind(log: Log) -> None:
    log.pour(1_000)
    live = log.live()
    log.built(goal=0)
    with log.following(100) as follower:
        for head in range(1_010, 1_100, 10):
            log.pour(head)
            follower.step()
            follower.step()
            assert log.get(live).position == head


def test_a_live_view_of_older_code_but_the_same_tables_stays_fresh_and_nobody_takes_it_for_his_own(log: Log) -> None:
    log.pour(300)
    live = log.live()
    log.pour(600)
    with connect(log.url) as connection:
        Follower(connection, Definition("newer", current().shape)).step()
    assert (log.get(live).position, log.get(live).digest) == (600, "mixed")


def test_a_live_view_with_other_tables_is_left_as_it_is(log: Log) -> None:
    log.pour(300)
    live = log.live()
    log.pour(600)
    with connect(log.url) as connection:
        assert Follower(connection, Definition("newer", "other")).step() == 0
    assert log.get(live).position == 300


def test_a_case_is_not_followed(log: Log) -> None:
    log.pour(300)
    made = log.built()
    run(log.urls.superuser, "UPDATE reading.generations SET role = 'case', name = 'x'")
    log.pour(600)
    log.follow()
    assert log.get(made).position == 300


def test_nothing_personal_is_ever_in_a_generation(log: Log) -> None:
    with opened(log.urls.application) as store:
        unit = store.execute(establish("县机关事务局")).subject
        person = store.execute(
            call("people.join", unit=unit, name="夏侯惇甲", phone="13900009527", staff_type="established")
        ).subject
        store.execute(call("people.change-contact", person, name="夏侯惇乙", phone="13900009528"))
    live = log.live()
    everything = "\n".join(_all_text(log, live))
    assert "县机关事务局" in everything
    sealed = [
        row[0] for row in rows(log.url, "SELECT convert_from(state, 'UTF8') FROM log.events WHERE topic ~ 'Person'")
    ]
    secrets = [secret for state in sealed for secret in re.findall(r'"sealed":"([^"]+)"', state)]
    assert len(secrets) == 4
    for secret in (*secrets, "夏侯惇", "139000095"):
        assert secret not in everything


def _all_text(log: Log, generation: Generation) -> Iterator[str]:
    for (table,) in rows(log.url, "SELECT tablename::text FROM pg_tables WHERE schemaname = %s", generation.schema):
        statement = f'SELECT t::text FROM {generation.schema}."{table}" t'  # noqa: S608 -- names of ours
        yield from (text for (text,) in rows(log.url, statement))


def test_who_builds_generations_has_no_right_on_the_keys_of_people(log: Log) -> None:
    assert rows(log.url, "SELECT has_schema_privilege('zhangtu_projector', 'vault', 'USAGE')") == [(False,)]
    with connect(log.url) as projector, pytest.raises(InsufficientPrivilege):
        projector.execute("SELECT * FROM vault.person_keys")
