"""Who wants to hear of some things only hears of all of them, and of nothing else; and need not go over the rest again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeAlias, cast
from uuid import UUID

import httpx
import pytest

from api.app import create_app
from api.feed import reading as feed_reading
from domain.catalogue import AGGREGATES
from infra.cluster import Urls
from projections.records import COLUMNS, record
from projections.stream import Record, Stream
from tests.api.conftest import MANDATE, Office, a_token, serving, settings_for
from tests.api.feeding import caught_up, feed, following, heard, positions, rename
from tests.stores import rows, run

LoggedRow: TypeAlias = tuple[UUID, int, str, bytes, int, datetime, bytes]

DIVISIONS = ("640100", "6401", "640122", "64", "11")


@pytest.fixture(scope="module")
def module_database(demonstration: Urls) -> Urls:
    return demonstration


@pytest.fixture(scope="module")
def office(module_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The demonstration, with a view that follows it."""
    settings = settings_for(module_database, tmp_path_factory.mktemp("var"))
    authorization = {"Authorization": f"Bearer {a_token(module_database)}"}
    with (
        serving(create_app(settings)) as address,
        httpx.Client(base_url=address, headers=authorization, timeout=60) as client,
    ):
        made = Office(client=client, urls=module_database)
        with following(made.urls):
            yield made


EVERYTHING = f"SELECT {COLUMNS} FROM log.events ORDER BY position"  # noqa: S608 -- a constant of ours


class Log:
    """The whole log read in its order, with what is known of every stream at each position: slow, and plainly right."""

    def __init__(self, urls: Urls) -> None:
        self.streams: dict[UUID, Stream] = {}
        self.kinds: dict[int, str] = {}
        self.of_unit: dict[UUID, list[int]] = {}
        self.in_division: dict[str, list[int]] = {}
        for row in rows(urls.owner, EVERYTHING):
            self._take(record(cast("LoggedRow", row)))

    @property
    def units(self) -> list[UUID]:
        return [id for id, stream in self.streams.items() if stream.kind == "units"]

    def _take(self, event: Record) -> None:
        id = event.event.originator_id
        self.streams.setdefault(id, Stream(id)).take(event)
        self.kinds[event.position] = self.streams[id].kind
        for unit in {id, *self._ever(id)}:
            self.of_unit.setdefault(unit, []).append(event.position)
        for division in self._divisions(id):
            self.in_division.setdefault(division, []).append(event.position)

    def _ever(self, id: UUID, only: str = "") -> set[Any]:
        """What was ever known to be the value of a facet: the ids of other things, or of one facet all values."""
        lines = self.streams[id].lines if id in self.streams else {}
        told = {(name, v.content.value) for name in lines for line in lines[name].values() for v in line.versions()}
        return {value for name, value in told if (name == only if only else isinstance(value, UUID))}

    def _divisions(self, id: UUID) -> set[str]:
        near = self._ever(id)
        far = {unit for one in near for unit in self._ever(one, "member_of")}
        return {code for one in {id, *near, *far} for code in self._ever(one, "division")}


@pytest.fixture(scope="module")
def log(office: Office) -> Log:
    return Log(office.urls)


@pytest.mark.parametrize("kind", [cls.kind for cls in AGGREGATES])
def test_only_things_of_a_kind(office: Office, log: Log, kind: str) -> None:
    expected = [position for position, found in log.kinds.items() if found == kind]
    assert positions(office, f"kind={kind}") == expected
    assert heard(office, f"kind={kind}&wait=0") == expected


def test_things_of_several_kinds_and_events_of_several_topics(office: Office) -> None:
    everything = feed(office, "limit=1000").json()
    kinds = [int(event["id"]) for event in everything if event["subject"].split("/")[2] in {"rooms", "people"}]
    assert positions(office, "kind=rooms&kind=people") == kinds
    topics = {"premises.RoomAssigned", "organisations.UnitEstablished"}
    told = [int(event["id"]) for event in everything if event["type"] in topics]
    assert positions(office, "topic=premises.RoomAssigned&topic=organisations.UnitEstablished") == told
    assert positions(office, "kind=rooms&topic=organisations.UnitEstablished") == []


def test_a_unit_hears_of_all_that_has_or_had_to_do_with_it(office: Office, log: Log) -> None:
    for unit in log.units:
        assert positions(office, f"unit={unit}") == log.of_unit[unit]
    assert max(len(log.of_unit[unit]) for unit in log.units) > 10


@pytest.mark.parametrize("division", DIVISIONS)
def test_a_division_hears_of_all_that_lies_in_it_or_belongs_to_its_units(
    office: Office, log: Log, division: str
) -> None:
    prefix = division.removesuffix("00")
    expected = {at for code, told in log.in_division.items() if code.startswith(prefix) for at in told}
    assert positions(office, f"division={division}") == sorted(expected)


def test_all_filters_hold_together(office: Office, log: Log) -> None:
    rooms = {unit: [at for at in told if log.kinds[at] == "rooms"] for unit, told in log.of_unit.items()}
    unit = max(log.units, key=lambda one: len(rooms[one]))
    assert rooms[unit]
    assert rooms[unit] != log.of_unit[unit]
    assert positions(office, f"unit={unit}&kind=rooms&division=64") == rooms[unit]


def test_it_goes_on_past_what_was_filtered_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_reading, "WINDOW", 7)
    monkeypatch.setattr(feed_reading, "MOST_WINDOWS", 3)
    lots = positions(office, "kind=lots")
    assert int(feed(office, "kind=lots&limit=1000").headers["feed-next"]) == 7 * 3
    for after in range(0, office.head(), 5):
        first = feed(office, f"after={after}&kind=lots&limit=1")
        expected = [position for position in lots if position > after][:1]
        told = [int(event["id"]) for event in first.json()]
        assert told in (expected, [])
        assert not [lot for lot in lots if after < lot <= int(first.headers["feed-next"]) and lot not in told]


def test_a_narrow_filter_is_waited_for_over_any_number_of_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_reading, "WINDOW", 1)
    first = positions(office, "kind=lots")[0]
    assert first > feed_reading.MOST_WINDOWS
    assert [int(event["id"]) for event in feed(office, "kind=lots&limit=1&wait=30").json()] == [first]


def test_an_event_counts_from_the_moment_that_its_thing_has_to_do_with_the_unit(office: Office) -> None:
    before, unit = office.establish("先设的科"), office.establish("后设的局")
    moved = {"parent": unit, "mandate": MANDATE | {"effective": "2022-01-01"}}
    under = office.post(f"/v1/units/{before}/move-under", moved).json()["position"]
    caught_up(office.urls)
    established = under - 1
    assert positions(office, f"unit={unit}") == [established, under]
    renamed = rename(office, before)
    caught_up(office.urls)
    assert positions(office, f"unit={unit}") == [established, under, renamed]


def test_an_event_that_the_view_could_not_read_is_rather_told_than_lost(office: Office) -> None:
    unit, other = office.establish("停放的局"), office.establish("别的局")
    position = rename(office, unit)
    caught_up(office.urls)
    assert positions(office, f"unit={other}") == [position - 1]
    run(
        office.urls.owner,
        "INSERT INTO reading.parked (generation, stream, position, topic, error)"  # noqa: S608 -- ids of ours
        f" SELECT id, '{unit}', {position}, '', '' FROM reading.generations WHERE role = 'live'",
    )
    assert positions(office, f"unit={other}") == [position - 1, position]
