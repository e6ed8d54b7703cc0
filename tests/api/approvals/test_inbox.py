"""The inbox: what waits for somebody, also in another's place; what came back; and that nobody sees what is not theirs."""

from __future__ import annotations

import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.approvals.approving import MINE, OTHER, Approving, of_unit
from tests.scenarios.bureau import Bureau, line


@pytest.fixture(scope="module")
def clerk(place: Approving) -> Bureau:
    return place.has("clerk", of_unit(Role.UNIT_CLERK, place.unit))


@pytest.fixture(scope="module")
def chief(place: Approving) -> Bureau:
    """Approves for the clerk's own unit."""
    return place.has("chief", of_unit(Role.APPROVER, place.unit))


@pytest.fixture(scope="module")
def head(place: Approving) -> Bureau:
    """Approves for the county's centre, and is its premises officer."""
    officer = Grant(role=Role.PREMISES_OFFICER, division=MINE)
    return place.has("head", of_unit(Role.APPROVER, place.county), officer)


@pytest.fixture(scope="module")
def stranger(place: Approving) -> Bureau:
    return place.has("stranger", Grant(role=Role.APPROVER, division=OTHER))


def test_it_waits_for_whose_level_it_is_and_for_nobody_else(
    place: Approving, clerk: Bureau, chief: Bureau, head: Bureau, stranger: Bureau
) -> None:
    proposal = place.proposes(clerk, "逐级", place.unit, place.county)
    assert place.waiting("chief") == [("逐级", None)]
    assert place.waiting("head") == place.waiting("stranger") == place.waiting("clerk") == []
    assert [one["title"] for one in place.sees("clerk", "/v1/inbox", which="mine")["proposals"]] == ["逐级"]
    place.catch_up()
    assert (
        head.refused("proposals.approve", proposal, at=place.county, effective="2024-05-07").code
        == "proposal-waits-elsewhere"
    )
    for somebody in (head, stranger):
        problem = somebody.refused("proposals.approve", proposal, at=place.unit, effective="2024-05-07")
        assert problem.code == "not-found"

    place.decides(chief, "approve", proposal, place.unit)
    assert place.waiting("chief") == []
    assert place.waiting("head") == [("逐级", None)]
    assert place.sees("chief", "/v1/inbox", which="done")["counts"]["done"] == 1
    # The clerk may not renumber a room; who approves last may.
    done = place.decides(head, "approve", proposal, place.county)
    assert done.topics[-1] == "RoomRenumbered"
    told = place.desk.bureau.reads("rooms", place.room)[-1]["mandate"]["actor"]
    assert (told["user"], told["role"]) == ("head", "premises-officer")
    assert [one["status"] for one in place.sees("clerk", "/v1/inbox", which="done")["proposals"]] == ["carried-out"]


def test_what_neither_submitter_nor_approver_may_do_is_not_done(place: Approving, clerk: Bureau, chief: Bureau) -> None:
    proposal = place.proposes(clerk, "无权", place.unit)
    place.catch_up()
    problem = chief.refused("proposals.approve", proposal, at=place.unit, effective="2024-05-07")
    assert (problem.code, problem.line) == ("command-not-allowed", 1)
    assert (
        place.sees("chief", f"/v1/proposals/{proposal}/content")["lines"][0]["problem"]["code"] == "command-not-allowed"
    )
    place.decides(chief, "refuse", proposal, place.unit)


def test_what_came_back_is_told_with_marks_at_its_fields(place: Approving, clerk: Bureau, chief: Bureau) -> None:
    proposal = place.proposes(clerk, "退回", place.unit)
    mark = {"line": 1, "field": "number", "what": "房间号重复"}
    place.decides(chief, "send-back", proposal, place.unit, marks=[mark], grounds="请改号")
    assert [one["title"] for one in place.sees("clerk", "/v1/inbox", which="returned")["proposals"]] == ["退回"]
    told = place.sees("clerk", f"/v1/proposals/{proposal}/content")
    (only,) = told["lines"]
    assert [(one["field"], one["what"], one["by"]) for one in only["marks"]] == [("number", "房间号重复", "chief")]
    assert only["as_given"]["arguments"] == {"number": "退回号"}
    assert told["may"] | {"at": None} == {
        "decide": False, "at": None, "on_behalf_of": None, "last": False, "resubmit": True, "take_back": True
    }  # fmt: skip
    assert told["steps"][-1]["remark"] == "请改号"
    corrected = [line("rooms.renumber", place.room, number="318")]
    clerk.does("proposals.resubmit", proposal, commands=corrected, effective="2024-05-08")
    assert ("退回", None) in place.waiting("chief")
    place.decides(chief, "refuse", proposal, place.unit, effective="2024-05-09")


