"""What one append promises: positions without gaps, time that only grows, everything or nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.kernel.saving import Conditions, Conflict, ValueTaken
from infra.cluster import Urls
from tests.stores import MANY, Store, claiming, established, raw_append, renamed, rows, run


def _all(store: Store) -> list[tuple[int, UUID, int]]:
    found = store.recorder.select_notifications(None, MANY)
    return [(one.id, UUID(str(one.originator_id)), one.originator_version) for one in found]


def test_positions_start_at_one_and_have_no_gaps(own_store: Store) -> None:
    unit = uuid4()
    assert own_store.append(established(unit)) == [1]
    assert own_store.append(renamed(unit, 2), renamed(unit, 3)) == [2, 3]
    with pytest.raises(Conflict):
        own_store.append(renamed(unit, 9))
    assert own_store.append(established()) == [4]
    assert [position for position, _, _ in _all(own_store)] == [1, 2, 3, 4]


def test_the_newest_event_of_several_streams_is_found(own_store: Store) -> None:
    one, other = uuid4(), uuid4()
    own_store.append(established(one))
    own_store.append(established(other), renamed(other, 2))
    own_store.append(established())
    assert own_store.recorder.last_position([one, other]) == 3
    assert own_store.recorder.last_position([one, uuid4()]) == 1
    assert own_store.recorder.last_position([]) == own_store.recorder.last_position([uuid4()]) == 0


def test_a_failed_append_leaves_no_gap(own_store: Store, database: Urls) -> None:
    own_store.append(established())
    with psycopg.connect(database.owner) as connection:
        raw_append(connection, (uuid4(), "", [(uuid4(), 1)]))
        connection.rollback()
    assert own_store.append(established()) == [2]


def test_recorded_at_strictly_increases_within_a_command_and_between_commands(own_store: Store) -> None:
    unit = uuid4()
    own_store.append(established(unit), *(renamed(unit, version) for version in range(2, 200)))
    for version in range(200, 230):
        own_store.append(renamed(unit, version))
    times = [event.recorded_at for event in own_store.recorder.events_of(unit, limit=MANY)]
    assert len(times) == 229
    assert all(earlier < later for earlier, later in pairwise(times))


def test_recorded_at_goes_on_from_the_last_event_when_the_clock_was_set_back(own_store: Store, database: Urls) -> None:
    # To the log it is the same: the last event is later than what the clock says now.
    ahead = datetime.now(UTC) + timedelta(days=400)
    insert = "INSERT INTO log.events VALUES (1, %s, gen_random_uuid(), 1, 't', '{}', '{}', gen_random_uuid(), 0, 1) RETURNING 1"
    assert rows(database.superuser, insert, ahead) == [(1,)]
    unit = uuid4()
    own_store.append(established(unit))
    own_store.append(renamed(unit, 2), renamed(unit, 3))
    times = [event.recorded_at for event in own_store.recorder.events_of(unit)]
    assert times == [ahead + timedelta(microseconds=step) for step in (1, 2, 3)]


def test_recorded_at_is_the_clock_of_the_database_when_it_runs_ahead(own_store: Store, database: Urls) -> None:
    before = rows(database.owner, "SELECT clock_timestamp()")[0][0]
    unit = uuid4()
    own_store.append(established(unit))
    after = rows(database.owner, "SELECT clock_timestamp()")[0][0]
    assert before < own_store.recorder.events_of(unit)[0].recorded_at < after


def test_a_command_over_several_aggregates_is_recorded_whole_or_not_at_all(own_store: Store) -> None:
    one, other = uuid4(), uuid4()
    own_store.append(established(one), established(other))
    before = _all(own_store)
    with pytest.raises(Conflict) as refused:
        own_store.append(renamed(one, 2), renamed(other, 7))
    assert refused.value.data["id"] == str(other)
    assert _all(own_store) == before


def test_conditions_are_not_kept_when_the_events_are_refused(own_store: Store, database: Urls) -> None:
    one, other = uuid4(), uuid4()
    own_store.append(established(one))
    with pytest.raises(Conflict):
        own_store.append(renamed(one, 5), conditions=claiming(("plate", "宁A12345", one)))
    own_store.append(established(other), conditions=claiming(("plate", "宁A12345", other)))
    assert rows(database.owner, "SELECT holder FROM log.claims") == [(other,)]


@pytest.mark.parametrize("version", [1, 2, 4, 5, 100])
def test_a_stream_goes_on_exactly_where_the_decision_left_it(store: Store, version: int) -> None:
    unit = uuid4()
    store.append(established(unit), renamed(unit, 2))
    with pytest.raises(Conflict) as refused:
        store.append(renamed(unit, version), conditions=None)
    assert refused.value.data["id"] == str(unit)
    assert store.append(renamed(unit, 3))


@pytest.mark.parametrize("version", [0, 2, 3])
def test_a_new_stream_begins_with_version_one(store: Store, version: int) -> None:
    with pytest.raises(Conflict):
        store.append(established(version=version))


def test_the_versions_of_one_command_leave_no_hole(store: Store) -> None:
    unit = uuid4()
    with pytest.raises(Conflict):
        store.append(established(unit), renamed(unit, 3))
    assert store.recorder.events_of(unit) == []


def test_each_event_knows_its_place_in_its_command(store: Store) -> None:
    one, other, command_id = uuid4(), uuid4(), uuid4()
    store.append(established(one), established(other), renamed(one, 2), command_id=command_id)
    places = [
        (e.originator_id, e.originator_version, e.command_id, e.line, e.lines)
        for e in sorted(store.recorder.events_of(one) + store.recorder.events_of(other), key=lambda e: e.position)
    ]
    assert places == [
        (one, 1, command_id, 0, 3),
        (other, 1, command_id, 1, 3),
        (one, 2, command_id, 2, 3),
    ]


def test_every_event_carries_its_mandate_and_the_digest_of_the_request(store: Store) -> None:
    unit = uuid4()
    store.append(established(unit), request="d" * 64)
    said = store.recorder.events_of(unit)[0].mandate.decode()
    assert '"reason":"年度调整"' in said
    assert '"number":"宁管发〔2026〕1号"' in said
    assert f'"request":"{"d" * 64}"' in said


# Several commands in one call ------------------------------------------------------------------------------------------


def test_commands_carried_together_are_judged_each_by_itself(own_store: Store, database: Urls) -> None:
    one, other, third = uuid4(), uuid4(), uuid4()
    own_store.append(established(one))
    plate = '{"claims": [{"scope": "plate", "value": "宁A1", "holder": "%s"}]}'
    with psycopg.connect(own_store.conninfo, autocommit=True) as connection:
        answers = raw_append(
            connection,
            (uuid4(), plate % other, [(other, 1), (other, 2)]),
            (uuid4(), "", [(one, 7)]),
            (uuid4(), plate % third, [(third, 1)]),
            (uuid4(), "", [(one, 2)]),
        )
    assert [(outcome, position) for outcome, position, _ in answers] == [
        ("recorded", 2),
        ("conflict", None),
        ("taken", None),
        ("recorded", 4),
    ]
    assert _all(own_store) == [(1, one, 1), (2, other, 1), (3, other, 2), (4, one, 2)]
    assert rows(database.owner, "SELECT holder FROM log.claims") == [(other,)]
    times = [event.recorded_at for event in (own_store.recorder.event_at(p) for p in range(1, 5)) if event]
    assert times == sorted(set(times))


def test_a_later_command_of_a_call_sees_what_an_earlier_one_recorded(own_store: Store) -> None:
    unit, same = uuid4(), uuid4()
    with psycopg.connect(own_store.conninfo, autocommit=True) as connection:
        answers = raw_append(
            connection,
            (same, "", [(unit, 1)]),
            (uuid4(), "", [(unit, 2)]),
            (same, "", [(unit, 1)]),
            (uuid4(), "", [(unit, 2)]),
        )
    assert [answer[0] for answer in answers] == ["recorded", "recorded", "repeated", "conflict"]
    assert answers[2][1] == 1


@pytest.mark.parametrize(
    "sizes", ["{0}", "{2}", "{1,1}", "{-1,2}", "{}"], ids=["none", "more", "a second", "negative", "unsaid"]
)
def test_a_call_whose_parts_do_not_fit_together_is_an_error_and_records_nothing(own_store: Store, sizes: str) -> None:
    """Conditions without an event, or events of nobody's command, would be kept without a trace in the log."""
    statement = (
        "SELECT * FROM log.append((ARRAY[gen_random_uuid(), gen_random_uuid()])[1:greatest(1, cardinality(%s::int[]))], %s::int[],"
        " ARRAY['', '']::text[], ARRAY['x']::bytea[], ARRAY[gen_random_uuid()], ARRAY[1], ARRAY['t'], ARRAY['{}']::bytea[])"
    )
    with (
        psycopg.connect(own_store.conninfo, autocommit=True) as connection,
        pytest.raises((psycopg.errors.RaiseException, psycopg.errors.IntegrityError)),
    ):
        connection.execute(statement.encode(), [sizes, sizes])
    assert own_store.recorder.head() == 0


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_an_isolation_that_would_hide_what_was_just_committed_is_refused(store: Store, level: str) -> None:
    with psycopg.connect(store.conninfo) as connection:
        connection.execute(f"SET TRANSACTION ISOLATION LEVEL {level}".encode())
        with pytest.raises(psycopg.errors.RaiseException):
            raw_append(connection, (uuid4(), "", [(uuid4(), 1)]))


