"""OGC API – Features: collections, their features at a moment, in a box, by a filter, in a system, page by page, and who may."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pyproj import Transformer

from domain.access.principal import Grant
from domain.access.roles import Role
from maps.features.systems import SYSTEMS
from tests import accounts
from tests.api.features.conftest import ROOMS, Mapped

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
PART = "http://www.opengis.net/spec/ogcapi-features"


def test_it_says_what_it_keeps_to_and_where_everything_is(county: Mapped) -> None:
    landing = county.desk.client.get("/ogc").json()
    links = {one["rel"]: one["href"] for one in landing["links"]}
    for rel in ("service-desc", "conformance", "data"):
        assert county.desk.client.get(links[rel]).status_code == 200
    said = county.desk.client.get(links["conformance"]).json()["conformsTo"]
    assert {f"{PART}-1/1.0/conf/core", f"{PART}-2/1.0/conf/crs", f"{PART}-3/1.0/conf/features-filter"} <= set(said)
    described = county.desk.client.get(links["service-desc"])
    assert described.headers["content-type"].startswith("application/vnd.oai.openapi+json")
    assert described.json()["openapi"].startswith("3.0")


def test_collections_are_an_allow_list_each_in_two_languages(county: Mapped) -> None:
    found = {one["id"] for one in county.desk.client.get("/ogc/collections").json()["collections"]}
    kinds = {"compounds", "buildings", "rooms", "vehicles", "warehouses", "fences", "positions"}
    assert found == kinds | {f"{kind}-zh" for kind in kinds}
    for other in ("people", "items", "pg_class", "rooms-en"):
        assert county.items(other).status_code == 404
    one = county.desk.client.get("/ogc/collections/rooms").json()
    assert one["extent"]["spatial"]["bbox"][0] == pytest.approx([106.0511, 38.0111, 106.0524, 38.0112])
    assert one["storageCrs"] == f"{EPSG}4490"


def test_features_are_what_lists_show_with_names_for_ids(county: Mapped) -> None:
    [feature] = county.found("rooms", filter="number = '106'")
    assert feature["id"] == county.ids["room"]
    assert feature["properties"] | {"status": "in-service", "category": "service", "floor": 1, "net_area": 26.5,
                                    "building": "一号楼", "using_unit": "青铜峡市财政局"} == feature["properties"]  # fmt: skip
    assert feature["geometry"]["coordinates"][0][0] == [106.0523, 38.0111]
    [chinese] = county.found("rooms-zh", filter="\"房间号\" = '106' AND 房间类别 = '服务用房'")
    assert (chinese["id"], chinese["properties"]["楼栋"]) == (feature["id"], "一号楼")


@pytest.mark.parametrize(
    ("filter", "many"),
    [
        ("floor = 1 AND net_area > 22", 3),
        ("category IN ('office') OR number LIKE '106'", 6),
        ("NOT (category = 'office')", 2),
        ("using_unit IS NULL", ROOMS - 1),
        ("using_unit = '青铜峡市财政局'", 1),
        ("CASEI(number) LIKE CASEI('10%') AND net_area BETWEEN 20.5 AND 21.5", 2),
        ("S_INTERSECTS(geometry, BBOX(106.0511, 38.0111, 106.05125, 38.0112))", 1),
        ("S_DISJOINT(geometry, POINT(106.05115 38.01115))", ROOMS - 1),
        ("geometry IS NULL", 0),
        ("vacate_by > TIMESTAMP('2020-01-01T00:00:00Z')", 0),
        ("true", ROOMS),
    ],
)
def test_a_filter_chooses(county: Mapped, filter: str, many: int) -> None:
    answer = county.items("rooms", filter=filter)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["numberMatched"], len(answer.json()["features"])) == (many, many)
    assert len(county.found("rooms", filter=filter, filter_lang="cql-text")) == many


def test_a_filter_may_be_json(county: Mapped) -> None:
    said = {
        "op": "and",
        "args": [{"op": "=", "args": [{"property": "floor"}, 2]}, {"op": ">", "args": [{"property": "net_area"}, 22]}],
    }
    assert len(county.found("rooms", filter=json.dumps(said), filter_lang="cql2-json")) == 2


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("filter-operation-not-allowed", {"filter": "pg_sleep(9) = 1"}),
        ("filter-operation-not-allowed", {"filter": "net_area + 1 > 2"}),
        ("filter-property-unknown", {"filter": "asset = 'x'"}),
        ("filter-unreadable", {"filter": '"r"."number" = 1'}),
        ("filter-unreadable", {"filter": "number = 'x'; DROP TABLE rooms"}),
        ("filter-types-differ", {"filter": "floor = '1'"}),
        ("filter-shape-invalid", {"filter": "S_INTERSECTS(geometry, POINT(38 106))"}),
        ("filter-too-large", {"filter": " OR ".join(["floor = 1"] * 400)}),
        ("filter-unreadable", {"filter": '{"op": "=", "args": [{"property": "number"}, "\\ud800"]}', "filter_lang": "cql2-json"}),
        ("filter-unreadable", {"filter": '{"op": "=", "args": [{"property": "number"}, "\\u0000"]}', "filter_lang": "cql2-json"}),
        ("filter-unreadable", {"filter": "number LIKE 'a\\'"}),
        ("filter-unreadable", {"filter": "number LIKE number"}),
        ("filter-unreadable", {"filter": "vacate_by > TIMESTAMP('0001-01-01T00:00:00+14:00')"}),
        ("filter-shape-invalid", {"filter": "S_CONTAINS(geometry, GEOMETRYCOLLECTION(POINT(106 38)))"}),
        ("bbox-invalid", {"bbox": "1,2,3"}),
        ("bbox-invalid", {"bbox": "106,39,107,38"}),
        ("bbox-invalid", {"bbox": "nan,nan,nan,nan"}),
        ("crs-unknown", {"crs": f"{EPSG}2000"}),
        ("datetime-invalid", {"datetime": "yesterday"}),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(county: Mapped, code: str, asked: dict[str, Any]) -> None:
    assert county.refused("rooms", **asked) == code


@pytest.mark.parametrize("uri", SYSTEMS)
def test_every_system_comes_with_the_axes_of_its_authority(county: Mapped, uri: str) -> None:
    answer = county.items("rooms", filter="number = '106'", crs=uri)
    assert answer.headers["content-crs"] == f"<{uri}>"
    corner = answer.json()["features"][0]["geometry"]["coordinates"][0][0]
    authority = Transformer.from_crs("EPSG:4490", _authority(uri))  # not always_xy: as the authority has it
    expected = authority.transform(38.0111, 106.0523)
    assert corner == pytest.approx(expected, abs=1e-3 if max(expected) > 360 else 1e-8)
    # The same box asked for in that system finds it.
    first, second = corner
    reach = 1.0 if max(corner) > 360 else 1e-5
    there = county.found(
        "rooms", bbox=f"{first - reach},{second - reach},{first + reach},{second + reach}", bbox_crs=uri
    )
    assert county.ids["room"] in {one["id"] for one in there}
    assert len(there) == 1


def _authority(uri: str) -> str:
    return "OGC:CRS84" if uri.endswith("CRS84") else f"EPSG:{uri.rpartition('/')[2]}"


def test_a_box_may_cross_the_date_line_or_hold_the_world(county: Mapped) -> None:
    assert len(county.found("rooms", bbox="-180,-90,180,90")) == ROOMS
    assert county.found("rooms", bbox="170,-90,-170,90") == []
    assert len(county.found("rooms", bbox="106.0511,38.0111,0,106.05125,38.0112,9")) == 1


def test_a_moment_is_shown_and_of_a_period_its_end(county: Mapped) -> None:
    def status(when: str) -> list[str]:
        return [one["properties"]["状态"] for one in county.found("fences-zh", datetime=when)]

    assert status("2024-06-01") == ["生效中"]
    assert status("2025-06-01T00:00:00Z") == status("2024-01-01/..") == ["未生效"]
    assert status("2023-01-01/2023-06-01") == []


def test_pages_lead_on_at_the_same_moment_and_position(county: Mapped) -> None:
    answer = county.items("rooms", limit=3, filter="net_area > 20").json()
    seen = [one["id"] for one in answer["features"]]
    assert (answer["numberMatched"], answer["numberReturned"]) == (ROOMS, 3)
    while following := [one["href"] for one in answer["links"] if one["rel"] == "next"]:
        answer = county.desk.client.get(following[0]).json()
        seen += [one["id"] for one in answer["features"]]
    assert len(seen) == len(set(seen)) == ROOMS
    assert seen == sorted(seen)


def test_a_feature_has_an_address(county: Mapped) -> None:
    there = f"/ogc/collections/rooms/items/{county.ids['room']}"
    assert county.desk.client.get(there).json()["properties"]["number"] == "106"
    assert county.desk.client.get(there, params={"datetime": "2000-01-01"}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/api",
        "/conformance",
        "/collections",
        "/collections/rooms",
        "/collections/rooms/queryables",
        "/collections/fences/items",
    ],
)
def test_whoever_comes_with_a_browser_gets_a_page_in_which_nothing_runs(county: Mapped, path: str) -> None:
    answer = county.desk.client.get(f"/ogc{path}", headers={"Accept": "text/html,*/*"})
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script>alert" not in answer.text
    if path.endswith("items"):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;四至范围" in answer.text
    assert county.desk.client.get(f"/ogc{path}", params={"f": "html"}).text.startswith("<!doctype html>")


def asked_as(county: Mapped, path: str, user: str, password: str) -> httpx.Response:
    sent = base64.b64encode(f"{user}:{password}".encode()).decode()
    return httpx.get(
        f"{county.desk.client.base_url}{path}".replace("//ogc", "/ogc"), headers={"Authorization": f"Basic {sent}"}
    )


def test_a_map_program_signs_in_with_login_and_token_or_the_token_alone(county: Mapped) -> None:
    for user, password in (("li", county.token), (county.token, ""), ("", county.token)):
        assert asked_as(county, "/ogc/collections", user, password).status_code == 200
    for user, password in (("wang", county.token), ("li", "wrong"), ("", ""), ("李", "李")):
        answer = asked_as(county, "/ogc/collections", user, password)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic ")
    assert httpx.get(county.address).status_code == 401


def test_such_a_sign_in_opens_nothing_else(county: Mapped) -> None:
    """A browser would send it along with whatever another site makes it ask."""
    for path in ("/v1/rooms", "/v1/session", "/ogcx", "/tiles/all/5/25/12.mvt"):
        assert asked_as(county, path, "li", county.token).status_code in (401, 404)


def test_nobody_reads_what_is_not_in_their_jurisdiction_or_without_the_right(county: Mapped) -> None:
    def asks(role: Role, path: str, division: str) -> httpx.Response:
        given = [Grant(role=role, division=division)]
        token = accounts.a_token(county.desk.urls.owner, f"map-{role}-{division}", given=given)
        return httpx.get(f"{county.address}{path}", headers={"Authorization": f"Bearer {token}"})

    elsewhere = asks(Role.PREMISES_OFFICER, "/collections/rooms/items", "640104").json()
    assert (elsewhere["numberMatched"], elsewhere["features"]) == (0, [])
    here = asks(Role.PREMISES_OFFICER, "/collections/rooms/items", "640381").json()
    assert here["numberMatched"] == ROOMS
    assert asks(Role.PREMISES_OFFICER, "/collections/fences/items", "640381").status_code == 404
    assert asks(Role.DRIVER, "/collections/vehicles/items", "640381").status_code == 403
    listed = asks(Role.DISPATCHER, "/collections", "640381").json()["collections"]
    assert {one["id"].removesuffix("-zh") for one in listed} == {"vehicles", "positions", "fences"}


def reported(county: Mapped, at: datetime, x: float, speed: float) -> None:
    token = accounts.a_token(county.desk.urls.owner, "gateway", given=[Grant(role=Role.DEVICE)])
    fix = {"vehicle": county.ids["car"], "at": at.isoformat(), "x": x, "y": 38.02, "speed": speed}
    said = {"system": "EPSG:4490", "positions": [fix]}
    answer = county.desk.client.post("/v1/positions", json=said, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text


def test_where_vehicles_are_is_a_collection_too(county: Mapped) -> None:
    assert county.found("positions") == []
    now = datetime.now(UTC).replace(microsecond=0)
    reported(county, now - timedelta(minutes=30), 106.0500, 0)
    reported(county, now - timedelta(minutes=1), 106.0600, 42)
    [latest] = county.found("positions-zh", filter="速度 > 40 AND 使用单位 = '青铜峡市财政局'")
    assert (latest["id"], latest["properties"]["号牌"]) == (county.ids["car"], "宁C60001")
    assert latest["geometry"]["coordinates"] == [106.06, 38.02]
    earlier = (now - timedelta(minutes=10)).isoformat().replace("+00:00", "Z")
    [then] = county.found("positions", datetime=earlier, bbox="106.04,38,106.055,38.1")
    assert then["geometry"]["coordinates"] == [106.05, 38.02]
    assert county.found("positions", bbox="106.04,38,106.055,38.1") == []
