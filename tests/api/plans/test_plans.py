"""A plan is written by several people at once, seen by its members only, and applied all or nothing."""

from __future__ import annotations

from uuid import uuid4

from tests.api.conftest import MANDATE, Office, a_unit
from tests.api.plans.conftest import ABOUT, Desk, Planner, line, news
from tests.stores import run


def test_a_plan_is_made_and_found_again_by_its_members_alone(wang: Planner, zhao: Planner, stranger: Planner) -> None:
    plan = wang.makes(title="一号楼调整")
    wang.invites(plan, zhao, "reader")
    for one in (wang, zhao):
        found = one.client.get("/v1/plans").json()["plans"]
        assert [each["title"] for each in found if each["id"] == plan] == ["一号楼调整"]
    assert plan not in stranger.client.get("/v1/plans").text
    for method, path, body in (
        ("GET", "", None), ("GET", "/check", None), ("GET", "/deeds", None), ("PUT", "", ABOUT), ("POST", "/drop", None),
        ("POST", "/lines", line("units.abolish", str(uuid4()))), ("POST", "/apply", {"version": 1}),
        ("PUT", "/members/stranger", {"part": "owner"}), ("DELETE", "/members/wang", None), ("POST", "/remarks", {"words": "?"}),
    ):  # fmt: skip
        answer = stranger.tries(method, f"{plan}{path}", body)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), (method, path)


def test_each_part_may_do_what_is_its_part(wang: Planner, zhao: Planner) -> None:
    plan = wang.makes()
    added = wang.adds(plan, "units.establish", unit=a_unit("县数据局")["unit"])
    wang.invites(plan, zhao, "reader")
    assert (
        zhao.tries("POST", f"{plan}/remarks", {"words": "县数据局归口哪里？", "line": added["id"]}).status_code == 200
    )
    for method, path, body in (
        ("PUT", "", ABOUT), ("POST", "/lines", line("units.abolish", str(uuid4()))), ("DELETE", f"/lines/{added['id']}", None),
        ("POST", f"/lines/{added['id']}/move", {"to": "up"}), ("POST", "/apply", {"version": 1}), ("POST", "/drop", None),
        ("PUT", "/members/zhao", {"part": "owner"}),
    ):  # fmt: skip
        answer = zhao.tries(method, f"{plan}{path}", body)
        assert (answer.status_code, answer.json()["code"]) == (403, "plan-part-too-small"), (method, path)
    wang.invites(plan, zhao, "editor")
    assert zhao.tries("POST", f"{plan}/lines", line("units.abolish", str(uuid4()))).status_code == 201
    assert zhao.tries("PUT", f"{plan}/members/zhao", {"part": "owner"}).status_code == 403


def test_two_people_write_different_lines_at_once_and_see_each_others_change_of_one(
    wang: Planner, zhao: Planner
) -> None:
    plan = wang.makes()
    wang.invites(plan, zhao)
    one = wang.adds(plan, "units.establish", unit=a_unit("县数据局")["unit"])
    other = zhao.adds(plan, "units.establish", unit=a_unit("县医保局")["unit"])
    changed = line("units.establish", one["said"]["id"], unit=a_unit("县大数据局")["unit"])
    assert wang.tries("PUT", f"{plan}/lines/{one['id']}", changed, If_Match='"1"').status_code == 200
    renamed = line("units.establish", other["said"]["id"], unit=a_unit("县医疗保障局")["unit"])
    assert zhao.tries("PUT", f"{plan}/lines/{other['id']}", renamed, If_Match='"1"').status_code == 200
    late = zhao.tries("PUT", f"{plan}/lines/{one['id']}", changed, If_Match='"1"')
    assert (late.status_code, late.json()["code"]) == (412, "version-conflict")
    assert zhao.tries("DELETE", f"{plan}/lines/{one['id']}", None, If_Match='"1"').status_code == 412
    content = zhao.sees(plan)["content"]
    assert [(told["asset"]["label"], told["changed_by"], told["version"]) for told in content] == [
        ("县大数据局", "wang", 2), ("县医疗保障局", "zhao", 2),
    ]  # fmt: skip


def test_lines_are_moved_and_what_was_done_is_told(wang: Planner) -> None:
    plan = wang.makes()
    lines = [wang.adds(plan, "units.establish", unit=a_unit(name)["unit"]) for name in ("甲局", "乙局", "丙局")]
    wang.tries("POST", f"{plan}/lines/{lines[2]['id']}/move", {"to": "up"})
    wang.tries("POST", f"{plan}/lines/{lines[0]['id']}/move", {"to": "up"})
    wang.tries("DELETE", f"{plan}/lines/{lines[1]['id']}")
    assert [one["asset"]["label"] for one in wang.sees(plan)["content"]] == ["甲局", "丙局"]
    deeds = wang.sees(f"{plan}/deeds")["deeds"]
    assert [one["deed"] for one in deeds] == ["removed", "moved", "added", "added", "added", "made"]
    assert deeds[0]["before"]["particulars"][0]["value_zh"] == "乙局"


