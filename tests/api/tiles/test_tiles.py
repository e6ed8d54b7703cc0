"""Vector tiles through the API: what was where on a day, as known on a day; counts below, shapes above; and nothing sent twice."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.cluster import Urls
from tests import accounts
from tests.api.conftest import Office, settings_for
from tests.api.seeing import Seeing, seeing_a_region
from tests.stores import rows
from tests.vector_tiles import layers

EVENTS = 3_000
KINDS = ("compounds", "buildings", "rooms", "vehicles", "warehouses")


@pytest.fixture(scope="module")
def desk(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeing]:
    """Someone who looks at the map of a small region."""
    with seeing_a_region(office, settings_for(office.urls, tmp_path_factory.mktemp("world")), EVENTS) as seen:
        yield seen


def places(urls: Urls, condition: str = "true") -> list[tuple[str, str, float, float]]:
    """Kind, id, longitude and latitude of what is on the map now, by a plain look at the facts."""
    [(schema,)] = rows(urls.owner, "SELECT schema FROM reading.generations WHERE role = 'live'")
    gone = "('closed', 'swapped', 'auctioned', 'demolished', 'split', 'merged', 'retired', 'disposed')"
    return rows(
        urls.superuser,
        f"SELECT kind, asset::text, ST_X(p), ST_Y(p) FROM {schema}.map, ST_PointOnSurface(shape) AS p"  # noqa: S608 -- names of the test
        f" WHERE valid @> now() AND upper_inf(known) AND status NOT IN {gone} AND {condition}",
    )


def tile_of(longitude: float, latitude: float, z: int, layer: str = "all") -> str:
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return f"/tiles/{layer}/{z}/{int((longitude + 180) / 360 * 2**z)}/{int(y * 2**z)}.mvt"


def drawn(desk: Seeing, address: str, **parameters: Any) -> dict[str, list[dict[str, Any]]]:
    answer = desk.asks(address, **parameters)
    assert answer.status_code in (200, 204), answer.text
    return layers(answer.content)


def ids(found: dict[str, list[dict[str, Any]]], kind: str) -> set[str]:
    return {feature["id"] for feature in found.get(kind, [])}


@pytest.mark.parametrize("z", [0, 3, 5])
def test_a_low_zoom_counts_everything(desk: Seeing, z: int) -> None:
    there = places(desk.urls)
    counts: dict[str, int] = {}
    for address in {tile_of(longitude, latitude, z) for _, _, longitude, latitude in there}:
        for square in drawn(desk, address)["counts"]:
            counts[square["kind"]] = counts.get(square["kind"], 0) + square["count"]
    assert counts == {kind: sum(one[0] == kind for one in there) for kind in {one[0] for one in there}}


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_found_in_the_tile_where_it_lies(desk: Seeing, kind: str) -> None:
    there = [one for one in places(desk.urls) if one[0] == kind][:10]
    assert there
    for _, id, longitude, latitude in there:
        assert id in ids(drawn(desk, tile_of(longitude, latitude, 18)), kind)


def test_only_the_kinds_and_the_floor_that_are_asked_for(desk: Seeing) -> None:
    _, room, longitude, latitude = places(desk.urls, "kind = 'rooms' AND floor = 2")[0]
    address = tile_of(longitude, latitude, 18)
    assert set(drawn(desk, address, kinds="rooms")) == {"rooms"}
    assert room in ids(drawn(desk, address, floor="2"), "rooms")
    assert {feature["floor"] for feature in drawn(desk, address, floor="2")["rooms"]} == {2}
    assert room not in ids(drawn(desk, address, floor="1"), "rooms")


@pytest.mark.parametrize("z", [4, 8, 11, 14])
def test_a_filter_leaves_out_in_counts_and_shapes_what_it_leaves_out_of_the_list(desk: Seeing, z: int) -> None:
    listed = desk.sees("/v1/rooms", category="service", status="in-service", fields="number", limit="1000")["rows"]
    wanted = {row["id"] for row in listed}
    there = [one for one in places(desk.urls) if one[0] == "rooms"]
    services = [one for one in there if one[1] in wanted]
    assert 0 < len(services) < len(there)
    tiles = {tile_of(longitude, latitude, z, "rooms") for _, _, longitude, latitude in there}
    for _ in range(2):  # counted, and told again
        squares = [one for address in tiles for one in drawn(desk, address, category="service").get("counts", [])]
        assert sum(one["count"] for one in squares) == len(services)
    _, id, longitude, latitude = services[0]
    shown = ids(drawn(desk, tile_of(longitude, latitude, 18, "rooms"), category="service"), "rooms")
    assert id in shown <= wanted


def test_far_squares_lie_where_near_ones_do(desk: Seeing) -> None:
    """Counted for the whole world at once, or for one tile: the same numbers at the same places."""
    there = [one for one in places(desk.urls) if one[0] == "rooms"]
    address = tile_of(there[0][2], there[0][3], 9, "rooms")
    asked: dict[str, Any] = {"category": "office", "at": datetime.now(UTC).isoformat()}
    directly = desk.asks(address, **asked).content
    assert desk.asks(tile_of(there[0][2], there[0][3], 4, "rooms"), **asked).content
    assert directly
    assert desk.asks(address, **asked).content == directly


def test_features_say_by_what_maps_colour_them(desk: Seeing) -> None:
    _, id, longitude, latitude = places(desk.urls, "kind = 'buildings'")[0]
    state = desk.sees("/v1/buildings", id=id)["rows"][0]
    address = tile_of(longitude, latitude, 18, "buildings")
    found = {one["id"]: one for one in drawn(desk, address, colour="title")["buildings"]}[id]
    assert (found["colour"], found["purpose"]) == (state["title"], state["purpose"])
    assert found["label"] == state["name"]


def test_a_building_is_coloured_by_what_its_rooms_are(desk: Seeing) -> None:
    """By a look at each room: how much area there is a head, and whether all are in use."""
    steps = [(6, "0-6"), (9, "6-9"), (12, "9-12"), (18, "12-18"), (30, "18-30"), (10**9, "30-")]
    for _, id, longitude, latitude in [one for one in places(desk.urls) if one[0] == "buildings"][:5]:
        rows = desk.sees("/v1/rooms", building=id, status="in-service", limit="1000")["rows"]
        people, area = sum(row["headcount"] for row in rows), sum(float(row["net_area"]) for row in rows)
        used = [row["using_unit"] is not None for row in rows]
        expected = {
            "a_head": next(name for most, name in steps if area < most * people) if people else "empty",
            "idle": "used" if all(used) else "partly" if any(used) else "idle",
        }
        for colour, value in expected.items():
            features = drawn(desk, tile_of(longitude, latitude, 18, "buildings"), colour=colour)["buildings"]
            assert {one["id"]: one["colour"] for one in features}[id] == value


def test_before_anything_was_there_or_was_known_a_tile_is_empty(desk: Seeing) -> None:
    _, building, longitude, latitude = places(desk.urls, "kind = 'buildings'")[0]
    address = tile_of(longitude, latitude, 16)
    assert desk.asks(address, at="1990-01-01").status_code == 204
    assert desk.asks(address, known="#1").status_code == 204
    assert building in ids(drawn(desk, address), "buildings")


def test_a_past_tile_is_not_sent_twice(desk: Seeing) -> None:
    _, _, longitude, latitude = places(desk.urls, "kind = 'buildings'")[0]
    address = tile_of(longitude, latitude, 16)
    first = desk.client.get(address, params={"at": "2024-01-01"})
    tag = first.headers["etag"]
    again = desk.client.get(address, params={"at": "2024-01-01"}, headers={"If-None-Match": tag})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    other = desk.client.get(address, params={"at": "2023-01-01"}, headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_a_current_tile_is_not_sent_twice_while_it_shows_the_same(desk: Seeing) -> None:
    _, _, longitude, latitude = places(desk.urls, "kind = 'buildings'")[0]
    address = tile_of(longitude, latitude, 16)
    tag = desk.client.get(address).headers["etag"]
    assert desk.client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_tile_says_of_which_position_and_moment_it_is(desk: Seeing) -> None:
    answer: httpx.Response = desk.asks("/tiles/all/0/0/0.mvt", at="2024-01-01", known="#500")
    assert answer.headers["tile-known"] == "500"
    assert answer.headers["tile-at"].startswith("2023-12-31T16:00:00")
    assert int(answer.headers["tile-position"]) == EVENTS


def test_a_tile_that_no_map_has_is_refused(desk: Seeing) -> None:
    assert desk.refused("/tiles/all/2/4/0.mvt", 404) == "not-found"
    assert desk.refused("/tiles/all/23/0/0.mvt", 422) == "request-invalid"
    assert desk.refused("/tiles/all/2/0/0.mvt", 422, kinds="trees") == "request-invalid"
    assert desk.refused("/tiles/rooms/2/0/0.mvt", 422, colour="taste") == "request-invalid"
    assert desk.refused("/tiles/rooms/2/0/0.mvt", 422, plate="宁A00001") == "request-invalid"


def test_what_a_browser_kept_of_one_persons_map_is_not_said_to_be_anothers(desk: Seeing) -> None:
    """Also where they see the same now: the tag is asked for before anything is drawn."""
    _, _, longitude, latitude = places(desk.urls, "kind = 'buildings'")[0]
    clerk = accounts.a_token(desk.urls.owner, "clerk", given=[Grant(role=Role.UNIT_CLERK, division="650000")])
    address, moment = tile_of(longitude, latitude, 16), {"at": "2024-01-01"}
    tag = desk.client.get(address, params=moment).headers["etag"]
    held = {"If-None-Match": tag, "Authorization": f"Bearer {clerk}"}
    answer = desk.client.get(address, params=moment, headers=held)
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(("layer", "colour"), [("buildings", "title"), ("rooms", "a_head"), ("vehicles", "using_unit")])
def test_a_legend_counts_what_there_is_and_what_is_in_view(desk: Seeing, layer: str, colour: str) -> None:
    there = [one for one in places(desk.urls) if one[0] == layer]
    _, _, longitude, latitude = there[0]
    box = f"{longitude - 0.01},{latitude - 0.01},{longitude + 0.01},{latitude + 0.01}"
    told = desk.sees("/v1/map/legend", layer=layer, colour=colour, bbox=box)
    near = [one for one in there if abs(one[2] - longitude) < 0.01 and abs(one[3] - latitude) < 0.01]
    assert told["totals"]["placed"] == len(there)
    assert 0 < len(near) <= told["totals"]["in_view"] < len(there)
    for number in ("listed", "placed", "in_view"):
        assert sum(value[number] for value in told["values"]) + told["others"][number] == told["totals"][number]
    assert all(value["zh"] and value["en"] for value in told["values"])
    features = drawn(desk, tile_of(longitude, latitude, 16, layer), colour=colour)[layer]
    assert {one["colour"] for one in features} <= {value["value"] for value in told["values"]}


def test_a_legend_takes_the_filters_of_its_list(desk: Seeing) -> None:
    filters = {"category": "office", "headcount_min": "2", "status": "in-service"}
    listed = desk.sees("/v1/rooms", count="true", limit="1", **filters)["count"]
    told = desk.sees("/v1/map/legend", layer="rooms", colour="category", **filters)
    assert told["totals"]["listed"] == listed
    assert desk.sees("/v1/map/legend", layer="items", colour="grade", status="stored")["totals"]["placed"] > 0


def test_a_legend_says_what_does_not_go_together(desk: Seeing) -> None:
    assert desk.refused("/v1/map/legend", 409, layer="rooms", colour="title") == "value-impossible"
    assert desk.refused("/v1/map/legend", 409, layer="rooms", plate="宁A00001") == "value-impossible"
    assert desk.refused("/v1/map/legend", 409, layer="rooms", category="garage") == "value-impossible"
    assert desk.refused("/v1/map/legend", 422, layer="moods") == "request-invalid"


def test_items_are_numbers_at_the_warehouses_that_they_lie_in(desk: Seeing) -> None:
    told = desk.sees("/v1/map/legend", layer="items", colour="grade")
    there = [one for one in places(desk.urls) if one[0] == "warehouses"]
    tiles = {tile_of(longitude, latitude, 5, "items") for _, _, longitude, latitude in there}
    counted = [one for address in tiles for one in drawn(desk, address)["counts"]]
    assert {one["kind"] for one in counted} == {"items"}
    assert sum(one["count"] for one in counted) == told["totals"]["placed"] > 0
    [graded] = [value for value in told["values"] if value["value"] == "a"]
    features = {
        one["id"]: one["count"]
        for _, _, longitude, latitude in there
        for one in drawn(desk, tile_of(longitude, latitude, 18, "items"), grade="a").get("items", [])
    }
    assert sum(features.values()) == graded["placed"]


def test_findings_lie_where_what_was_found_lies(desk: Seeing) -> None:
    """As many as attention says, of those that have a place."""
    there = {one[1]: one for one in places(desk.urls)}
    tiles = {tile_of(longitude, latitude, 5, "findings") for _, _, longitude, latitude in there.values()}
    listed = [one for one in desk.sees("/v1/attention")["wrong"] if "/statistics/" not in one["rows"] and one["count"]]
    tried = 0
    for one in listed:
        if one["kind"] in KINDS:
            found = [there[row["id"]] for row in desk.sees(f"{one['rows']}&limit=1000")["rows"] if row["id"] in there]
            counted = [it for address in tiles for it in drawn(desk, address, finding=one["name"]).get("counts", [])]
            assert sum(it["count"] for it in counted) == len(found), one
            for _, id, longitude, latitude in found[:1]:
                shown = drawn(desk, tile_of(longitude, latitude, 17, "findings"), finding=one["name"])["findings"]
                assert (one["name"], id) in {(it["finding"], it["id"]) for it in shown}
                tried += 1
    assert tried
    assert desk.asks("/tiles/findings/5/25/12.mvt").status_code in (200, 204)
    assert desk.refused("/tiles/findings/0/0/0.mvt", 422, finding="weather") == "request-invalid"
