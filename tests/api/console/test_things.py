"""The page of one thing: where its facts come from, what documents decided, what an event can show, and moments before it began."""

from __future__ import annotations

import re
from typing import Any

import pytest
from markupsafe import escape

from api.console.things.groups import GROUPS
from projections.queries.words.facets import FACETS
from tests.api.conftest import Office
from tests.api.console.test_pages import bureau as bureau  # noqa: PLC0414 -- a fixture
from tests.api.console.test_pages import module_database as module_database  # noqa: PLC0414 -- as above
from tests.api.console.test_pages import signed_in


def a_thing(bureau: Office, kind: str, **asked: str) -> dict[str, Any]:
    query = "&".join(f"{name}={value}" for name, value in {"limit": "1", **asked}.items())
    found: dict[str, Any] = bureau.get(f"/v1/{kind}?{query}").json()["rows"][0]
    return found


def test_every_facet_has_its_place_among_the_facts() -> None:
    assert sorted(facet for group in GROUPS for facet in group.facets) == sorted(FACETS)


def test_a_fact_says_since_when_on_which_document_and_leads_to_its_event(bureau: Office) -> None:
    building = a_thing(bureau, "buildings")["id"]
    timeline = bureau.get(f"/v1/buildings/{building}/timeline?facet=gross_area").json()
    stated = timeline["facets"][0]["versions"][-1]["stated_by"]
    [event] = bureau.get(f"/v1/history?position={stated}").json()["events"]
    with signed_in(bureau) as browser:
        page = browser.get(f"/buildings/{building}").text
    assert f'href="/events/{stated}"' in page
    for document in event["documents"]:
        assert f">{document['number']}</a>" in page


def test_a_room_leads_up_to_its_floor_its_building_and_its_compound(bureau: Office) -> None:
    room = a_thing(bureau, "rooms")
    building = bureau.get(f"/v1/buildings?id={room['building']['id']}").json()["rows"][0]
    with signed_in(bureau) as browser:
        page = browser.get(f"/rooms/{room['id']}").text
    crumbs = page[page.index('class="crumbs"') : page.index("<h1>")]
    wanted = [f"/buildings/{building['id']}", f"/buildings/{building['id']}/contents#floor{room['floor']}"]
    wanted += [f"/compounds/{building['compound']['id']}"] if building["compound"] else []
    assert set(wanted) <= set(re.findall(r'href="([^"]+)', crumbs.replace('"#', "#").replace("&#35;", "#")))


@pytest.mark.parametrize("kind", ["buildings", "rooms", "vehicles", "items", "units", "journeys"])
def test_a_thing_before_it_began_has_its_name_and_says_that_nothing_held(bureau: Office, kind: str) -> None:
    thing = a_thing(bureau, kind)
    with signed_in(bureau) as browser:
        answer = browser.get(f"/{kind}/{thing['id']}?at=1950-01-01")
    assert answer.status_code == 200
    assert str(escape(thing["label"])) in answer.text
    assert "这一天没有记录" in answer.text


def test_a_document_tells_what_it_decided_thing_by_thing(bureau: Office) -> None:
    event = next(one for one in bureau.get("/v1/history?limit=200").json()["events"] if one["documents"])
    number = event["documents"][0]["number"]
    with signed_in(bureau) as browser:
        page = browser.get("/documents", params={"number": number}).text
        there = browser.get(f"/{event['asset']['kind']}/{event['asset']['id']}/documents").text
        nowhere = browser.get("/documents", params={"number": "宁无此号〔1900〕1号"})
    assert f'href="/{event["asset"]["kind"]}/{event["asset"]["id"]}"' in page
    assert number in there
    assert (nowhere.status_code, "没有变更引用这个文号" in nowhere.text) == (200, True)


def test_history_is_narrowed_by_who_and_by_document(bureau: Office) -> None:
    event = next(one for one in bureau.get("/v1/history?limit=200").json()["events"] if one["documents"])
    path = f"/{event['asset']['kind']}/{event['asset']['id']}/history"
    with signed_in(bureau) as browser:
        found = browser.get(path, params={"document": event["documents"][0]["number"], "actor": event["actor"]}).text
        nothing = browser.get(path, params={"actor": "nobody at all"}).text
    assert f'id="e{event["position"]}"' in found
    assert "没有符合条件的变更" in nothing


@pytest.mark.parametrize(("login", "may_read_the_log"), [("lifang", True), ("keeper", False)])
def test_an_event_shows_its_stored_bytes_to_those_who_read_the_log(
    bureau: Office, login: str, *, may_read_the_log: bool
) -> None:
    position = bureau.get("/v1/history?kind=items&limit=1").json()["events"][0]["position"]
    digest = bureau.get(f"/v1/events/{position}").json()["digests"]["state"]
    with signed_in(bureau, login) as browser:
        answer = browser.get(f"/events/{position}")
        assert browser.get("/events/99999999").status_code == 404
    assert answer.status_code == 200
    assert (digest in answer.text) == may_read_the_log
    assert "还没有保存在系统之外的公证检查点" in answer.text


def test_what_was_superseded_is_told_on_demand(bureau: Office) -> None:
    for room in bureau.get("/v1/rooms?limit=40").json()["rows"]:
        told = bureau.get(f"/v1/rooms/{room['id']}/timeline").json()
        if any(version["known_to"] for facet in told["facets"] for version in facet["versions"]):
            break
    with signed_in(bureau) as browser:
        assert 'class="bar superseded' not in browser.get(f"/rooms/{room['id']}/timeline").text
        assert 'class="bar superseded' in browser.get(f"/rooms/{room['id']}/timeline?superseded=1").text


def test_a_thing_is_watched_from_its_page_and_a_unit_with_all_that_is_its(bureau: Office) -> None:
    room, unit = a_thing(bureau, "rooms")["id"], a_thing(bureau, "units")["id"]
    with signed_in(bureau) as browser:
        page = browser.get(f"/rooms/{room}").text
        [proof] = set(re.findall(r'name="csrf" value="([^"]+)"', page))
        said = {"csrf": proof, "to": f"/rooms/{room}", "thing": room}
        watched = browser.post("/watches", data=said, follow_redirects=True).text
        assert "取消关注" in watched
        [ending] = re.findall(r'action="(/watches/[^"]+)"', watched)
        assert "取消关注" not in browser.post(ending, data=said, follow_redirects=True).text
        assert "关注本单位及下级的一切" in browser.get(f"/units/{unit}").text
