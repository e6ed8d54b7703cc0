"""Loans, as tests tell them."""

from __future__ import annotations

from datetime import date, datetime

from domain.warehouse.terms import Grade
from tests.domain.scenario import day, mandate
from tests.domain.warehouse.situations import IN_STORE, Done, a_person, a_unit, loan_requested

REQUESTED = (*IN_STORE, loan_requested("2025-02-01"))


def loan_refused(when: str) -> Done:
    return lambda it: it.refuse_loan(mandate(when), note="已有其他安排")


def extended(when: str, due: date) -> Done:
    return lambda it: it.extend_loan(mandate(when), due=due)


def past_loan(
    since: str,
    until: str | datetime,
    *,
    due: date = date(2024, 12, 31),
    grade: Grade = Grade.B,
    damage: str | None = None,
) -> Done:
    return lambda it: it.record_past_loan(
        mandate(since),
        borrower=a_unit("信访局"),
        receiver=a_person("李建"),
        due=due,
        returned=day(until) if isinstance(until, str) else until,
        grade=grade,
        damage=damage,
        location="政府楼 201",
    )