def test_before_and_after_are_told_before_anything_is_done(place: Approving, clerk: Bureau, head: Bureau) -> None:
    proposal = place.proposes(
        clerk, "前后", place.county, commands=[line("rooms.measure", place.room, net_area="25.50")]
    )
    (only,) = place.sees("head", f"/v1/proposals/{proposal}/content")["lines"]
    assert (only["zh"], only["thing"]["label"]) == ("重新测量", "综合办公楼 " + only["thing"]["label"].split(" ")[1])
    assert [(one["zh"], one["said"]["zh"]) for one in only["arguments"]] == [("使用面积", "25.50 m²")]
    (change,) = [one for event in only["events"] for one in event["changes"] if one["facet"] == "net_area"]
    assert (change["before"]["zh"], change["after"]["zh"]) == ("24.00 m²", "25.50 m²")
    assert only["problem"] is None
    place.decides(head, "approve", proposal, place.county)
    told = place.sees("clerk", f"/v1/proposals/{proposal}/content")
    assert (told["kept"], told["lines"], told["levels"][0]["decided"]["by"]) == (False, [], "head")


def test_what_was_handed_on_waits_for_that_one_alone_who_decides_in_the_others_name(
    place: Approving, clerk: Bureau, head: Bureau, stranger: Bureau
) -> None:
    proposal = place.proposes(clerk, "转办", place.county)
    place.decides(head, "hand-on", proposal, place.county, to="stranger", grounds="外出")
    assert place.waiting("head") == []
    assert place.waiting("stranger") == [("转办", None)]
    told = place.sees("stranger", f"/v1/proposals/{proposal}/content")["may"]
    assert (told["decide"], told["on_behalf_of"]) == (True, "head")
    place.catch_up()
    problem = stranger.refused("proposals.approve", proposal, at=place.county, effective="2024-05-08")
    assert problem.code == "not-found"  # not in their own name
    place.decides(stranger, "send-back", proposal, place.county, on_behalf_of="head", effective="2024-05-08")
    step = place.sees("clerk", f"/v1/proposals/{proposal}/content")["steps"][-1]
    assert (step["by"], step["on_behalf_of"]) == ("stranger", "head")
    assert (
        place.asks("stranger", f"/v1/proposals/{proposal}/content").status_code == 200
    )  # what one decided one may look at


@pytest.mark.usefixtures("head")
def test_nobody_decides_in_the_name_of_one_who_did_not_ask_them_to(
    place: Approving, clerk: Bureau, stranger: Bureau
) -> None:
    proposal = place.proposes(clerk, "冒名", place.county)
    place.catch_up()
    problem = stranger.refused(
        "proposals.approve", proposal, at=place.county, on_behalf_of="head", effective="2024-05-07"
    )
    assert (problem.code, problem.field) == ("not-a-deputy", "/on_behalf_of")
    answer = place.asks("stranger", f"/v1/proposals/{proposal}/content")
    assert answer.status_code == 404
    assert answer.json()["detail"].replace(proposal.id, "") == place.asks(
        "stranger", "/v1/proposals/00000000-0000-0000-0000-000000000007/content"
    ).json()["detail"].replace("00000000-0000-0000-0000-000000000007", "")


@pytest.mark.usefixtures("chief")
def test_an_inbox_goes_on_where_the_page_before_ended(place: Approving, clerk: Bureau) -> None:
    for number in range(3):
        place.proposes(clerk, f"翻页{number}", place.unit)
    whole = place.sees("chief", "/v1/inbox")
    pages, path = [], "/v1/inbox?limit=2"
    while path:
        page = place.sees("chief", path)
        pages += [one["id"] for one in page["proposals"]]
        path = page["next"]
    assert pages == [one["id"] for one in whole["proposals"]]
    assert len(pages) == whole["counts"]["waiting"] >= 3


def test_a_role_that_reads_no_proposals_has_no_inbox(place: Approving) -> None:
    place.has("driver", Grant(role=Role.DRIVER))
    assert place.asks("driver", "/v1/inbox").json()["code"] == "kind-not-allowed"


def test_a_closed_account_decides_nothing_and_nothing_is_done_in_its_name(place: Approving, head: Bureau) -> None:
    leaving = place.has("leaving", of_unit(Role.UNIT_CLERK, place.unit))
    proposal = place.proposes(leaving, "离任", place.county)
    accounts.closed(place.desk.urls.owner, "leaving")
    done = place.decides(head, "approve", proposal, place.county)
    assert done.topics[-1] == "RoomRenumbered"
    assert place.desk.bureau.reads("rooms", place.room)[-1]["mandate"]["actor"]["user"] == "head"
