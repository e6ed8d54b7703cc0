"""A plan is checked: each line, what contradicts, what was overtaken, and what becomes of the units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.conftest import MANDATE
from tests.api.plans.conftest import ABOUT, Desk, Planner, line
from tests.scenarios.bureau import Bureau

SINCE = "2020-01-01"


def a_house(bureau: Bureau, *offices: tuple[str, str, str], name: str) -> dict[str, str]:
    """A unit with offices, each of number, area and the rank of the one person in it; their ids, by number and "of" it."""
    unit = bureau.does("units.establish", effective=SINCE, **unit_called(name))
    said = {"number": f"H-{name}", "name": f"{name}楼", "address": "北京路1号", "division": "640104", "floors_above": 3}
    said |= {"gross_area": "900.00", "structure": "mixed"}
    house = bureau.does("buildings.register", effective=SINCE, building=said, owner=unit)
    found = {"unit": unit.id, "house": house.id}
    for number, area, rank in offices:
        room = bureau.does(
            "rooms.register", effective=SINCE, building=house, floor=1, number=number, category="office", net_area=area
        )
        person = bureau.does(
            "people.join", effective=SINCE, unit=unit, name="李晓梅", staff_type="established", rank=rank
        )
        bureau.does("rooms.assign", room, effective=SINCE, unit=unit)
        bureau.does("rooms.move-in", room, effective=SINCE, person=person)
        found |= {number: room.id, f"of {number}": person.id}
    return found


def unit_called(name: str) -> dict[str, Any]:
    return {"unit": {"name": name, "unit_kind": "government", "level": "county", "division": "640104"}}


def looked_at(wang: Planner, plan: str) -> dict[str, Any]:
    found: dict[str, Any] = wang.sees(f"{plan}/check")
    return found


def test_every_line_is_told_whether_it_goes_and_what_it_changes(wang: Planner, desk: Desk) -> None:
    house, plan = a_house(desk.bureau, ("101", "12.00", "staff"), name="县财政局"), wang.makes()
    wang.adds(plan, "rooms.release", house["101"])
    wang.adds(plan, "rooms.assign", house["101"], unit=str(uuid4()))
    new = wang.adds(plan, "units.establish", **unit_called("县数据局"))
    wang.adds(plan, "rooms.assign", house["101"], unit=new["said"]["id"])
    told = looked_at(wang, plan)
    assert (told["accepted"], told["refused"]) == (3, 1)
    assert [one["problem"] and one["problem"]["code"] for one in told["results"]] == [None, "not-found", None, None]
    change = told["results"][3]["events"][0]["changes"][0]
    assert (change["before"]["zh"], change["after"]["zh"]) == ("无", "县数据局")
    words = wang.sees(plan)["content"][3]
    assert (words["zh"], words["asset"]["label"]) == ("分配给单位", "县财政局楼 101")
    assert [(one["zh"], one["value_zh"]) for one in words["particulars"]] == [("单位", "县数据局")]


def test_lines_that_contradict_each_other_are_named(wang: Planner, desk: Desk) -> None:
    house, plan = (
        a_house(desk.bureau, ("201", "12.00", "staff"), ("202", "12.00", "staff"), name="县水务局"),
        wang.makes(),
    )
    wang.adds(plan, "units.rename", house["unit"], name="县水利局")
    wang.adds(plan, "rooms.renumber", house["201"], number="210")
    wang.adds(plan, "units.rename", house["unit"], name="县水务和水利局")
    person = desk.bureau.does(
        "people.join", effective=SINCE, unit=house["unit"], name="马明", staff_type="established", rank="staff"
    )
    wang.adds(plan, "rooms.move-in", house["201"], person=person.id)
    wang.adds(plan, "rooms.move-in", house["202"], person=person.id)
    found = looked_at(wang, plan)["results"]
    assert [[(one["code"], one["lines"]) for one in each["conflicts"]] for each in found] == [
        [("contradicts", [3])], [], [("contradicts", [1])], [("two-offices", [5])], [("two-offices", [4])],
    ]  # fmt: skip


def test_what_changed_since_a_line_was_written_is_told(wang: Planner, desk: Desk) -> None:
    house, plan = a_house(desk.bureau, ("301", "12.00", "staff"), name="县林业局"), wang.makes()
    wang.adds(plan, "rooms.renumber", house["301"], number="310")
    assert looked_at(wang, plan)["results"][0]["conflicts"] == []
    desk.bureau.does("rooms.measure", house["301"], effective="2021-01-01", net_area="13.00")
    conflict = looked_at(wang, plan)["results"][0]["conflicts"][0]
    assert (conflict["code"], conflict["zh"]) == ("changed-since", "写这一行之后，该对象又有 1 次变更，请核对")


def test_what_becomes_of_the_units_is_told_before_and_after(wang: Planner, desk: Desk) -> None:
    """A section chief of a county may have 18 m², a clerk 9: two clerks move into one room, and the large one goes to another unit."""
    offices = ("401", "18.00", "section-chief"), ("402", "12.00", "staff"), ("403", "20.00", "staff")
    house, other = a_house(desk.bureau, *offices, name="县农业局"), a_house(desk.bureau, name="县审计局")
    car = desk.bureau.does(
        "units.set-vehicle-establishment", house["unit"], effective=SINCE, category="other", vehicles=2
    )
    assert car.id
    plan = wang.makes()
    wang.adds(plan, "rooms.move-out", house["403"], person=house["of 403"])
    wang.adds(plan, "rooms.move-in", house["402"], person=house["of 403"])
    wang.adds(plan, "rooms.release", house["403"])
    wang.adds(plan, "rooms.assign", house["403"], unit=other["unit"])
    wang.adds(plan, "units.set-vehicle-establishment", house["unit"], category="other", vehicles=1)
    told = looked_at(wang, plan)
    assert told["refused"] == 0, told
    units = {one["unit"]["label"]: one for one in told["effects"]["units"]}
    mine, theirs = units["县农业局"]["figures"], units["县审计局"]["figures"]
    assert {name: (one["before"], one["after"]) for name, one in mine.items()} == {
        "rooms": ("3", "2"), "net_area": ("50.00", "30.00"), "people": ("3", "3"), "area_a_head": ("16.67", "10.00"),
        "over_offices": ("2", "0"), "vehicles": ("0", "0"), "vehicle_establishment": ("2", "1"), "items": ("0", "0"),
    }  # fmt: skip
    assert (theirs["rooms"]["difference"], theirs["net_area"]["after"], theirs["area_a_head"]["after"]) == (
        "1",
        "20.00",
        None,
    )
    assert [(one["rank"], one["before"], one["after"]) for one in units["县农业局"]["offices"]] == [("staff", "2", "0")]


def test_what_is_foretold_is_what_is_there_afterwards(wang: Planner, desk: Desk) -> None:
    house = a_house(desk.bureau, ("501", "12.00", "staff"), ("502", "12.00", "staff"), name="县统计局")
    plan = wang.makes()
    wang.adds(plan, "rooms.move-out", house["502"], person=house["of 502"])
    wang.adds(plan, "rooms.release", house["502"])
    wang.adds(plan, "people.leave", house["of 502"])
    told = looked_at(wang, plan)
    foretold = {name: one["after"] for name, one in told["effects"]["units"][0]["figures"].items()}
    assert wang.tries("POST", f"{plan}/apply", {"version": told["version"]}).status_code == 200
    head = desk.bureau.head()
    told = desk.client.get(f"/v1/statistics/premises?unit={house['unit']}&after={head}").json()["totals"]
    assert (foretold["rooms"], foretold["net_area"]) == (str(told["rooms"]), str(told["net_area"])) == ("1", "12.00")


@pytest.fixture
def newcomer(desk: Desk) -> Iterator[Callable[..., Planner]]:
    """Somebody with these grants and no others."""
    with ExitStack() as stack:

        def made(login: str, *given: Grant) -> Planner:
            headers = {"Authorization": f"Bearer {accounts.a_token(desk.urls.owner, login, given=given)}"}
            client = httpx.Client(base_url=desk.client.base_url, headers=headers, timeout=60)
            return Planner(stack.enter_context(client), login)

        yield made


# Who may not see it ------------------------------------------------------------------------------------------------------


def test_a_member_sees_of_a_line_what_they_see_of_its_thing(
    wang: Planner, desk: Desk, newcomer: Callable[..., Planner]
) -> None:
    """Added to a plan, somebody of another unit is told that there is a line, and neither of what nor with which particulars."""
    house, elsewhere = (
        a_house(desk.bureau, ("601", "12.00", "staff"), name="县民政局"),
        a_house(desk.bureau, name="县交通局"),
    )
    plan = wang.makes()
    wang.adds(plan, "rooms.renumber", house["601"], number="机密编号")
    wang.adds(plan, "units.rename", elsewhere["unit"], name="县交通运输局")
    narrow = newcomer("narrow", Grant(role=Role.PREMISES_OFFICER, unit=UUID(elsewhere["unit"])))
    wang.invites(plan, narrow)
    answer = narrow.tries("GET", plan)
    hidden, shown = answer.json()["content"]
    assert (hidden["in_sight"], hidden["said"], hidden["asset"], hidden["particulars"]) == (False, None, None, [])
    assert shown["particulars"][0]["value_zh"] == "县交通运输局"
    checked = narrow.tries("GET", f"{plan}/check")
    deeds = narrow.tries("GET", f"{plan}/deeds")
    for told in (answer, checked, deeds):
        assert "机密编号" not in told.text
        assert house["601"] not in told.text or told is checked
    assert [one["problem"] and one["problem"]["code"] for one in checked.json()["results"]] == ["not-found", None]
    assert narrow.tries("PUT", f"{plan}/lines/{hidden['id']}", line("rooms.retire", house["601"])).status_code == 404
    assert narrow.tries("DELETE", f"{plan}/lines/{hidden['id']}").status_code == 404


def test_a_reader_is_told_what_the_plan_would_do_and_that_it_is_not_theirs_to_do(
    wang: Planner, desk: Desk, newcomer: Callable[..., Planner]
) -> None:
    house, plan = a_house(desk.bureau, ("701", "12.00", "staff"), name="县教育局"), wang.makes()
    wang.adds(plan, "units.rename", house["unit"], name="县教育体育局")
    leader = newcomer("leader", Grant(role=Role.LEADER))
    wang.invites(plan, leader, "reader")
    result = leader.sees(f"{plan}/check")["results"][0]
    assert (result["problem"], result["not_yours"]["code"]) == (None, "command-not-allowed")
    assert result["events"][0]["changes"][0]["after"]["zh"] == "县教育体育局"
    assert leader.client.post("/v1/plans", json=ABOUT).status_code == 403
    assert str(MANDATE["reason"]) in leader.client.get(f"/v1/plans/{plan}").text
