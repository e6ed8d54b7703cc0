"""No sequence of accepted commands, late, future or correcting, brings a room into an impossible state."""

from datetime import datetime
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from domain.kernel.mandate import Mandate
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from domain.premises.facets import BUILDING, NET_AREA, OCCUPANT, ROOM_STATUS, USING_UNIT, VACATE_BY
from domain.premises.room import Room, RoomPart
from domain.premises.terms import RoomCategory, RoomStatus
from tests.domain.premises import builders as b
from tests.domain.premises.machine import BORN, BOUNDED, FLAGS, UNITS, VERSIONS, Machine, mandates, untils
from tests.domain.scenario import an_id, mandate

MA, LI = b.a_person("马晓燕"), b.a_person("李建国")
PEOPLE = st.sampled_from((MA, LI))
AREAS = st.sampled_from(("12", "20", "36")).map(Decimal)


class RoomMachine(Machine[Room]):
    kind = Room

    @initialize()
    def register(self) -> None:
        self.attempt("register", lambda r: self._register(r, Decimal(36)))

    @rule(area=AREAS)
    def register_otherwise(self, area: Decimal) -> None:
        self.attempt("register", lambda r: self._register(r, area), correct=True)

    @rule(at=mandates, area=AREAS, correct=FLAGS)
    def measure(self, at: Mandate, area: Decimal, correct: bool) -> None:
        self.attempt("measure", lambda r: r.measure(at, net_area=area, building=b.THE_BUILDING), correct=correct)

    @rule(at=mandates, number=st.sampled_from(("301", "302")), correct=FLAGS)
    def renumber(self, at: Mandate, number: str, correct: bool) -> None:
        self.attempt("renumber", lambda r: r.renumber(at, number=number), correct=correct)

    @rule(at=mandates, unit=UNITS, until=untils, correct=FLAGS)
    def assign(self, at: Mandate, unit: Unit, until: datetime | None, correct: bool) -> None:
        self.attempt("assign", lambda r: r.assign(at, unit=unit, until=until), correct=correct)

    @rule(at=mandates, correct=FLAGS)
    def release(self, at: Mandate, correct: bool) -> None:
        self.attempt("release", lambda r: r.release(at), correct=correct)

    @rule(at=mandates, person=PEOPLE, until=untils, correct=FLAGS)
    def move_in(self, at: Mandate, person: Person, until: datetime | None, correct: bool) -> None:
        self.attempt("in", lambda r: r.move_in(at, person=person, until=until), correct=correct)

    @rule(at=mandates, correct=FLAGS)
    def move_out(self, at: Mandate, correct: bool) -> None:
        here = self.it.occupants_at(at.effective)
        person = MA if MA.id in here else LI
        self.attempt("out", lambda r: r.move_out(at, person=person), correct=correct)

    @rule(at=mandates, correct=FLAGS, done=FLAGS)
    def vacate(self, at: Mandate, correct: bool, done: bool) -> None:
        self.attempt("order", lambda r: r.order_vacating(at), correct=correct)
        if done:
            self.move_out(at, correct=False)
            self.attempt("vacate", lambda r: r.vacate(at))

    @rule(at=mandates, areas=st.tuples(AREAS, AREAS))
    def split(self, at: Mandate, areas: tuple[Decimal, Decimal]) -> None:
        parts = tuple(RoomPart(number=f"301-{n}", net_area=area) for n, area in enumerate(areas))
        rooms = tuple(Room(an_id(part.number)) for part in parts)
        whole = self.it.at(NET_AREA, at.effective) or Decimal(0)
        if self.attempt("split", lambda r: r.split(at, parts=parts, rooms=rooms, building=b.THE_BUILDING)):
            assert sum(areas) <= whole * Decimal("1.02")

    @rule(at=mandates)
    def merge(self, at: Mandate) -> None:
        others, into = (b.a_room(number="303", since="2000-01-01"),), RoomPart(number="1", net_area=Decimal(48))
        room = Room(an_id("新"))
        self.attempt("merge", lambda r: r.merge(at, others=others, into=into, room=room, building=b.THE_BUILDING))

    @rule(at=mandates, correct=FLAGS)
    def retire(self, at: Mandate, correct: bool) -> None:
        self.attempt("retire", lambda r: r.retire(at), correct=correct)

    @rule(at=mandates, version=VERSIONS)
    def take_back(self, at: Mandate, version: int) -> None:
        self.attempt("withdraw", lambda r: r.withdraw(at, of=version))

    @invariant()
    def a_room_out_of_service_is_empty_for_good(self) -> None:
        ended = False
        for moment in self.moments():
            serving = self.it.at(ROOM_STATUS, moment) is RoomStatus.IN_SERVICE
            assert not (ended and serving)
            ended = not serving
            assert ended == (self.it.at(BUILDING, moment) is None)
            if ended:
                assert self.it.at(USING_UNIT, moment) is None
                assert self.it.members(OCCUPANT, moment) == {}

    @invariant()
    def only_a_room_in_service_has_a_number(self) -> None:
        serving = self.it.finally_(ROOM_STATUS) is RoomStatus.IN_SERVICE
        assert len(self.it.claims()) == int(serving)

    @invariant()
    def a_deadline_lies_after_its_order(self) -> None:
        for stretch in self.it.told(VACATE_BY):
            assert stretch.value is None or stretch.value > stretch.start

    def _register(self, room: Room, area: Decimal) -> None:
        room.register(
            mandate(BORN),
            building=b.THE_BUILDING,
            floor=3,
            number="301",
            category=RoomCategory.OFFICE,
            net_area=area,
        )


TestRooms = RoomMachine.TestCase
TestRooms.settings = BOUNDED
