"""The rehearsal says what sending says: batches drawn at random are rehearsed, sent to the log, and compared line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random
from uuid import UUID, uuid4, uuid5

import pytest

from domain.kernel.errors import Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.saving import KeyDestroyed, NothingChanged, StillHeld, ValueTaken
from domain.organisations.terms import StaffType
from domain.premises.building import NewBuilding
from domain.premises.terms import RoomCategory, Structure
from domain.registry import Answer
from domain.rehearsal import CheckAgain, NeedsRefusedLine, Verdict, rehearsed
from domain.work import Call
from infra.cluster import Urls
from infra.eventstore.book import LogBook
from tests.domain.scenario import an_id, mandate
from tests.stores import Store, call, establish, opened, rows, run

DAYS = ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01")
COMMAND = UUID(int=5)


@pytest.fixture(scope="module")
def store(module_database: Urls) -> Iterator[Store]:
    with opened(module_database.application) as found:
        yield found


def rehearse(store: Store, *calls: Call | Refusal, together: bool = True, command_id: UUID = COMMAND) -> list[Verdict]:
    shelf = store.registry.ahead(line for line in calls if isinstance(line, Call))
    return rehearsed(shelf, LogBook(store.recorder._pool), command_id, calls, together=together)


def codes(verdicts: list[Verdict]) -> list[str | None]:
    return [None if one.refusal is None else one.refusal.code for one in verdicts]


def a_building(owner: UUID, number: str, id: UUID | None = None) -> Call:
    said = NewBuilding(
        number=number, name="1号楼", address="北京路1号", division="640104", floors_above=3,
        gross_area=Decimal(900), structure=Structure.MIXED,
    )  # fmt: skip
    return call("buildings.register", id, building=said, owner=owner, compound=None, on=mandate(DAYS[0]))


def a_room(building: UUID, number: str, id: UUID | None = None) -> Call:
    said = {"floor": 1, "number": number, "category": RoomCategory.OFFICE, "net_area": Decimal(20), "outline": None}
    return call("rooms.register", id, building=building, on=mandate(DAYS[0]), **said)


# As sending would say -----------------------------------------------------------------------------------------------------


class World:
    """A few units, buildings and rooms with few numbers between them, so that they get in each other's way."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.ids = {kind: [uuid5(UUID(int=random.randrange(2**64)), kind + str(n)) for n in range(4)] for kind in "ubr"}

    def beginning(self) -> list[Call]:
        units, buildings, rooms = self.ids["u"], self.ids["b"], self.ids["r"]
        numbers = (a_building(units[0], self.number(), buildings[n]) for n in range(2))
        placed = (a_room(buildings[0], str(n), rooms[n]) for n in range(2))
        return [
            establish(id=units[0], on=mandate(DAYS[0])),
            establish(id=units[1], on=mandate(DAYS[0])),
            *numbers,
            *placed,
        ]

    def number(self) -> str:
        return f"{self.ids['u'][0]}-{self.random.randrange(4)}"

    def drawn(self) -> Call:
        draws: list[Callable[[], Call]] = [
            lambda: establish(id=self.one("u"), parent=self.random.choice([None, self.one("u")]), on=self.then()),
            lambda: call("units.abolish", self.one("u"), on=self.then()),
            lambda: call("units.move-under", self.one("u"), parent=self.one("u"), on=self.then()),
            lambda: call("units.merge-into", self.one("u"), successor=self.one("u"), on=self.then()),
            lambda: a_building(self.one("u"), self.number(), self.one("b")),
            lambda: a_room(self.one("b"), str(self.random.randrange(3)), self.one("r")),
            lambda: call("rooms.renumber", self.one("r"), number=str(self.random.randrange(3)), on=self.then()),
            lambda: call("rooms.retire", self.one("r"), on=self.then()),
            lambda: call("rooms.assign", self.one("r"), unit=self.one("u"), until=None, on=self.then()),
            lambda: call("rooms.release", self.one("r"), on=self.then()),
        ]
        return self.random.choice(draws)()

    def one(self, kind: str) -> UUID:
        return self.random.choice(self.ids[kind])

    def then(self) -> Mandate:
        return mandate(self.random.choice(DAYS))


@pytest.mark.parametrize("seed", range(30))
def test_each_line_alone_is_judged_as_the_log_judges_it(store: Store, seed: int) -> None:
    world, command_id = World(Random(seed)), uuid4()  # noqa: S311 -- not for secrets
    begin(store, world)
    calls = [world.drawn() for _ in range(14)]
    head = store.recorder.head()
    verdicts = rehearse(store, *calls, together=False, command_id=command_id)
    assert store.recorder.head() == head
    for index, (line, verdict) in enumerate(zip(calls, verdicts, strict=True)):
        sent = sent_alone(store, line, uuid5(command_id, str(index + 1)))
        if isinstance(sent, Refusal):
            assert verdict.refusal is not None, (index, line, sent)
            assert verdict.refusal.code in (sent.code, NeedsRefusedLine.code)
        else:
            assert verdict.refusal is None, (index, line, verdict.refusal)
            told = [(event.originator_id, event.originator_version, event.topic) for event in verdict.events]
            assert told == [(one.aggregate_id, one.version, one.topic) for one in sent.lines]
            assert [notice.code for notice in verdict.notices] == [notice.code for notice in sent.notices]


