"""A proposal on its way: submitted, sent back with marks, corrected, approved level by level, and carried out with the last approval."""

from __future__ import annotations

from typing import Any

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.cluster import Urls
from tests.accounts import an_account
from tests.scenarios.bureau import Bureau, Done, line
from tests.scenarios.premises import a_building, a_room, a_unit
from tests.scenarios.story import tells


def a_proposal(bureau: Bureau, unit: object, levels: list[Any], *commands: dict[str, Any], **more: Any) -> Done:
    said = {"title": "调整三楼办公用房", "unit": unit, "levels": levels, "commands": list(commands)}
    return bureau.does("proposals.submit", effective="2024-05-06", **said, **more)


@tells("proposals.submit", "proposals.send-back", "proposals.resubmit", "proposals.approve")
def test_what_is_proposed_is_carried_out_with_the_last_approval(bureau: Bureau, leader: Bureau) -> None:
    unit, county, city = (a_unit(bureau, name) for name in ("贺兰县司法局", "贺兰县机关事务中心", "银川市机关事务局"))
    building = a_building(bureau, unit)
    room, other = a_room(bureau, building, "301"), a_room(bureau, building, "302")
    wrong = line("rooms.measure", room, net_area="46.00", effective="2024-05-01")
    proposal = a_proposal(bureau, unit, [county, city], wrong, line("rooms.assign", other, unit=unit))
    assert bureau.sees("proposals", proposal)["waits_at"] == county.id

    mark = {"line": 1, "field": "net_area", "what": "与测绘报告不符"}
    leader.does("proposals.send-back", proposal, effective="2024-05-07", at=county, marks=[mark], grounds="请更正面积")
    assert bureau.sees("proposals", proposal)["status"] == "sent-back"
    right = line("rooms.measure", room, net_area="26.00", effective="2024-05-01")
    corrected = [right, line("rooms.assign", other, unit=unit)]
    bureau.does("proposals.resubmit", proposal, effective="2024-05-08", commands=corrected)

    leader.does("proposals.approve", proposal, effective="2024-05-09", at=county, grounds="同意")
    assert bureau.sees("rooms", room)["net_area"] == "24.00"
    done = leader.does("proposals.approve", proposal, effective="2024-05-10", at=city, grounds="同意")
    assert done.topics == ["ProposalApproved", "ProposalCarriedOut", "RoomMeasured", "RoomAssigned"]
    assert bureau.sees("proposals", proposal)["status"] == "carried-out"
    assert bureau.sees("rooms", room)["net_area"] == "26.00"
    assert bureau.sees("rooms", other)["using_unit"] == unit.id


@tells("proposals.submit")
def test_the_change_stands_in_the_name_of_whoever_proposed_it_and_names_the_proposal(
    bureau: Bureau, leader: Bureau
) -> None:
    unit = a_unit(bureau, "贺兰县信访局")
    room = a_room(bureau, a_building(bureau, unit), "201")
    proposal = a_proposal(bureau, unit, [unit], line("rooms.renumber", room, number="210"), document="贺信〔2024〕5号")
    leader.does("proposals.approve", proposal, effective="2024-05-09", at=unit)
    told = bureau.reads("rooms", room)[-1]["mandate"]
    assert (told["actor"]["user"], told["causation"], told["correlation"]) == ("马建国", proposal.id, proposal.id)
    assert told["documents"][0]["number"] == "贺信〔2024〕5号"
    assert bureau.reads("proposals", proposal)[-1]["mandate"]["actor"]["user"] == "周立新"


@tells("proposals.send-back")
def test_what_a_rule_refuses_by_now_is_not_carried_out_and_neither_is_the_approval(
    bureau: Bureau, leader: Bureau
) -> None:
    unit, another = a_unit(bureau, "贺兰县统计局"), a_unit(bureau, "贺兰县审计局")
    building = a_building(bureau, unit)
    free, taken = a_room(bureau, building, "301"), a_room(bureau, building, "302")
    proposal = a_proposal(
        bureau, unit, [unit], line("rooms.assign", free, unit=unit), line("rooms.assign", taken, unit=unit)
    )
    bureau.does("rooms.assign", taken, effective="2024-05-01", unit=another)
    problem = leader.refused("proposals.approve", proposal, effective="2024-05-09", at=unit)
    assert (problem.code, problem.line, problem.field) == ("room-in-use", 2, "/commands/1/arguments/unit")
    assert bureau.sees("rooms", free)["using_unit"] is None
    leader.does("proposals.send-back", proposal, effective="2024-05-09", at=unit, grounds="302 室已另有安排")


