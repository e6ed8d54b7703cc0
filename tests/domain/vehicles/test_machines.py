"""No sequence of accepted commands reaches an impossible state, and a replay is the same as having been there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.events import Event
from domain.kernel.mandate import Mandate
from domain.vehicles.booking import Bookable
from domain.vehicles.driver import Driver
from domain.vehicles.facets import (
    AWAY,
    DUTY,
    LICENCE,
    ODOMETER,
    OWNER,
    PLATE,
    POSTED_TO,
    REPAIR,
    REPAIR_APPROVED,
    REPAIR_COST,
    VEHICLE_STATUS,
)
from domain.vehicles.journey import Journey
from domain.vehicles.terms import (
    CostKind,
    DisposalMode,
    DriverStatus,
    JourneyStatus,
    LicenceClass,
    RepairState,
    SealReason,
    VehicleStatus,
)
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import an_id, day, mandate, replayed
from tests.domain.vehicles.situations import (
    CENTRE,
    EDUCATION,
    VIN,
    WATER,
    Trip,
    a_driver,
    a_fit_vehicle,
    a_person,
    inspected,
    insured,
    registered,
    state,
)

BOUNDS = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)

START = day("2026-01-01")
DAYS = st.integers(0, 60)
HOURS = st.integers(0, 30)
KILOMETRES = st.integers(0, 12)
UNITS = st.sampled_from([CENTRE, EDUCATION, WATER])
SLIPS = st.sampled_from(["XL-1", "XL-2"])


def on(days: int) -> Mandate:
    return mandate(START + timedelta(days=days))


class Logged(RuleBasedStateMachine):
    """Aggregates with their logs: what is refused leaves no trace, as in the registry."""

    def __init__(self) -> None:
        super().__init__()
        self.logs: dict[UUID, list[Event]] = {}
        self.live: dict[UUID, Aggregate] = {}

    def keep(self, aggregate: Aggregate) -> None:
        """From now on its events are kept. What it was told before is its past."""
        self.live[aggregate.id] = aggregate
        self.logs[aggregate.id] = list(aggregate.collect_events())

    def attempt(self, decide: Callable[[], object]) -> None:
        refusal = None
        try:
            decide()
        except Refusal as said:
            refusal = said
        if refusal is None:
            for id_, aggregate in self.live.items():
                self.logs[id_] += aggregate.collect_events()
            return
        assert "<" not in refusal.message_zh + refusal.message_en
        for id_, aggregate in self.live.items():
            self.live[id_] = replayed(type(aggregate)(id_), self.logs[id_])

    @invariant()
    def a_replay_is_the_same(self) -> None:
        for id_, aggregate in self.live.items():
            assert state(replayed(type(aggregate)(id_), self.logs[id_])) == state(aggregate)


class VehicleMachine(Logged):
    """Everything that may be done to a vehicle, in any order, late and corrected."""

    def __init__(self) -> None:
        super().__init__()
        vehicle = Vehicle(an_id("v"))
        registered("2026-01-01", odometer=0, first_used=day("2015-01-01"))(vehicle)
        vehicle.issue_fuel_card(on(0), card="9030")
        self.keep(vehicle)

    @property
    def vehicle(self) -> Vehicle:
        vehicle = self.live[an_id("v")]
        assert isinstance(vehicle, Vehicle)
        return vehicle

    def tell(self, decide: Callable[[Vehicle], object], corrects: int | None = None) -> None:
        def told() -> None:
            if corrects is not None:
                self.vehicle.begin_correction(corrects)
            decide(self.vehicle)

        self.attempt(told)

    @rule(days=DAYS, km=KILOMETRES, corrects=st.none() | st.integers(2, 12))
    def read_odometer(self, days: int, km: int, corrects: int | None) -> None:
        self.tell(lambda v: v.note_odometer(on(days), odometer=km * 1_000), corrects)

    @rule(days=DAYS, km=KILOMETRES)
    def refuel(self, days: int, km: int) -> None:
        said: dict[str, Any] = {"card": "9030", "litres": Decimal(40), "cost": Decimal(300)}
        self.tell(lambda v: v.refuel(on(days), odometer=km * 1_000, **said))

    @rule(days=DAYS, unit=UNITS, length=st.integers(1, 30), corrects=st.none() | st.integers(2, 12))
    def post(self, days: int, unit: Any, length: int, corrects: int | None) -> None:
        until = START + timedelta(days=days + length)
        self.tell(lambda v: v.post(on(days), to=unit, until=until), corrects)

    @rule(days=DAYS)
    def recall(self, days: int) -> None:
        self.tell(lambda v: v.recall(on(days)))

    @rule(days=DAYS, unit=UNITS)
    def transfer(self, days: int, unit: Any) -> None:
        self.tell(lambda v: v.transfer(on(days), to=unit))

    @rule(days=DAYS, length=st.none() | st.integers(1, 10))
    def seal(self, days: int, length: int | None) -> None:
        until = None if length is None else START + timedelta(days=days + length)
        self.tell(lambda v: v.seal(on(days), why=SealReason.IDLE, key_keeper=a_person("马主任"), until=until))

    @rule(days=DAYS)
    def unseal(self, days: int) -> None:
        self.tell(lambda v: v.unseal(on(days)))

    @rule(days=DAYS)
    def pay(self, days: int) -> None:
        self.tell(lambda v: v.pay(on(days), cost_kind=CostKind.TOLL, cost=Decimal(35)))

    @rule(days=DAYS, slip=SLIPS, corrects=st.none() | st.integers(2, 12))
    def ask_for_a_repair(self, days: int, slip: str, corrects: int | None) -> None:
        self.tell(lambda v: v.request_repair(on(days), slip=slip, fault="异响"), corrects)

    @rule(days=DAYS, slip=SLIPS)
    def judge(self, days: int, slip: str) -> None:
        self.tell(lambda v: v.judge_repair(on(days), slip=slip, judgement="更换", estimate=Decimal(900)))

    @rule(days=DAYS, slip=SLIPS, amount=st.integers(1, 9), corrects=st.none() | st.integers(2, 12))
    def approve(self, days: int, slip: str, amount: int, corrects: int | None) -> None:
        self.tell(lambda v: v.approve_repair(on(days), slip=slip, amount=Decimal(amount), garage="厂"), corrects)

    @rule(days=DAYS, slip=SLIPS, cost=st.integers(1, 9), km=KILOMETRES)
    def finish(self, days: int, slip: str, cost: int, km: int) -> None:
        self.tell(lambda v: v.finish_repair(on(days), slip=slip, cost=Decimal(cost), odometer=km * 1_000))

    @rule(days=DAYS, step=st.sampled_from(["request", "approve", "refuse", "dispose"]), again=st.booleans())
    def end(self, days: int, step: str, again: bool) -> None:
        steps: dict[str, Callable[[Vehicle], None]] = {
            "request": lambda v: v.request_disposal(on(days), mode=DisposalMode.SCRAP),
            "approve": lambda v: v.approve_disposal(on(days), mode=DisposalMode.AUCTION),
            "refuse": lambda v: v.refuse_disposal(on(days)),
            "dispose": lambda v: v.dispose(on(days), income=Decimal(1)),
        }
        self.tell(steps[step], self.vehicle.version if again else None)

    @rule(of=st.integers(1, 15))
    def withdraw(self, of: int) -> None:
        self.tell(lambda v: v.withdraw(mandate(), of=of))

    @invariant()
    def the_odometer_never_goes_backwards(self) -> None:
        readings = [stretch.value for stretch in self.vehicle.stretches(ODOMETER)]
        assert all(before <= after for before, after in pairwise(readings))

    @invariant()
    def a_disposed_vehicle_has_no_later_facts(self) -> None:
        ended = [s.start for s in self.vehicle.stretches(VEHICLE_STATUS) if s.value is VehicleStatus.DISPOSED]
        for moment in ended:
            assert max(self.vehicle._effective.values()) <= moment
            assert self.vehicle.at(OWNER, moment) is None
            assert self.vehicle.at(POSTED_TO, moment) is None
            assert self.vehicle.finally_(PLATE) is None
            assert all(until is not None for until in self.vehicle.holders().values())

    @invariant()
    def a_vehicle_that_is_kept_has_an_owner_and_claims(self) -> None:
        if self.vehicle.finally_(VEHICLE_STATUS) is not VehicleStatus.DISPOSED:
            assert self.vehicle.finally_(OWNER) is not None
            assert {("plate", "宁C12345"), ("vin", VIN)} <= self.vehicle.claims()

    @invariant()
    def a_repair_that_is_done_was_approved_for_at_least_its_cost(self) -> None:
        for slip in ("XL-1", "XL-2"):
            if self.vehicle.last_told(REPAIR, slip) is RepairState.DONE:
                approved = self.vehicle.last_told(REPAIR_APPROVED, slip)
                cost = self.vehicle.last_told(REPAIR_COST, slip)
                assert approved is not None
                assert cost is not None
                assert cost <= approved


class DriverMachine(Logged):
    """Everything that may be done to a driver."""

    def __init__(self) -> None:
        super().__init__()
        driver = Driver(an_id("d"))
        driver.enrol(on(0), person=a_person(), licence=LicenceClass.C1, valid_until=START + timedelta(days=40))
        self.keep(driver)

    @property
    def driver(self) -> Driver:
        driver = self.live[an_id("d")]
        assert isinstance(driver, Driver)
        return driver

    def tell(self, decide: Callable[[Driver], object], corrects: int | None = None) -> None:
        def told() -> None:
            if corrects is not None:
                self.driver.begin_correction(corrects)
            decide(self.driver)

        self.attempt(told)

    @rule(days=DAYS, length=st.integers(-5, 30), corrects=st.none() | st.integers(1, 8))
    def renew(self, days: int, length: int, corrects: int | None) -> None:
        until = START + timedelta(days=days + length)
        self.tell(lambda d: d.renew_licence(on(days), licence=LicenceClass.B1, valid_until=until), corrects)

    @rule(days=DAYS, length=st.none() | st.integers(1, 10))
    def suspend(self, days: int, length: int | None) -> None:
        until = None if length is None else START + timedelta(days=days + length)
        self.tell(lambda d: d.suspend(on(days), until=until))

    @rule(days=DAYS)
    def reinstate(self, days: int) -> None:
        self.tell(lambda d: d.reinstate(on(days)))

    @rule(days=DAYS)
    def remove(self, days: int) -> None:
        self.tell(lambda d: d.remove(on(days)))

    @rule(of=st.integers(1, 10))
    def withdraw(self, of: int) -> None:
        self.tell(lambda d: d.withdraw(mandate(), of=of))

    @precondition(lambda self: not self.driver.never_was)
    @invariant()
    def a_removed_driver_has_no_later_facts_and_claims_nothing(self) -> None:
        ended = [s.start for s in self.driver.stretches(DUTY) if s.value is DriverStatus.RELEASED]
        for moment in ended:
            assert max(self.driver._effective.values()) <= moment
            assert self.driver.at(DUTY, moment + timedelta(days=400)) is DriverStatus.RELEASED
        assert self.driver.claims() == (frozenset() if ended else {("driver", str(a_person().id))})

    @invariant()
    def a_licence_ends(self) -> None:
        assert all(stretch.end is not None for stretch in self.driver.stretches(LICENCE))


def at(hours: int) -> datetime:
    return day("2026-11-10") + timedelta(hours=hours)


class FleetMachine(Logged):
    """Two vehicles, two drivers and four journeys that want them, early, late, told late and corrected."""

    def __init__(self) -> None:
        super().__init__()
        self.vehicles = [an_id("宁C1"), an_id("宁C2")]
        self.drivers = [an_id("驾驶员甲"), an_id("驾驶员乙")]
        self.journeys = [an_id(f"行程{number}") for number in range(4)]
        for number, id_ in enumerate(self.vehicles):
            vehicle = Vehicle(id_)
            for prepare in (registered(odometer=0, plate=f"宁C1234{number}"), insured(), inspected()):
                prepare(vehicle)
            self.keep(vehicle)
        for name in ("甲", "乙"):
            driver = Driver(an_id(f"驾驶员{name}"))
            driver.enrol(mandate("2020-01-01"), person=a_person(name), licence=LicenceClass.B1, valid_until=at(9_000))
            self.keep(driver)

    def opened(self, number: int, vehicle: int = 0, driver: int = 0) -> Trip | None:
        """A journey with the vehicle and driver that are its own, or else with these."""
        journey = self.live.get(self.journeys[number])
        if not isinstance(journey, Journey):
            return None
        car = self.live[journey.vehicle_id or self.vehicles[vehicle]]
        chauffeur = self.live[journey.driver_id or self.drivers[driver]]
        assert isinstance(car, Vehicle)
        assert isinstance(chauffeur, Driver)
        return Trip(journey=journey, vehicle=car, driver=chauffeur)

    def step(self, trip: Trip | None, decide: Callable[[Trip], object], corrects: str | None = None) -> None:
        def told() -> None:
            assert trip is not None
            if corrects is not None:
                versions = [v for v, kind in trip.journey._topics.items() if kind.__name__ == corrects]
                for version in versions:
                    trip.journey.begin_correction(version)
            decide(trip)

        if trip is not None:
            self.attempt(told)

    @rule(number=st.integers(0, 3), start=st.integers(0, 20), length=st.integers(1, 8))
    def request(self, number: int, start: int, length: int) -> None:
        if self.journeys[number] not in self.live:
            journey = Journey(self.journeys[number])
            trip = Trip(journey=journey, vehicle=a_fit_vehicle(), driver=a_driver())
            trip.request(mandate(at(0)), planned_from=at(start), planned_until=at(start + length))
            journey.approve(mandate(at(0), user="zhang"))
            self.keep(journey)

    @precondition(lambda self: len(self.live) > 4)
    @rule(number=st.integers(0, 3), when=HOURS, vehicle=st.integers(0, 1), driver=st.integers(0, 1))
    def dispatch(self, number: int, when: int, vehicle: int, driver: int) -> None:
        self.step(self.opened(number, vehicle, driver), lambda trip: trip.dispatch(at(when).isoformat()[:19]))

    @precondition(lambda self: len(self.live) > 4)
    @rule(number=st.integers(0, 3), when=HOURS, to=st.integers(0, 1))
    def swap(self, number: int, when: int, to: int) -> None:
        other = self.live[self.vehicles[to]]
        assert isinstance(other, Vehicle)
        self.step(self.opened(number), lambda trip: trip.swap(other, at(when).isoformat()[:19]))

    @precondition(lambda self: len(self.live) > 4)
    @rule(number=st.integers(0, 3), when=HOURS, km=KILOMETRES, again=st.booleans())
    def depart(self, number: int, when: int, km: int, again: bool) -> None:
        self.step(
            self.opened(number),
            lambda trip: trip.depart(at(when).isoformat()[:19], km * 10),
            "JourneyDeparted" if again else None,
        )

    @precondition(lambda self: len(self.live) > 4)
    @rule(number=st.integers(0, 3), when=HOURS, km=KILOMETRES, again=st.booleans())
    def come_back(self, number: int, when: int, km: int, again: bool) -> None:
        self.step(
            self.opened(number),
            lambda trip: trip.come_back(at(when).isoformat()[:19], km * 10),
            "JourneyReturned" if again else None,
        )

    @precondition(lambda self: len(self.live) > 4)
    @rule(number=st.integers(0, 3), when=HOURS)
    def cancel(self, number: int, when: int) -> None:
        self.step(self.opened(number), lambda trip: trip.cancel(at(when).isoformat()[:19]))

    @precondition(lambda self: len(self.live) > 4)
    @rule(number=st.integers(0, 3), when=HOURS)
    def close(self, number: int, when: int) -> None:
        self.step(self.opened(number), lambda trip: trip.journey.close(mandate(at(when)), in_order=True))

    @precondition(lambda self: len(self.live) > 4)
    @rule(whose=st.integers(0, 3), of=st.integers(1, 12))
    def withdraw(self, whose: int, of: int) -> None:
        asset = self.live[(self.vehicles + self.drivers)[whose]]
        self.attempt(lambda: asset.withdraw(mandate(), of=of))

    def bookable(self) -> Sequence[Bookable]:
        return [a for a in self.live.values() if isinstance(a, Bookable)]

    def journeys_of(self, asset: Bookable, *statuses: JourneyStatus) -> list[Journey]:
        found = [journey for journey in self.live.values() if isinstance(journey, Journey)]
        return [j for j in found if asset.id in {j.vehicle_id, j.driver_id} and j.status in statuses]

    @invariant()
    def nobody_is_on_two_journeys_at_once(self) -> None:
        for asset in self.bookable():
            trips = [
                (stretch.start, stretch.end)
                for member in asset.all_members(AWAY)
                for stretch in asset.stretches(AWAY, member)
                if stretch.value and stretch.end is not None
            ]
            assert all(one[1] <= other[0] for one, other in pairwise(sorted(trips)))

    @invariant()
    def whoever_is_away_is_away_for_a_journey_that_has_left(self) -> None:
        for asset in self.bookable():
            away = {
                member
                for member in asset.all_members(AWAY)
                if any(s.value and s.end is None for s in asset.stretches(AWAY, member))
            }
            assert away == {str(j.id) for j in self.journeys_of(asset, JourneyStatus.DEPARTED)}

    @invariant()
    def plans_do_not_overlap(self) -> None:
        for asset in self.bookable():
            waiting = {journey.id for journey in self.journeys_of(asset, JourneyStatus.DISPATCHED)}
            taken = [slot for slot in asset.taken(at(-1_000), at(1_000), at(0)) if slot.journey in waiting]
            slots = sorted((slot.start, slot.until) for slot in taken)
            assert all(one[1] <= other[0] for one, other in pairwise(slots))

    @invariant()
    def only_those_dispatched_or_gone_are_reserved_to_the_end_of_their_plan(self) -> None:
        for asset in self.bookable():
            taken = {slot.journey for slot in asset.taken(at(0), at(100), at(0))}
            wanted = self.journeys_of(asset, JourneyStatus.DISPATCHED, JourneyStatus.DEPARTED)
            assert {journey.id for journey in wanted} <= taken

    @invariant()
    def the_odometer_never_goes_backwards(self) -> None:
        for asset in self.live.values():
            if isinstance(asset, Vehicle):
                readings = [stretch.value for stretch in asset.stretches(ODOMETER)]
                assert all(before <= after for before, after in pairwise(readings))


TestVehicleMachine = VehicleMachine.TestCase
TestDriverMachine = DriverMachine.TestCase
TestFleetMachine = FleetMachine.TestCase
for case in (TestVehicleMachine, TestDriverMachine, TestFleetMachine):
    case.settings = BOUNDS
del case
