"""No sequence of accepted commands brings vehicles, drivers and journeys that share them into an impossible state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from domain.vehicles.booking import Bookable
from domain.vehicles.driver import Driver
from domain.vehicles.facets import AWAY, ODOMETER
from domain.vehicles.journey import Journey
from domain.vehicles.terms import JourneyStatus, LicenceClass
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import an_id, day, mandate
from tests.domain.vehicles.machines import BOUNDS, HOURS, KILOMETRES, Logged
from tests.domain.vehicles.situations import Trip, a_driver, a_fit_vehicle, a_person, inspected, insured, registered


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


TestFleetMachine = FleetMachine.TestCase
TestFleetMachine.settings = BOUNDS
