"""Repairs: requested, judged, approved, done, each on its slip."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from domain.kernel.events import FactCorrected
from domain.vehicles import refusals as refused
from domain.vehicles import upkeep_events as happened
from domain.vehicles.facets import REPAIR
from domain.vehicles.process import StepsOutOfOrder
from domain.vehicles.terms import RepairState
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import day, given, mandate
from tests.domain.vehicles.situations import a_vehicle, called, read

SLIP = "XL-2026-015"


def asked(when: str = "2026-01-01", slip: str = SLIP) -> Callable[[Vehicle], None]:
    return lambda v: v.request_repair(mandate(when), slip=slip, fault="变速箱异响", odometer=60_000)


def judged(when: str = "2026-01-02") -> Callable[[Vehicle], None]:
    return lambda v: v.judge_repair(mandate(when), slip=SLIP, judgement="更换离合器总成", estimate=Decimal("2900.00"))


def approved(
    when: str = "2026-01-03", amount: str = "3000.00", minutes: str | None = None
) -> Callable[[Vehicle], None]:
    return lambda v: v.approve_repair(
        mandate(when), slip=SLIP, amount=Decimal(amount), garage="定点维修厂", minutes=minutes
    )


def finished(when: str = "2026-01-08", cost: str = "2850.00") -> Callable[[Vehicle], None]:
    return lambda v: v.finish_repair(mandate(when), slip=SLIP, cost=Decimal(cost), odometer=60_010)


def refused_repair(when: str = "2026-01-03") -> Callable[[Vehicle], None]:
    return lambda v: v.refuse_repair(mandate(when), slip=SLIP)


def test_a_repair_is_requested_judged_approved_and_done() -> None:
    scenario = given(a_vehicle()).when(asked()).when(judged()).when(approved()).when(finished())
    scenario.then(
        (happened.RepairRequested, {"slip": SLIP}),
        (happened.RepairJudged, {"estimate": Decimal("2900.00")}),
        (happened.RepairApproved, {"amount": Decimal("3000.00"), "minutes": None}),
        (happened.RepairDone, {"cost": Decimal("2850.00")}),
    )
    assert scenario.aggregate.at(REPAIR, day("2026-01-02"), SLIP) is RepairState.JUDGED


def test_a_slip_is_used_once() -> None:
    given(a_vehicle("v", asked())).refused(refused.RepairSlipTaken, asked("2026-02-01"))


@pytest.mark.parametrize("step", [judged(), approved(), finished(), refused_repair()], ids=called)
def test_a_repair_that_nobody_requested_goes_no_further(step: Callable[[Vehicle], None]) -> None:
    given(a_vehicle()).refused(refused.RepairNotAtStep, step)


@pytest.mark.parametrize("step", [approved(), finished()], ids=called)
def test_a_repair_is_judged_before_it_is_approved_or_done(step: Callable[[Vehicle], None]) -> None:
    given(a_vehicle("v", asked())).refused(refused.RepairNotAtStep, step)


def test_a_step_is_not_earlier_than_the_step_before_it() -> None:
    given(a_vehicle("v", asked())).refused(refused.RepairNotAtStep, judged("2025-12-31"))


def test_a_repair_is_refused_and_stays_so() -> None:
    scenario = given(a_vehicle("v", asked(), judged())).when(refused_repair())
    scenario.then((happened.RepairRefused, {"slip": SLIP}))
    given(scenario.aggregate).refused(refused.RepairNotAtStep, approved("2026-01-04"))


def test_a_dear_repair_needs_the_minutes_of_a_meeting() -> None:
    vehicle = a_vehicle("v", asked(), judged())
    given(vehicle).refused(refused.RepairNeedsMeeting, approved(amount="3000.01"))
    given(vehicle).when(approved(amount="3000.01", minutes="青机管会纪〔2026〕2号")).then(
        (happened.RepairApproved, {"minutes": "青机管会纪〔2026〕2号"})
    )


def test_a_repair_costs_no_more_than_was_approved() -> None:
    vehicle = a_vehicle("v", asked(), judged(), approved())
    given(vehicle).refused(refused.RepairCostsMore, finished(cost="3000.01"))
    given(vehicle).when(finished(cost="3000.00")).then(happened.RepairDone)


def test_a_finished_repair_cannot_turn_the_odometer_back() -> None:
    vehicle = a_vehicle("v", asked(), judged(), approved(), read("2026-01-05", 60_011))
    given(vehicle).refused(refused.OdometerBackwards, finished())


def test_an_approval_is_not_corrected_below_the_cost() -> None:
    vehicle = a_vehicle("v", asked(), judged(), approved(), finished())
    vehicle.begin_correction(4)
    with pytest.raises(refused.RepairCostsMore):
        approved(amount="2849.99")(vehicle)


def test_an_approval_on_which_a_repair_stands_is_not_withdrawn() -> None:
    vehicle = a_vehicle("v", asked(), judged(), approved(), finished())
    with pytest.raises(StepsOutOfOrder) as caught:
        vehicle.withdraw(mandate(), of=4)
    assert "<" not in caught.value.message_zh + caught.value.message_en


def test_a_wrong_cost_is_corrected() -> None:
    vehicle = a_vehicle("v", asked(), judged(), approved(), finished())
    given(vehicle).correcting(5, finished(cost="2580.00")).then((FactCorrected, {"of": 5}))


def test_a_request_is_corrected_without_losing_the_steps_after_it() -> None:
    vehicle = a_vehicle("v", asked(), judged())
    given(vehicle).correcting(2, asked("2025-12-30")).then((FactCorrected, {"of": 2}))
    assert vehicle.at(REPAIR, day("2026-01-02"), SLIP) is RepairState.JUDGED
