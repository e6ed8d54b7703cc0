"""The page of the map: what it is made of, what it may run, its card and its moment; and how far what one sees reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from api.demo.step import TOWN, ref
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import grants
from infra.cluster import Urls
from tests import accounts
from tests.api.conftest import MANDATE, Office
from tests.api.feeding import following

LARGEST = 30_000
HOSTILE = "<script>alert(1)</script>`${7*7}`\"'院"
COOKIE = "zhangtu-session"
DEMONSTRATED = (106.2301, 38.4850, 106.2331, 38.4872)


@pytest.fixture(scope="module")
def module_database(demonstration: Urls) -> Urls:
    return demonstration


@pytest.fixture(scope="module")
def bureau(office: Office) -> Iterator[Office]:
    """The demonstration, and a compound of a hostile name far away."""
    ring = [[107.0, 36.0], [107.001, 36.0], [107.001, 36.001], [107.0, 36.001], [107.0, 36.0]]
    outline = {"system": "EPSG:4490", "coordinates": [ring]}
    compound = {"name": HOSTILE, "address": "北街1号", "division": "640422", "outline": outline}
    assert office.post("/v1/compounds", {**compound, "mandate": MANDATE}).status_code == 201
    with following(office.urls):
        assert office.get(f"/v1/units?after={office.head()}&limit=1").status_code == 200
        yield office


def browser(bureau: Office, login: str = "lifang", language: str = "zh", *given: Grant) -> httpx.Client:
    secret = accounts.a_session(bureau.urls.owner, login, given or grants.everywhere([Role.PREMISES_OFFICER]))
    headers = {"Accept-Language": language, "Accept": "text/html"}
    return httpx.Client(base_url=bureau.client.base_url, cookies={COOKIE: secret}, headers=headers, timeout=60)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_small_runs_one_script_of_its_own_and_leads_nowhere_else(bureau: Office, language: str) -> None:
    with browser(bureau, language=language) as client:
        answer, again = client.get("/map"), client.get("/map")
    assert len(answer.content) <= LARGEST
    [nonce] = re.findall(r"script-src 'self' 'nonce-([\w-]{22})';", answer.headers["content-security-policy"])
    assert re.findall(r"<script(?![^>]*src=)([^>]*)>", answer.text) == [f' nonce="{nonce}"']
    assert nonce not in again.text
    assert not re.search(r"https?://|<style|\sstyle=|\son\w+=", answer.text)
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_the_page_stays_small_with_many_filters_in_its_address(bureau: Office) -> None:
    asked = "kind=rooms&category=office&category=service&net_area.min=20&colour=standard&at=2025-01-01"
    with browser(bureau) as client:
        answer = client.get(f"/map?{asked}&look=38.48598,106.23161,18")
        [words] = re.findall(r'src="(/map/words/[^"]+)"', answer.text)
        script = client.get(words)
    assert len(answer.content) <= LARGEST
    assert script.headers["cache-control"].startswith("public")
    assert "银川市" in script.text


def test_other_pages_run_no_script_that_stands_in_them(bureau: Office) -> None:
    with browser(bureau) as client:
        assert "nonce" not in client.get("/rooms").headers["content-security-policy"]


def test_the_map_opens_where_there_is_something_to_see(bureau: Office) -> None:
    near = bureau.get("/v1/map/extent?kinds=buildings").json()["box"]
    for side, told in zip(near, DEMONSTRATED, strict=True):
        assert abs(side - told) < 0.002
    west, south, east, north = bureau.get("/v1/map/extent").json()["box"]
    assert west < 106.24
    assert south < 36.0
    assert east > 107.0
    assert north > 38.48


def test_a_day_before_anything_has_no_extent_and_the_page_says_so(bureau: Office) -> None:
    assert bureau.get("/v1/map/extent?at=1990-01-01").json()["box"] is None
    with browser(bureau) as client:
        assert "地图上还没有您能看的对象" in client.get("/map?at=1990-01-01").text


def test_a_thing_is_found_where_it_lies_and_nothing_where_it_has_no_place(bureau: Office) -> None:
    room = bureau.get("/v1/rooms?limit=1").json()["rows"][0]["id"]
    building = bureau.get("/v1/buildings?limit=1&q=1号楼").json()["rows"][0]["id"]
    found = bureau.get(f"/v1/map/places/{building}").json()
    assert (found["kind"], found["floor"]) == ("buildings", None)
    assert DEMONSTRATED[0] <= found["box"][0] < found["box"][2] <= DEMONSTRATED[2]
    assert bureau.get(f"/v1/map/places/{uuid4()}").status_code == 404
    assert bureau.get(f"/v1/map/places/{building}?at=1990-01-01").status_code == 404
    assert bureau.get(f"/v1/map/places/{room}").status_code in (200, 404)


def test_who_may_see_nothing_there_is_shown_neither_extent_nor_place(bureau: Office) -> None:
    building = bureau.get("/v1/buildings?limit=1&q=1号楼").json()["rows"][0]["id"]
    elsewhere = Grant(role=Role.PREMISES_OFFICER, division="640500")
    with browser(bureau, "elsewhere", "zh", elsewhere) as client:
        assert client.get("/v1/map/extent").json()["box"] is None
        assert client.get(f"/v1/map/places/{building}").status_code == 404
        assert client.get(f"/map/card/buildings/{building}").status_code == 404


def test_a_card_tells_a_hostile_name_as_text_and_leads_on_at_the_same_moment(bureau: Office) -> None:
    [compound] = bureau.get("/v1/compounds?division=640422").json()["rows"]
    with browser(bureau) as client:
        card = client.get(f"/map/card/compounds/{compound['id']}?at=2024-05-01").text
        assert client.get(f"/map/card/people/{uuid4()}").status_code == 404
    assert "&lt;script&gt;alert(1)" in card
    assert "<script" not in card
    assert f"/compounds/{compound['id']}?at=2024-05-01" in card


def test_the_moment_in_words_leads_back_to_the_map(bureau: Office) -> None:
    with browser(bureau) as client:
        said = client.get("/map/said?at=2024-05-01&colour=status").text
    assert "2024-05-01 零时" in said
    assert 'value="/map?at=2024-05-01&amp;colour=status"' in said


def test_items_are_filtered_on_the_map_as_in_their_list_and_lead_back_to_it(bureau: Office) -> None:
    with browser(bureau) as client:
        listed = client.get("/items?grade=a").text
        page = client.get("/map?kind=items&grade=a").text
    assert "/map?kind=items&amp;grade=a" in listed
    assert '"filters":{"kind":"items","query":"grade=a"}' in page
    assert 'href="/items?grade=a"' in page


def test_a_card_of_a_fence_offers_to_draw_it_again_to_who_may_and_only_now(bureau: Office) -> None:
    card = f"/map/card/fences/{ref(TOWN)}"
    with browser(bureau) as client:
        assert f'data-redraw="{ref(TOWN)}"' in client.get(card).text
        assert "data-redraw" not in client.get(f"{card}?at=2024-01-01").text
    with browser(bureau, "shen", "zh", Grant(role=Role.AUDITOR)) as client:
        assert client.get(card).status_code == 200
        assert "data-redraw" not in client.get(card).text
    with browser(bureau, "baoguan", "zh", Grant(role=Role.KEEPER)) as client:
        assert client.get(card).status_code in (403, 404)
        assert 'value="fences"' not in client.get("/map").text


def test_findings_are_counted_where_one_looks_and_for_who_may_see_them(bureau: Office) -> None:
    there = ",".join(map(str, DEMONSTRATED))
    found = {one["value"]: one for one in bureau.get(f"/v1/map/findings?bbox={there}").json()["values"]}
    assert found["rooms-idle"]["listed"] >= found["rooms-idle"]["placed"] == found["rooms-idle"]["in_view"] > 0
    far = bureau.get("/v1/map/findings?bbox=100,30,100.1,30.1").json()
    assert (far["totals"]["in_view"], far["totals"]["placed"]) == (0, sum(one["placed"] for one in found.values()))
    one = bureau.get(f"/v1/map/findings?bbox={there}&finding=titles-unknown").json()
    assert [each["value"] for each in one["values"]] == ["titles-unknown"]
    assert bureau.get("/v1/map/findings?finding=no-such").status_code == 422
    elsewhere = accounts.a_token(bureau.urls.owner, "far-off", given=[Grant(role=Role.AUDITOR, division="640422")])
    driver = accounts.a_token(bureau.urls.owner, "siji-driver", given=[Grant(role=Role.DEVICE)])
    for token, status in ((elsewhere, 200), (driver, 403)):
        answer = bureau.client.get("/v1/map/findings", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == status
        assert status == 403 or answer.json()["totals"]["placed"] == 0
