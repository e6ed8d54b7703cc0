"""Forms of commands as a browser without scripts sends them: filled in, refused at the field, put right, carried out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.demo.step import CAR, MAIN, OFFICE, WAREHOUSE, ref
from domain.access.principal import Grant
from domain.access.roles import Role
from domain.catalogue import COMMANDS
from infra.access import grants
from infra.cluster import Urls
from tests import accounts
from tests.api.conftest import MANDATE, Office
from tests.api.console.filling import Form, open_form
from tests.api.feeding import following

PASSWORD = "quiet river under seven bridges"
TODAY = "2026-11-01"
WHY = {"mandate.reason": "年度调整", "mandate.documents.0.number": "宁管发〔2026〕9号", "mandate.effective": TODAY}


@pytest.fixture(scope="module")
def module_database(demonstration: Urls) -> Urls:
    return demonstration


@pytest.fixture(scope="module")
def bureau(office: Office) -> Iterator[Office]:
    accounts.an_account(office.urls.owner, "lifang", grants.everywhere([Role.PREMISES_OFFICER]))
    accounts.an_account(office.urls.owner, "keeper", [Grant(role=Role.KEEPER)])
    with following(office.urls):
        assert office.get(f"/v1/units?after={office.head()}&limit=1").status_code == 200
        yield office


def signed_in(bureau: Office, login: str = "lifang", language: str = "zh-CN") -> httpx.Client:
    secret = accounts.a_session(bureau.urls.owner, login)
    return httpx.Client(
        base_url=bureau.client.base_url,
        headers={"Accept-Language": language},
        cookies={"zhangtu-session": secret},
        timeout=60,
        follow_redirects=True,
    )


@pytest.fixture
def browser(bureau: Office) -> Iterator[httpx.Client]:
    with signed_in(bureau) as found:
        yield found


def a_room(bureau: Office, number: str) -> str:
    said = {"building": ref(MAIN), "floor": 1, "number": number, "category": "office", "net_area": "18.00"}
    answer = bureau.post("/v1/rooms", {**said, "mandate": {**MANDATE, "effective": "2026-01-05"}})
    assert answer.status_code == 201, answer.text
    bureau.get(f"/v1/rooms?after={answer.json()['position']}&limit=1")
    return str(answer.json()["id"])


def done(answer: httpx.Response) -> int:
    """The position at which the log has it."""
    assert answer.status_code == 200, Form(answer).wrong
    found = re.search(r'class="mono">#([0-9]+)<', answer.text)
    assert found, Form(answer).wrong
    return int(found[1])


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_command_has_a_form_that_asks_for_all_its_fields(bureau: Office, language: str) -> None:
    with signed_in(bureau, language=language) as browser:
        for key, command in COMMANDS.items():
            kind, _, name = key.partition(".")
            answer = browser.get(f"/{kind}/do/{name}")
            assert answer.status_code == 200, key
            for field in browser.get(f"/v1/commands/{key}/form").json()["fields"]:
                assert (f'name="{field["name"]}' in answer.text) or field["fields"], (key, field["name"])
            assert command.zh in answer.text or language == "en", key


def test_a_room_is_assigned_and_the_log_has_what_was_typed(bureau: Office, browser: httpx.Client) -> None:
    form = open_form(browser, f"/rooms/do/assign?id={a_room(bureau, 'F101')}")
    position = done(form.send(unit=ref(OFFICE), until="2027-12-31", **WHY))
    event = bureau.get(f"/v1/events/{position}").json()
    assert event["state"]["unit"] == ref(OFFICE)
    assert event["mandate"]["reason"] == "年度调整"
    assert event["mandate"]["documents"][0]["number"] == "宁管发〔2026〕9号"


def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(bureau: Office, browser: httpx.Client) -> None:
    form = open_form(browser, f"/rooms/do/register?building={ref(MAIN)}")
    assert form.value("building") == ref(MAIN)
    answer = form.send(floor="99", number=" 笔误 ", category="office", net_area="１８．５", **WHY)
    refused = Form(answer)
    assert answer.status_code == 409
    assert "99 层" in refused.wrong["floor"]
    assert (refused.value("number"), refused.value("mandate.reason")) == (" 笔误 ", "年度调整")
    answer = refused.send(floor="1")
    assert bureau.get(f"/v1/events/{done(answer)}").json()["state"]["net_area"] == "18.5"


def test_what_is_missing_is_told_of_every_field_at_once(browser: httpx.Client) -> None:
    refused = Form(open_form(browser, "/vehicles/do/register").send(seats="many"))
    assert {"plate", "vin", "model", "price", "owner", "mandate.reason"} <= refused.wrong.keys()


def test_a_group_and_a_list_of_groups_are_read_row_by_row(bureau: Office, browser: httpx.Client) -> None:
    room = a_room(bureau, "F102")
    form = open_form(browser, f"/rooms/do/split?id={room}")
    form = form.step("more:parts")
    parts = {"parts.0.number": "F102a", "parts.0.net_area": "9", "parts.2.number": "F102b", "parts.2.net_area": "x"}
    refused = Form(form.send(**parts, **WHY))
    assert "parts.1.net_area" in refused.wrong, "the blank row between them counts for nothing"
    done(refused.send(**{"parts.1.net_area": "8.5"}))


def test_many_things_at_once_are_all_done_or_none(bureau: Office, browser: httpx.Client) -> None:
    rooms = [a_room(bureau, f"F2{number}") for number in range(3)]
    asked = "&".join(f"id={room}" for room in rooms)
    form = open_form(browser, f"/rooms/do/assign?{asked}")
    before = bureau.head()
    assert Form(form.send(unit=ref(CAR), **WHY)).wrong["unit"]
    assert bureau.head() == before
    form.send(unit=ref(OFFICE), **WHY)
    states = [bureau.get(f"/v1/rooms/{room}").json() for room in rooms]
    assert {_facet(state, "using_unit") for state in states} == {ref(OFFICE)}


def _facet(state: dict[str, Any], name: str) -> Any:
    return next(one["value"] for one in state["facets"] if one["name"] == name)


def test_a_form_is_checked_first_and_nothing_is_written(bureau: Office, browser: httpx.Client) -> None:
    form = open_form(browser, f"/rooms/do/renumber?id={a_room(bureau, 'F251')}")
    before = bureau.head()
    checked = form.step("check", number="F251甲", **WHY)
    assert ("核对通过" in checked.text, "F251甲" in checked.text) == (True, True)
    refused = Form(
        open_form(browser, f"/rooms/do/register?building={ref(MAIN)}").send(
            _act="check", floor="99", number="1", category="office", net_area="9", **WHY
        )
    )
    assert "99 层" in refused.wrong["floor"]
    assert bureau.head() == before
    done(checked.send(_act=""))


def test_a_double_click_writes_once(bureau: Office, browser: httpx.Client) -> None:
    form = open_form(browser, f"/rooms/do/renumber?id={a_room(bureau, 'F301')}")
    assert form.value("number") == "F301", "what holds now is offered again"
    first, second = (form.send(number="F301甲", **WHY) for _ in range(2))
    assert done(first) == done(second)
    assert "只记一次" in second.text


def test_a_correction_is_filled_with_what_was_recorded(bureau: Office, browser: httpx.Client) -> None:
    room = a_room(bureau, "F401")
    wrong = done(open_form(browser, f"/rooms/do/measure?id={room}").send(net_area="81.00", **WHY))
    form = open_form(browser, f"/rooms/do/measure?id={room}&corrects={wrong}")
    assert (form.value("net_area"), form.value("mandate.effective")) == ("81.00", TODAY)
    done(form.send(net_area="18.10", **{"mandate.reason": "录入笔误"}))
    assert _facet(bureau.get(f"/v1/rooms/{room}").json(), "net_area") == "18.10"


def test_a_draft_is_kept_and_comes_back_until_it_is_sent(bureau: Office, browser: httpx.Client) -> None:
    room = a_room(bureau, "F501")
    form = open_form(browser, f"/rooms/do/renumber?id={room}")
    assert "草稿已保存" in form.keep(number="F50", **{"mandate.reason": "写了一半"}).text
    again = open_form(browser, f"/rooms/do/renumber?id={room}")
    assert (again.value("number"), again.value("mandate.reason")) == ("F50", "写了一半")
    assert "已恢复" in again.text
    with signed_in(bureau, "keeper") as other:
        assert other.get("/v1/desk/draft").json()["papers"] == []
    done(again.send(**{**WHY, "number": "F501甲"}))
    fresh = open_form(browser, f"/rooms/do/renumber?id={room}")
    assert (fresh.value("number"), fresh.value("mandate.reason")) == ("F501甲", "")
    assert fresh.step("mandate:").value("mandate.reason") == "年度调整"


def test_who_was_too_late_sees_both_versions_and_chooses(bureau: Office, browser: httpx.Client) -> None:
    room = a_room(bureau, "F601")
    form = open_form(browser, f"/rooms/do/renumber?id={room}")
    told = {"mandate": {**MANDATE, "effective": TODAY, "reason": "另一人先改"}}
    position = bureau.post(f"/v1/rooms/{room}/renumber", {"number": "F601乙", **told}).json()["position"]
    bureau.get(f"/v1/rooms?after={position}&limit=1")
    answer = form.send(number="F601甲", **WHY)
    late = Form(answer)
    assert answer.status_code == 409
    assert [word in late.text for word in ("F601乙", "另一人先改", "F601甲", "打开时")] == [True] * 4
    assert late.value("number") == "F601甲", "nothing typed is lost"
    done(late.send(**{"_pick.number": "mine"}))
    assert _facet(bureau.get(f"/v1/rooms/{room}").json(), "number") == "F601甲"


def test_a_file_is_sent_once_and_its_digest_stays_in_the_form(bureau: Office, browser: httpx.Client) -> None:
    room = a_room(bureau, "F701")
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
    form = open_form(browser, f"/rooms/do/renumber?id={room}")
    refused = Form(form.send({"mandate.documents.0.digest@file": ("批文.png", picture)}, number="", **WHY))
    digest = refused.value("mandate.documents.0.digest")
    position = done(refused.send(number="F701甲"))
    assert bureau.get(f"/v1/events/{position}").json()["mandate"]["documents"][0]["digest"] == digest
    assert bureau.get(f"/v1/files/{digest}").content == picture


def test_things_are_found_without_scripts_and_while_one_types(bureau: Office, browser: httpx.Client) -> None:
    form = open_form(browser, f"/rooms/do/assign?id={a_room(bureau, 'F801')}")
    found = form.step("look:unit", **{"unit@q": "机关"})
    assert ref(OFFICE) in found.text
    assert ref(OFFICE) in browser.get("/choose/units", params={"path": "unit", "unit@q": "机关"}).text
    assert "没有找到" in browser.get("/choose/units", params={"path": "unit", "unit@q": "没有这个"}).text


def test_a_role_opens_its_own_forms_only_and_a_stranger_none(bureau: Office) -> None:
    with signed_in(bureau, "keeper") as keeper:
        refused = keeper.get("/rooms/do/register")
        assert (refused.status_code, "不能办理" in refused.text) == (403, True)
        assert keeper.get(f"/lots/do/receive?warehouse={ref(WAREHOUSE)}").status_code == 200
        assert keeper.get("/rooms/do/no-such").status_code == 404
    with httpx.Client(base_url=bureau.client.base_url, follow_redirects=True) as stranger:
        assert stranger.get("/rooms/do/register").url.path == "/sign-in"
        sent = stranger.post("/rooms/do/register", data={"number": "101"})
        assert (sent.status_code, 'name="password"' in sent.text) == (401, True)


def test_who_is_signed_out_while_typing_comes_back_to_what_was_typed(bureau: Office) -> None:
    accounts.an_account(bureau.urls.owner, "zhou", grants.everywhere([Role.PREMISES_OFFICER]))
    accounts.a_password(bureau.urls.owner, "zhou", PASSWORD)
    room = a_room(bureau, "F951")
    with signed_in(bureau, "zhou") as browser:
        form = open_form(browser, f"/rooms/do/renumber?id={room}")
    with httpx.Client(base_url=bureau.client.base_url, follow_redirects=True, timeout=60) as later:
        form.browser = later  # the same page, in a browser whose session has ended
        asked = form.send(number="F951甲", **WHY)
        assert (asked.status_code, "您填写的内容还在" in asked.text) == (401, True)
        said = {
            **{name: given[0] for name, given in Form(asked).fields.items()},
            "login": "zhou",
            "password": PASSWORD,
        }
        back = later.post("/sign-in", data=said)
        assert back.url.path == "/rooms/do/renumber"
        again = Form(back, later)
        assert (again.value("number"), again.value("mandate.reason")) == ("F951甲", "年度调整")
        done(again.send())


def test_a_form_from_elsewhere_changes_nothing(bureau: Office, browser: httpx.Client) -> None:
    form = open_form(browser, f"/rooms/do/renumber?id={a_room(bureau, 'F901')}")
    before = bureau.head()
    form.fields["_csrf"] = ["guessed"]
    assert form.send(number="x", **WHY).status_code == 403
    assert bureau.head() == before
