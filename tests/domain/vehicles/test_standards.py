"""The rules that are data: which version is in force, and what it allows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.vehicles.standards import (
    CAPS,
    REPAIR_MEETING_ABOVE,
    Grade,
    exceeded_cap,
    renewal_due_from,
    repair_meeting_above,
)
from domain.vehicles.terms import Body, Energy, VehicleCategory
from tests.domain.scenario import day

C, B, E = VehicleCategory, Body, Energy


@pytest.mark.parametrize(
    ("category", "body", "energy", "price", "litres", "need", "cap"),
    [
        (C.CONFIDENTIAL, B.CAR, E.PETROL, 120_000, "1.6", False, None),
        (C.CONFIDENTIAL, B.CAR, E.PETROL, 120_001, "1.6", False, 120_000),
        (C.CONFIDENTIAL, B.CAR, E.PETROL, 100_000, "1.8", False, 120_000),
        (C.EMERGENCY, B.SUV, E.PETROL, 180_000, "1.8", False, None),
        (C.EMERGENCY, B.SUV, E.PETROL, 200_000, "2.0", False, 180_000),
        (C.EMERGENCY, B.SUV, E.PETROL, 250_000, "3.0", True, None),
        (C.EMERGENCY, B.SUV, E.PETROL, 250_001, "3.0", True, 250_000),
        (C.ENFORCEMENT, B.CAR, E.PETROL, 180_000, "1.8", False, 120_000),
        (C.ENFORCEMENT, B.CAR, E.PETROL, 180_000, "1.8", True, None),
        (C.OTHER, B.LARGE_BUS, E.DIESEL, 450_000, "8.9", True, None),
        (C.OTHER, B.LARGE_BUS, E.DIESEL, 450_001, "8.9", True, 450_000),
        (C.OTHER, B.MEDIUM_BUS, E.DIESEL, 250_000, "2.8", False, 180_000),
        (C.OTHER, B.CAR, E.ELECTRIC, 180_000, None, False, None),
        (C.CONFIDENTIAL, B.CAR, E.ELECTRIC, 180_000, None, False, None),
        (C.OTHER, B.CAR, E.ELECTRIC, 180_001, None, True, 180_000),
        (C.TECHNICAL, B.OTHER, E.DIESEL, 2_000_000, "9.0", False, None),
    ],
    ids=[f"case {number}" for number in range(1, 17)],
)
def test_a_purchase_is_judged_by_the_caps_of_2017(
    category: VehicleCategory, body: Body, energy: Energy, price: int, litres: str | None, need: bool, cap: int | None
) -> None:
    exceeded = exceeded_cap(
        day("2024-01-01"),
        category=category,
        body=body,
        energy=energy,
        price=Decimal(price),
        litres=None if litres is None else Decimal(litres),
        special_need=need,
    )
    assert (None if exceeded is None else exceeded.price) == cap


def test_a_purchase_before_the_rule_is_not_judged_by_it() -> None:
    before, since = day("2017-12-04T15:59"), day("2017-12-04T16:00")
    for moment, is_judged in ((before, False), (since, True)):
        cap = exceeded_cap(
            moment,
            category=C.OTHER,
            body=B.CAR,
            energy=E.PETROL,
            price=Decimal(300_000),
            litres=None,
            special_need=False,
        )
        assert (cap is not None) is is_judged


def test_every_rule_says_where_it_stands() -> None:
    for rule in (*CAPS, *REPAIR_MEETING_ABOVE):
        assert rule.document
        assert rule.clause


def test_a_local_practice_is_marked_as_unconfirmed() -> None:
    rule = repair_meeting_above(day("2026-01-01"))
    assert rule is not None
    assert (rule.value, rule.grade) == (Decimal("3000.00"), Grade.UNCONFIRMED)


def test_a_leap_day_renews_on_a_day_that_exists() -> None:
    assert renewal_due_from(day("2092-02-29")) == day("2100-02-28")
