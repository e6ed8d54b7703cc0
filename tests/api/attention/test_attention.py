"""What waits and what looks wrong: every count is what its own address lists, and nobody is told of what they may not read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from api.attention.finding import SHANGHAI
from api.attention.watched import WAITS, WRONG, months_before
from api.composition import opened
from api.world.loading import load
from domain.access.policy import POLICY, commands_of
from domain.access.principal import Grant
from domain.access.roles import Role
from domain.catalogue import COMMANDS
from tests import accounts
from tests.api.conftest import Office, settings_for
from tests.api.seeing import Seeing, seeing

DAYS = ("2021-03-01", None)
PEOPLE = [role for role in Role if POLICY[role].reads]


@pytest.fixture(scope="module")
def desk(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeing]:
    with opened(settings_for(office.urls, Path(tmp_path_factory.mktemp("world")))) as services:
        load(services, 4_000, 1)
    with seeing(office) as desk:
        yield desk


def listed(desk: Seeing, one: dict[str, Any], **moment: str) -> int:
    """How many rows the address of what was found lists."""
    asked = "&".join([one["rows"], *(f"{name}={value.replace('#', '%23')}" for name, value in moment.items())])
    if one["name"] == "vehicles-over":
        return sum(group["figures"]["over"] > 0 for group in desk.client.get(asked).json()["groups"])
    rows, address = 0, f"{asked}&limit=1000"
    while address:
        answer = desk.client.get(address)
        assert answer.status_code == 200, answer.text
        rows, address = rows + len(answer.json()["rows"]), answer.json()["next"]
    return rows


@pytest.mark.parametrize("day", DAYS)
def test_whatever_is_counted_is_listed_by_the_address_beside_it(desk: Seeing, day: str | None) -> None:
    seen = desk.sees("/v1/attention", at=day)
    told = [*seen["waits"], *seen["wrong"]]
    assert sum(one["count"] > 0 for one in told) > 3
    for one in told:
        assert listed(desk, one, at=seen["at"].replace("+", "%2B"), known=f"#{seen['position']}") == one["count"], one


def test_one_of_the_two_can_be_asked_for_alone(desk: Seeing) -> None:
    both, waits, wrong = (desk.sees(f"/v1/attention{only}") for only in ("", "?only=waits", "?only=wrong"))
    assert (waits["waits"], waits["wrong"]) == (both["waits"], [])
    assert (wrong["waits"], wrong["wrong"]) == ([], both["wrong"])


def test_every_line_has_a_name_of_its_own_and_what_waits_a_command_that_there_is() -> None:
    names = [one.name for one in (*WAITS, *WRONG)]
    assert len(names) == len(set(names))
    assert {one.command for one in WAITS} <= COMMANDS.keys()
    assert {one.command for one in WRONG} == {None}


@pytest.mark.parametrize("role", PEOPLE)
def test_each_role_is_told_of_what_it_reads_and_of_what_it_can_settle(desk: Seeing, role: Role) -> None:
    token = accounts.a_token(desk.urls.owner, f"as-{role}", given=[Grant(role=role)])
    told = desk.client.get("/v1/attention", headers={"Authorization": f"Bearer {token}"}).json()
    assert {one["kind"] for one in [*told["waits"], *told["wrong"]]} <= POLICY[role].reads
    assert {one["command"] for one in told["waits"]} <= commands_of(role)
    assert {one["command"] for one in told["waits"]} == {
        one.command for one in WAITS if one.command in commands_of(role) and one.rows.kind in POLICY[role].reads
    }


def test_who_has_a_unit_only_is_told_of_its_things_only(desk: Seeing) -> None:
    everywhere = {one["name"]: one["count"] for one in desk.sees("/v1/attention")["wrong"]}
    unit = desk.sees("/v1/units", limit=1)["rows"][0]["id"]
    token = accounts.a_token(desk.urls.owner, "clerk-of-one", given=[Grant(role=Role.UNIT_CLERK, unit=UUID(unit))])
    told = desk.client.get("/v1/attention", headers={"Authorization": f"Bearer {token}"}).json()["wrong"]
    assert all(one["count"] <= everywhere[one["name"]] for one in told)
    assert sum(one["count"] for one in told) < sum(everywhere.values())


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [("2024-08-31", 6, "2024-02-29"), ("2024-03-01", 6, "2023-09-01"), ("2024-02-29", 96, "2016-02-29"),
     ("2024-12-15", 12, "2023-12-15")],
)  # fmt: skip
def test_months_are_counted_back_on_the_calendar(day: str, months: int, before: str) -> None:
    at = datetime.fromisoformat(f"{day}T15:30:00").replace(tzinfo=SHANGHAI)
    assert months_before(at, months).isoformat() == f"{before}T00:00:00+08:00"
