"""The pages of approvals as a browser gets them: waiting, deciding, coming back with marks, correcting, and deputies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.approvals.approving import MINE, Approving, approving, of_unit
from tests.api.conftest import Office
from tests.api.console.filling import Form, open_form
from tests.scenarios.bureau import Bureau, Done, line

PASSWORD = "quiet river under seven bridges"


@pytest.fixture(scope="module")
def place(office: Office) -> Iterator[Approving]:
    with approving(office) as made:
        for login, given in (
            ("clerk", (of_unit(Role.UNIT_CLERK, made.unit), of_unit(Role.PREMISES_OFFICER, made.unit))),
            ("chief", (of_unit(Role.APPROVER, made.unit),)),
            ("deputy", (Grant(role=Role.APPROVER, division=MINE),)),
        ):
            made.has(login, *given)
            accounts.a_password(office.urls.owner, login, PASSWORD)
        yield made


@pytest.fixture(scope="module")
def clerk(place: Approving) -> Bureau:
    return place.has("clerk")


@contextmanager
def at_work(place: Approving, login: str, language: str = "zh-CN") -> Iterator[httpx.Client]:
    place.catch_up()
    headers = {"Accept-Language": language}
    with httpx.Client(
        base_url=place.desk.client.base_url, headers=headers, timeout=60, follow_redirects=True
    ) as browser:
        assert browser.post("/sign-in", data={"login": login, "password": PASSWORD, "to": "/inbox"}).status_code == 200
        yield browser


def hidden(page: str, form: str = "decide") -> dict[str, str]:
    """The fields of a form that nobody types into."""
    found = re.findall(
        r'<input type="hidden" name="(_?csrf|at|on_behalf_of)" value="([^"]*)"', page.partition(f"/{form}")[2]
    )
    return {name: unescape(value) for name, value in found}


def a_proposal(place: Approving, clerk: Bureau, title: str) -> Done:
    commands = [line("rooms.measure", place.room, net_area="46.00")]
    return place.proposes(clerk, title, place.unit, commands=commands)


def test_it_is_sent_back_with_a_mark_at_a_field_corrected_there_and_approved(place: Approving, clerk: Bureau) -> None:
    proposal = a_proposal(place, clerk, "重新测量三楼")
    with at_work(place, "chief") as browser:
        assert "重新测量三楼" in browser.get("/inbox").text
        assert re.search(r'class="count">\d', browser.get("/inbox/waiting").text)
        page = browser.get(f"/proposals/{proposal}").text
        assert "24.00 m²" in page
        assert "46.00 m²" in page
        said = {**hidden(page), "decision": "send-back", "mark-1-net_area": "与测绘报告不符", "remark": ""}
        again = browser.post(f"/proposals/{proposal}/decide", data=said)
        assert again.status_code == 422
        assert "请填写意见" in again.text
        assert 'value="与测绘报告不符"' in again.text  # nothing typed is lost
        done = browser.post(f"/proposals/{proposal}/decide", data={**said, "remark": "面积请更正"})
        assert "已退回呈报人修改" in done.text
    with at_work(place, "clerk") as browser:
        assert f"/proposals/{proposal}/correct" in browser.get("/inbox?which=returned").text
        page = browser.get(f"/proposals/{proposal}/correct").text
        assert "与测绘报告不符" in page
        form = {**hidden(page, "correct"), "1.net_area": "二十六", "remark": "按报告"}
        refused = browser.post(f"/proposals/{proposal}/correct", data=form)
        assert refused.status_code == 409
        assert 'value="二十六"' in refused.text
        assert 'aria-invalid="true"' in refused.text
        more = browser.post(
            f"/proposals/{proposal}/correct", data={**form, "_act": "add", "_command": "rooms.renumber"}
        )
        assert 'value="二十六"' in more.text
        assert 'name="2._thing@q"' in more.text
        form = {**form, "1.net_area": "26.00", "_added": "2 rooms.renumber", "2.number": "301甲"}
        nothing = browser.post(f"/proposals/{proposal}/correct", data=form)
        assert (nothing.status_code, 'id="2._thing--wrong"' in nothing.text) == (409, True)
        looked = browser.post(
            f"/proposals/{proposal}/correct", data={**form, "_act": "look:2._thing", "2._thing@q": "3"}
        )
        assert f'name="2._thing" value="{place.room.id}"' in looked.text
        kept = browser.post(f"/proposals/{proposal}/correct/draft", data={**form, "_title": "修改"})
        assert "草稿已保存" in kept.text
        assert 'value="301甲"' in browser.get(f"/proposals/{proposal}/correct").text
        done = browser.post(f"/proposals/{proposal}/correct", data={**form, "2._thing": str(place.room.id)})
        assert "已重新呈报" in done.text
    with at_work(place, "chief") as browser:
        page = browser.get(f"/proposals/{proposal}").text
        done = browser.post(f"/proposals/{proposal}/decide", data={**hidden(page), "decision": "approve", "remark": ""})
        assert "已同意并办理" in done.text
        assert "内容已不再保存" in browser.get(f"/proposals/{proposal}").text
    seen = place.desk.bureau.sees("rooms", place.room)
    assert (seen["net_area"], seen["number"]) == ("26.00", "301甲")


def test_what_a_form_was_filled_in_for_is_proposed_instead_of_done(place: Approving) -> None:
    with at_work(place, "clerk") as browser:
        form = open_form(browser, f"/rooms/do/renumber?id={place.room}")
        typed = {"number": "399", "mandate.reason": "与门牌一致", "mandate.effective": "2024-05-01"}
        answer = form.send(**{"_act": "propose", **typed})
        assert answer.status_code == 200, answer.text
        offer = Form(answer, browser)
        assert "重新" in answer.text or "房间号" in answer.text or "变更" in answer.text
        said = {name: values[0] for name, values in offer.fields.items() if name != "q"}
        said |= {"title": "改房号", "unit": place.unit.id, "remark": "与门牌一致"}
        nobody = browser.post("/proposals/propose", data=said)
        assert nobody.status_code == 422
        assert 'value="改房号"' in nobody.text  # nothing typed is lost
        done = browser.post("/proposals/propose", data={**said, "level-1": place.unit.id})
        assert "已呈报" in done.text
        assert "399" in done.text
    with at_work(place, "chief") as browser:
        assert "改房号" in browser.get("/inbox").text


def test_what_cannot_be_done_by_now_is_told_with_its_line_and_may_be_sent_back(place: Approving, clerk: Bureau) -> None:
    proposal = place.proposes(clerk, "已变化", place.unit, commands=[line("rooms.order-vacating", place.room)])
    with at_work(place, "chief") as browser:
        page = browser.get(f"/proposals/{proposal}").text
        assert "现在办不了" in page
        said = {**hidden(page), "decision": "approve", "remark": "同意办理"}
        answer = browser.post(f"/proposals/{proposal}/decide", data=said)
        assert answer.status_code == 409
        assert "第 1 项现在办不了" in answer.text
        assert "同意办理</textarea>" in answer.text


def test_a_deputy_is_made_in_person_decides_and_is_ended(place: Approving, clerk: Bureau) -> None:
    proposal = a_proposal(place, clerk, "代为审批")
    today = datetime.now(UTC).astimezone().date()
    with at_work(place, "chief") as browser:
        page = browser.get("/inbox/deputies").text
        said = {
            **hidden(page, "inbox/deputies"),
            "from_day": str(today - timedelta(days=1)),
            "until_day": str(today + timedelta(days=2)),
        }
        for wrong in ("chief", "clerk", "nobody"):
            assert (
                "受托人应为另一位在任的审批人" in browser.post("/inbox/deputies", data={**said, "deputy": wrong}).text
            )
        back = {**said, "deputy": "deputy", "until_day": str(today - timedelta(days=3))}
        assert "截止日不早于起始日" in browser.post("/inbox/deputies", data=back).text
        assert "已委托" in browser.post("/inbox/deputies", data={**said, "deputy": "deputy"}).text
    with at_work(place, "deputy") as browser:
        assert "您代" in browser.get("/inbox").text
        told = browser.get(f"/v1/proposals/{proposal}/content").json()["may"]
        assert told["decide"] is True
    with at_work(place, "chief") as browser:
        page = browser.get("/inbox/deputies").text
        ending = re.search(r'action="(/inbox/deputies/[^"]*/end)"', page)
        assert ending is not None
        assert "委托已结束" in browser.post(ending[1], data=hidden(page, "inbox/deputies")).text
    with at_work(place, "deputy") as browser:
        assert "您代" not in browser.get("/inbox").text


@pytest.mark.parametrize("path", ["/inbox?which=returned", "/inbox?which=mine", "/inbox?which=done", "/inbox/deputies"])
def test_pages_speak_english(place: Approving, path: str) -> None:
    with at_work(place, "deputy", "en") as browser:
        page = browser.get(path)
    assert page.status_code == 200
    text = re.sub(r"<[^>]*>", " ", page.text)
    assert not set("待办退回审批委托结束") & set(text.replace("区机关事务管理局", "").replace("中文", "")), text


def test_a_decision_from_elsewhere_is_not_taken(place: Approving, clerk: Bureau) -> None:
    proposal = a_proposal(place, clerk, "伪造")
    with at_work(place, "chief") as browser:
        page = browser.get(f"/proposals/{proposal}").text
        said = {**hidden(page), "csrf": "forged", "decision": "approve"}
        assert browser.post(f"/proposals/{proposal}/decide", data=said).status_code == 403
        assert place.sees("clerk", f"/v1/proposals/{proposal}/content")["status"] == "under-way"
