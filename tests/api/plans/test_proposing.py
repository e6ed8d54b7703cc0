"""A plan is sent for approval, applied with the last one, and given back when it is refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.conftest import MANDATE, Office, a_unit
from tests.api.plans.conftest import Desk, Planner, line, news


def sent_for_approval(wang: Planner, unit: str, name: str) -> tuple[str, str]:
    """A plan with one line, proposed to that unit; the plan and the proposal."""
    plan = wang.makes()
    wang.adds(plan, "units.establish", unit=a_unit(name)["unit"])
    body = {"version": wang.sees(plan)["version"], "unit": unit, "levels": [unit]}
    answer = wang.tries("POST", f"{plan}/submit", body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "submitted"
    return plan, str(answer.json()["proposal"])


def decide(desk: Desk, unit: str, proposal: str, decision: str) -> Any:
    """By an approver of the unit."""
    secret = accounts.a_token(desk.urls.owner, "approver", given=[Grant(role=Role.APPROVER, unit=UUID(unit))])
    body = {"at": unit, "mandate": {**MANDATE, "effective": "2026-11-01"}}
    headers = {"Authorization": f"Bearer {secret}"}
    return desk.client.post(f"/v1/proposals/{proposal}/{decision}", json=body, headers=headers)


def test_the_last_approval_applies_the_plan(wang: Planner, desk: Desk, office: Office) -> None:
    unit, head = office.establish("县政府办"), office.head()
    plan, proposal = sent_for_approval(wang, unit, "县数据局")
    assert wang.tries("POST", f"{plan}/lines", line("units.abolish", unit)).json()["code"] == "plan-closed"
    answer = decide(desk, unit, proposal, "approve")
    assert answer.status_code == 200, answer.text
    told = wang.sees(plan)
    assert (told["state"], told["last_position"]) == ("applied", office.head())
    assert told["first_position"] > head


def test_a_plan_that_is_refused_can_be_changed_again(wang: Planner, desk: Desk, office: Office) -> None:
    unit = office.establish("县委办")
    plan, proposal = sent_for_approval(wang, unit, "县档案局")
    assert decide(desk, unit, proposal, "refuse").status_code == 200
    assert (wang.sees(plan)["state"], wang.sees(plan)["proposal"]) == ("draft", None)
    wang.adds(plan, "units.establish", unit=a_unit("县史志办")["unit"])


def test_only_an_owner_who_may_propose_sends_what_was_looked_at(wang: Planner, zhao: Planner, office: Office) -> None:
    unit, plan = office.establish("县人大办"), wang.makes()
    wang.invites(plan, zhao)
    body = {"version": 1, "unit": unit, "levels": [unit]}
    assert zhao.tries("POST", f"{plan}/submit", body).json()["code"] == "plan-part-too-small"
    assert wang.tries("POST", f"{plan}/submit", body).json()["code"] == "plan-empty"
    wang.adds(plan, "units.establish", unit=a_unit("县医保局")["unit"])
    assert wang.tries("POST", f"{plan}/submit", body).status_code == 412


def test_members_are_told_that_it_was_sent_for_approval_and_given_back(
    wang: Planner, zhao: Planner, desk: Desk, office: Office
) -> None:
    unit, plan = office.establish("县政协办"), wang.makes()
    wang.invites(plan, zhao)
    wang.adds(plan, "units.establish", unit=a_unit("县侨联")["unit"])
    body = {"version": wang.sees(plan)["version"], "unit": unit, "levels": [unit]}
    proposal = wang.tries("POST", f"{plan}/submit", body).json()["proposal"]
    decide(desk, unit, proposal, "refuse")
    wang.sees(plan)
    told = [zh for zh, link in news(zhao) if link == f"/plans/{plan}"]
    assert told == ["您参与的方案没有获批或被撤回，可以再改", "您参与的方案已送审"]
