"""No sequence of accepted commands brings a vehicle into an impossible state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.vehicles.facets import (
    ODOMETER,
    OWNER,
    PLATE,
    POSTED_TO,
    REPAIR,
    REPAIR_APPROVED,
    REPAIR_COST,
    VEHICLE_STATUS,
)
from domain.vehicles.terms import CostKind, DisposalMode, RepairState, SealReason, VehicleStatus
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import an_id, day, mandate
from tests.domain.vehicles.machines import BOUNDS, DAYS, KILOMETRES, SLIPS, START, UNITS, Logged, on
from tests.domain.vehicles.situations import VIN, a_person, registered


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


TestVehicleMachine = VehicleMachine.TestCase
TestVehicleMachine.settings = BOUNDS