def test_a_plan_keeps_an_owner_and_knows_logins_in_use(wang: Planner, zhao: Planner) -> None:
    plan = wang.makes()
    assert wang.tries("PUT", f"{plan}/members/nobody-such", {"part": "reader"}).status_code == 404
    alone = wang.tries("DELETE", f"{plan}/members/wang")
    assert (alone.status_code, alone.json()["code"]) == (409, "plan-owner-needed")
    wang.invites(plan, zhao, "owner")
    assert zhao.tries("DELETE", f"{plan}/members/wang").status_code == 200
    assert wang.tries("GET", plan).status_code == 404


def test_a_plan_is_applied_all_at_once_and_then_closed(wang: Planner, office: Office) -> None:
    plan, head = wang.makes(), office.head()
    made = wang.adds(plan, "units.establish", unit=a_unit("县数据局")["unit"])
    wang.adds(plan, "units.rename", made["said"]["id"], name="县大数据局")
    version = wang.sees(plan)["version"]
    answer = wang.tries("POST", f"{plan}/apply", {"version": version})
    assert answer.status_code == 200, answer.text
    applied = answer.json()
    assert (applied["state"], applied["first_position"], applied["last_position"]) == ("applied", head + 1, head + 2)
    assert office.head() == head + 2
    assert wang.tries("POST", f"{plan}/apply", {"version": version}).json()["last_position"] == head + 2
    assert office.head() == head + 2
    closed = wang.tries("POST", f"{plan}/lines", line("units.abolish", made["said"]["id"]))
    assert (closed.status_code, closed.json()["code"]) == (409, "plan-closed")


def test_a_plan_with_a_refused_line_or_changed_after_the_look_is_not_applied(
    wang: Planner, zhao: Planner, office: Office
) -> None:
    plan, head = wang.makes(), office.head()
    wang.invites(plan, zhao)
    wang.adds(plan, "units.establish", unit=a_unit("县数据局")["unit"])
    looked = wang.sees(plan)["version"]
    zhao.adds(plan, "units.rename", str(uuid4()), name="不存在的单位")
    stale = wang.tries("POST", f"{plan}/apply", {"version": looked})
    assert (stale.status_code, stale.json()["code"]) == (412, "version-conflict")
    refused = wang.tries("POST", f"{plan}/apply", {"version": looked + 1})
    assert (refused.status_code, refused.json()["line"]) == (404, 2)
    assert office.head() == head
    assert wang.sees(plan)["state"] == "draft"


def test_an_empty_or_dropped_plan_is_not_applied(wang: Planner) -> None:
    plan = wang.makes()
    assert wang.tries("POST", f"{plan}/apply", {"version": 1}).json()["code"] == "plan-empty"
    assert wang.sees(f"{plan}/check")["results"] == []
    assert wang.tries("POST", f"{plan}/drop").json()["state"] == "dropped"
    assert wang.tries("PUT", plan, ABOUT).json()["code"] == "plan-closed"


def test_a_batch_that_was_recorded_while_nobody_listened_closes_its_plan(wang: Planner, desk: Desk) -> None:
    """As after a crash between the log's answer and the plan's."""
    plan = wang.makes()
    wang.adds(plan, "units.establish", unit=a_unit("县数据局")["unit"])
    version = wang.sees(plan)["version"]
    assert wang.tries("POST", f"{plan}/apply", {"version": version}).status_code == 200
    run(desk.urls.owner, f"UPDATE desk.plans SET state = 'draft', first_position = NULL WHERE id = '{plan}'")  # noqa: S608 -- a test's own id
    assert wang.tries("POST", f"{plan}/lines", line("units.abolish", str(uuid4()))).json()["code"] == "plan-closed"
    assert wang.sees(plan)["state"] == "applied"


def test_what_is_sent_is_checked_for_its_form(wang: Planner) -> None:
    plan = wang.makes()
    for method, path, body in (
        ("POST", f"{plan}/lines", {"command": "units.fly", "arguments": {}}),
        ("POST", f"{plan}/lines", {"command": "units.abolish"}),
        ("PUT", plan, {"title": " ", "mandate": MANDATE}),
        ("PUT", f"{plan}/members/zhao", {"part": "boss"}),
    ):
        assert wang.tries(method, path, body).status_code == 422, (method, body)


def test_the_others_are_told_that_a_plan_was_applied(wang: Planner, zhao: Planner) -> None:
    plan = wang.makes()
    wang.invites(plan, zhao, "reader")
    wang.adds(plan, "units.establish", unit=a_unit("县外事办")["unit"])
    wang.tries("POST", f"{plan}/apply", {"version": wang.sees(plan)["version"]})
    assert news(zhao) == [("您参与的方案已经办理", f"/plans/{plan}")]
    assert ("您参与的方案已经办理", f"/plans/{plan}") not in news(wang)