def sent_alone(store: Store, line: Call, command_id: UUID) -> Answer | Refusal:
    try:
        return store.execute(line, command_id=command_id)
    except Refusal as refusal:
        return refusal


@pytest.mark.parametrize("seed", range(60))
def test_what_is_accepted_together_goes_through_and_with_a_refused_line_nothing_does(store: Store, seed: int) -> None:
    """Everything is sent first, which must go through if all are accepted, and else be refused; then what was accepted."""
    world = World(Random(1000 + seed))  # noqa: S311 -- not for secrets
    begin(store, world)
    calls = [world.drawn() for _ in range(world.random.randrange(2, 9))]
    verdicts = rehearse(store, *calls)
    accepted = [line for line, verdict in zip(calls, verdicts, strict=True) if verdict.refusal is None]
    if len(accepted) < len(calls):
        with pytest.raises(Refusal):
            store.execute(*calls)
    if accepted:
        answer = store.execute(*accepted)
        told = sorted((event.originator_id, event.originator_version) for one in verdicts for event in one.events)
        assert told == sorted((one.aggregate_id, one.version) for one in answer.lines)


def begin(store: Store, world: World) -> None:
    for line in world.beginning():
        try:
            store.execute(line)
        except ValueTaken:
            continue


# Told of every line -------------------------------------------------------------------------------------------------------


def a_unit_since(store: Store, day: str = DAYS[0]) -> UUID:
    return store.execute(establish(on=mandate(day))).lines[0].aggregate_id


def test_every_refused_line_is_told_and_leaves_nothing_behind(store: Store) -> None:
    unit, other = an_id("县财政局一"), an_id("县林业局一")
    verdicts = rehearse(
        store,
        establish("县财政局", id=unit),
        call("units.merge-into", unit, successor=unit),
        call("units.rename", uuid4(), name="县水利局"),
        establish("县林业局", id=other, parent=unit),
        call("units.rename", unit, name="县财政金融局"),
    )
    assert codes(verdicts) == [None, "unit-under-itself", "not-found", None, None]
    assert [event.originator_version for event in verdicts[4].events] == [2]


def test_a_line_about_what_a_refused_line_would_register_names_that_line(store: Store) -> None:
    unit, building = an_id("县财政局二"), uuid4()
    lines = establish(id=unit), a_building(uuid4(), "R-1", building), a_room(building, "101")
    verdicts = rehearse(store, *lines)
    assert codes(verdicts) == [None, "not-found", "needs-refused-line"]
    assert verdicts[2].refusal is not None
    assert verdicts[2].refusal.data == {"line": 2}
    assert verdicts[2].refusal.field == "building"


def test_a_value_taken_in_the_log_or_by_an_earlier_line_is_told(store: Store) -> None:
    unit = a_unit_since(store)
    store.execute(a_building(unit, "T-1"))
    verdicts = rehearse(store, a_building(unit, "T-1"), a_building(unit, "T-2"), a_building(unit, "T-2"))
    assert codes(verdicts) == [ValueTaken.code, None, ValueTaken.code]


def test_who_still_holds_something_may_end_when_a_later_line_hands_it_over(store: Store) -> None:
    old, new = a_unit_since(store), a_unit_since(store)
    child = store.execute(establish(parent=old)).lines[0].aggregate_id
    abolish, hand_over = call("units.abolish", old), call("units.move-under", child, parent=new)
    assert codes(rehearse(store, abolish, hand_over)) == [None, None]
    assert codes(rehearse(store, abolish, hand_over, together=False)) == [StillHeld.code, None]
    assert codes(rehearse(store, abolish)) == [StillHeld.code]


def test_what_changes_nothing_is_refused_alone_and_as_a_whole(store: Store) -> None:
    unit = store.execute(establish("县水务局")).lines[0].aggregate_id
    same = call("units.rename", unit, name="县水务局")
    expected = codes(rehearse(store, same, together=False))
    assert codes(rehearse(store, same)) == expected


def test_nothing_personal_is_accepted_of_who_was_erased_and_no_key_is_made(store: Store, module_database: Urls) -> None:
    unit = a_unit_since(store)
    person = uuid4()
    joined = call(
        "people.join",
        person,
        unit=unit,
        name="李晓梅",
        staff_type=StaffType.ESTABLISHED,
        rank=None,
        phone=None,
        id_number=None,
    )
    assert codes(rehearse(store, joined)) == [None]
    keys = "SELECT count(*) FROM vault.person_keys WHERE subject = %s"
    assert rows(module_database.owner, keys, person) == [(0,)]
    run(module_database.owner, f"INSERT INTO vault.person_keys VALUES ('{person}', NULL, now())")  # noqa: S608 -- a test's own id
    assert codes(rehearse(store, joined)) == [KeyDestroyed.code]


def test_a_chain_that_goes_on_and_on_is_told_bit_by_bit(store: Store) -> None:
    unit = a_unit_since(store)
    count = 14
    buildings = [store.execute(a_building(unit, f"C-{n}")).lines[0].aggregate_id for n in range(2)]
    rooms = [store.execute(a_room(buildings[0], str(n))).lines[0].aggregate_id for n in range(count + 1)]
    shifted = [call("rooms.renumber", rooms[n], number=str(n + 1)) for n in range(count)]
    verdicts = rehearse(store, *shifted)
    assert set(codes(verdicts)) == {ValueTaken.code, CheckAgain.code}
    assert NothingChanged.code not in codes(verdicts)