@tells("proposals.hand-on", "proposals.withdraw")
def test_a_proposal_is_handed_on_and_the_hand_on_taken_back(
    bureau: Bureau, leader: Bureau, module_database: Urls
) -> None:
    an_account(module_database.owner, "王志强", [Grant(role=Role.APPROVER, division="640104")])
    unit = a_unit(bureau, "贺兰县档案馆")
    proposal = a_proposal(bureau, unit, [unit], line("units.rename", unit, name="贺兰县档案局"))
    problem = leader.refused("proposals.hand-on", proposal, effective="2024-05-07", at=unit, to="nobody")
    assert (problem.code, problem.field) == ("not-an-approver", "/to")
    for login in ("马建国", "周立新"):
        problem = leader.refused("proposals.hand-on", proposal, effective="2024-05-07", at=unit, to=login)
        assert problem.code == "handed-in-circle"
    handed = leader.does("proposals.hand-on", proposal, effective="2024-05-07", at=unit, to="王志强", grounds="出差")
    assert bureau.sees("proposals", proposal)["handed_to"] == "王志强"
    leader.does("proposals.withdraw", proposal, effective="2024-05-07", of=handed.position)
    assert bureau.sees("proposals", proposal)["handed_to"] is None


@tells("proposals.refuse", "proposals.take-back")
def test_a_proposal_is_refused_or_taken_back_and_nothing_comes_of_it(bureau: Bureau, leader: Bureau) -> None:
    unit = a_unit(bureau, "贺兰县气象局")
    rename = line("units.rename", unit, name="贺兰县气象台")
    refused, taken_back = (a_proposal(bureau, unit, [unit], rename) for _ in range(2))
    leader.does("proposals.refuse", refused, effective="2024-05-07", at=unit, grounds="不符合规定")
    bureau.does("proposals.take-back", taken_back, effective="2024-05-07")
    for proposal in (refused, taken_back):
        problem = leader.refused("proposals.approve", proposal, effective="2024-05-08", at=unit)
        assert problem.code == "proposal-not-under-way"
    assert bureau.refused("proposals.take-back", refused, effective="2024-05-08").code == "proposal-ended"
    assert bureau.sees("units", unit)["name"] == "贺兰县气象局"


@tells("proposals.submit")
def test_whoever_submits_does_not_decide_and_only_they_take_it_back(bureau: Bureau, leader: Bureau) -> None:
    unit = a_unit(bureau, "贺兰县残联")
    proposal = a_proposal(bureau, unit, [unit], line("units.rename", unit, name="贺兰县残疾人联合会"))
    for decision in ("approve", "send-back", "refuse"):
        problem = bureau.refused(f"proposals.{decision}", proposal, effective="2024-05-07", at=unit)
        assert problem.code == "own-proposal"
    assert leader.refused("proposals.take-back", proposal, effective="2024-05-07").code == "not-the-submitter"


@tells("proposals.submit")
def test_the_form_of_every_line_is_checked_when_it_is_submitted(bureau: Bureau) -> None:
    unit = a_unit(bureau, "贺兰县总工会")
    fine = line("units.rename", unit, name="贺兰县工会")
    for wrong, code, field in (
        (line("units.rename", unit, name=""), "line-invalid", ""),
        (line("units.rename", name="无编号"), "id-missing", "/commands/1/id"),
        (line("proposals.take-back", unit), "proposal-by-itself", "/commands/1/command"),
    ):
        said = {"title": "更名", "unit": unit, "levels": [unit], "commands": [fine, wrong]}
        problem = bureau.refused("proposals.submit", effective="2024-05-06", **said)
        assert (problem.code, problem.line, problem.field) == (code, 2, field)
    a_proposal(bureau, unit, [unit], fine)


@tells("proposals.submit", "proposals.approve")
def test_a_repeat_gets_the_first_answer_also_when_nothing_is_left_on_the_desk(bureau: Bureau, leader: Bureau) -> None:
    unit = a_unit(bureau, "贺兰县科协")
    said = {
        "title": "更名",
        "unit": unit,
        "levels": [unit],
        "commands": [line("units.rename", unit, name="科学技术协会")],
    }
    keys = ["0198c5f0-7c1e-7d4b-9c3a-2f6d1e8b4a57", "0198c5f0-7c1e-7d4b-9c3a-2f6d1e8b4a58"]
    first, again = (bureau.does("proposals.submit", effective="2024-05-06", key=keys[0], **said) for _ in range(2))
    assert (again.id, again.replayed) == (first.id, True)
    for replayed in (False, True):
        done = leader.does("proposals.approve", first, effective="2024-05-07", at=unit, key=keys[1])
        assert done.replayed is replayed
        assert done.topics[-1] == "UnitRenamed"
