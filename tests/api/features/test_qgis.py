"""What QGIS asks, in the order in which its provider asks it: it finds its way by links, pages by `next`, and reads only what it is told.

From the provider's behaviour (landing page, description, collection, conformance, queryables, ten features to see what they are like,
then all of a box page by page), in its own headers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.api.features.conftest import ROOMS, Mapped

JSON = "application/json"
FEATURES = "application/geo+json, application/json"
DESCRIBED = "application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0, application/json"
NEEDED = {
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
}
CGCS2000 = "http://www.opengis.net/def/crs/EPSG/0/4490"


class Program:
    """QGIS with a user's name and password; `more` is what the user wrote behind the address, which it adds to every request."""

    def __init__(self, county: Mapped, client: httpx.Client) -> None:
        self.county, self.client, self.more = county, client, ""

    def get(self, url: str, accept: str) -> Any:
        asked = f"{url}{'&' if '?' in url else '?'}{self.more}" if self.more else url
        answer = self.client.get(asked, headers={"Accept": accept})
        assert answer.status_code == 200, (asked, answer.text)
        assert answer.headers["content-type"].partition(";")[0] in accept, asked
        return answer.json()

    def opened(self, name: str) -> tuple[Any, str]:
        """The layer, as far as it is looked at before anything is drawn; and where its features are."""
        landing = self.get(self.county.address, JSON)
        described = self.get(link(landing, "service-desc", "application/vnd.oai.openapi+json;version=3.0"), DESCRIBED)
        assert described["openapi"].startswith("3.0")
        url = f"{link(landing, 'data', JSON).partition('?')[0]}/{name}"
        collection = self.get(url, JSON)
        assert collection["id"] == name
        assert set(self.get(link(landing, "conformance"), JSON)["conformsTo"]) >= NEEDED
        known = self.get(f"{url}/queryables", "application/schema+json")["properties"]
        first = self.get(f"{url}/items?limit=10", FEATURES)
        for feature in first["features"]:
            assert feature["id"]
            assert feature["properties"].keys() - known.keys() == set()
        return {**collection, "matched": first["numberMatched"]}, f"{url}/items"

    def all(self, url: str) -> list[Any]:
        found: list[Any] = []
        while url:
            page = self.get(url, FEATURES)
            found += page["features"]
            url = next((one["href"] for one in page["links"] if one["rel"] == "next"), "")
            assert not url or len(page["features"]) == page["numberReturned"] > 0
        return found


@pytest.fixture
def program(county: Mapped) -> Iterator[Program]:
    agent = {"User-Agent": "Mozilla/5.0 QGIS/33800"}
    with httpx.Client(auth=("li", county.token), headers=agent, timeout=60) as client:
        yield Program(county, client)


def link(told: Any, rel: str, type: str | None = None) -> str:
    return str(next(one["href"] for one in told["links"] if one["rel"] == rel and type in (None, one.get("type"))))


@pytest.mark.parametrize("more", ["", "f=json"])
def test_a_layer_is_opened_and_read_page_by_page(program: Program, more: str) -> None:
    program.more = more
    layer, items = program.opened("rooms-zh")
    assert layer["matched"] == ROOMS
    [[west, south, east, north]] = layer["extent"]["spatial"]["bbox"]
    found = program.all(f"{items}?limit=3&bbox={west},{south},{east},{north}")
    assert sorted(one["properties"]["房间号"] for one in found) == [f"10{n}" for n in range(ROOMS)]
    assert len({one["id"] for one in found}) == ROOMS


def test_a_window_on_the_map_and_a_filter_are_asked_of_the_server(program: Program) -> None:
    _, items = program.opened("rooms")
    small = program.all(f"{items}?limit=1000&bbox=106.0511,38.0111,106.05125,38.0112")
    assert [one["properties"]["number"] for one in small] == ["100"]
    cql = "filter=((net_area > 25.6) AND (category = 'service'))&filter-lang=cql2-text"
    wide = program.all(f"{items}?limit=1000&{cql}&bbox=-180,-90,180,90")
    assert [one["properties"]["number"] for one in wide] == ["106"]


def test_in_another_system_the_axes_are_as_its_authority_has_them(program: Program) -> None:
    """EPSG:4490 has latitude first: the box is sent so, and the features come so."""
    layer, items = program.opened("rooms")
    assert CGCS2000 in layer["crs"]
    asked = f"limit=1000&bbox=38.0111,106.0511,38.0112,106.05125&bbox-crs={CGCS2000}&crs={CGCS2000}"
    [found] = program.all(f"{items}?{asked}")
    latitude, longitude = found["geometry"]["coordinates"][0][0][:2]
    assert (round(latitude), round(longitude)) == (38, 106)


@pytest.mark.parametrize(
    ("moment", "many"), [("2015-01-02T00:00:00Z", 0), ("../2015-01-02", 0), ("2100-01-01/..", ROOMS)]
)
def test_its_time_slider_asks_for_a_moment(program: Program, moment: str, many: int) -> None:
    assert len(program.all(f"{program.county.address}/collections/rooms/items?limit=100&datetime={moment}")) == many


def test_without_a_name_it_is_asked_for_one(county: Mapped) -> None:
    answer = httpx.get(county.address, headers={"Accept": JSON}, timeout=60)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic")


@pytest.mark.parametrize(
    "wrong", ["foo=1", "limit=many", "limit=0", "bbox=1,2", "datetime=soon", "crs=here", "filter-lang=sql"]
)
def test_whatever_is_wrong_with_a_question_is_a_400_and_is_named(county: Mapped, wrong: str) -> None:
    """OGC 17-069: query-param-unknown and query-param-invalid."""
    items = county.desk.client.get(f"/ogc/collections/rooms/items?{wrong}")
    assert items.status_code == 400, items.text
    assert wrong.partition("=")[0] in items.text
    for path in (
        "/ogc",
        "/ogc/collections",
        "/ogc/conformance",
        "/ogc/collections/rooms",
        "/ogc/collections/rooms/queryables",
    ):
        assert county.desk.client.get(f"{path}?foo=1").status_code == 400, path