# What decisions relied on ----------------------------------------------------------------------------------------------


def test_a_unit_changed_between_reading_and_saving_stops_what_relied_on_it(store: Store) -> None:
    parent, child = uuid4(), uuid4()
    store.append(established(parent))
    relied = Conditions(read=[(parent, 1)])
    store.append(renamed(parent, 2))
    with pytest.raises(Conflict) as refused:
        store.append(established(child), conditions=relied)
    assert refused.value.data["id"] == str(parent)
    assert store.recorder.events_of(child) == []
    assert store.append(established(child), conditions=Conditions(read=[(parent, 2)]))


def test_what_did_not_exist_when_it_was_read_must_not_exist_now(store: Store) -> None:
    unit = uuid4()
    assert store.append(established(), conditions=Conditions(read=[(unit, 0)]))
    store.append(established(unit))
    with pytest.raises(Conflict):
        store.append(established(), conditions=Conditions(read=[(unit, 0)]))


def test_the_checks_come_in_order_the_stream_before_the_values(store: Store) -> None:
    unit, owner = uuid4(), uuid4()
    store.append(established(unit), conditions=claiming(("plate", "宁A00001", unit)))
    with pytest.raises(Conflict):
        store.append(renamed(unit, 9), conditions=claiming(("plate", "宁A00001", owner)))
    with pytest.raises(ValueTaken):
        store.append(established(owner), conditions=claiming(("plate", "宁A00001", owner)))


def test_an_event_that_the_database_itself_refuses_is_an_error_of_its_command_alone(
    own_store: Store, database: Urls
) -> None:
    """A check of the table that nobody foresaw must not take down what happened to be carried with it."""
    unit = uuid4()
    run(database.owner, f"ALTER TABLE log.events ADD CHECK (originator_id <> '{unit}')")
    with pytest.raises(psycopg.errors.CheckViolation):
        own_store.append(established(unit))
    assert own_store.append(established()) == [1]
