"""Pictures of the map through the API: of what the caller sees, at the moment that was asked for, and for those who may take it out."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
import shapely
from PIL import Image

from api.demo.step import MAIN, TOWN, VERGE, ref
from domain.access.principal import Grant
from domain.access.roles import Role
from infra import boundaries
from infra.cluster import Urls
from tests import accounts
from tests.api.seeing import Seeing
from tests.map_hosts import ATTRIBUTION, GREEN, TILE, MapHost, chosen
from tests.pmtiles import PNG, archive, water
from tests.stores import rows

WATER = (0x80, 0xDE, 0xEA)


@pytest.fixture(scope="module")
def bases_file(host: MapHost, tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = [(z, x, y) for z in range(3) for x in range(1 << z) for y in range(1 << z)]
    vectors = archive(dict.fromkeys(world, water()), (0, 2))
    photos = archive(dict.fromkeys(world, TILE), (0, 2), form=PNG)
    return chosen(tmp_path_factory.mktemp("bases"), host, vectors, photos=photos)


@pytest.fixture(scope="module")
def module_database(demonstration: Urls) -> Urls:
    return demonstration


def around_a_building(desk: Seeing, much: float) -> str:
    [(schema,)] = rows(desk.urls.owner, "SELECT schema FROM reading.generations WHERE role = 'live'")
    [(x, y)] = rows(
        desk.urls.superuser,
        f"SELECT ST_X(p), ST_Y(p) FROM {schema}.map, ST_Centroid(shape) AS p WHERE kind = 'buildings' ORDER BY ST_Y(p) LIMIT 1",  # noqa: S608 -- names of the test
    )
    return f"{x - much},{y - much},{x + much},{y + much}"


def picture(desk: Seeing, role: Role = Role.AUDITOR, division: str | None = None, **asked: Any) -> httpx.Response:
    token = accounts.a_token(desk.urls.owner, f"{role}{division}", given=[Grant(role=role, division=division)])
    desk.asks("/v1/map/extent")
    form = asked.pop("form", "png")
    return desk.client.get(f"/map.{form}", params=asked, headers={"Authorization": f"Bearer {token}"})


def words(desk: Seeing, tmp_path: Path, **asked: Any) -> str:
    """What the page says, as another program reads it."""
    answer = picture(desk, form="pdf", **asked)
    assert answer.status_code == 200, answer.text
    (tmp_path / "map.pdf").write_bytes(answer.content)
    return poppler("pdftotext", "-layout", str(tmp_path / "map.pdf"), "-")


def poppler(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def counted(said: str) -> dict[str, str]:
    """The legend: by its words how many."""
    return dict(re.findall(r"([^\s\d：]+)\s{2,}([\d,]+)\s*$", said, re.MULTILINE))


@pytest.mark.parametrize("much", [0.0005, 0.01, 1.5])
def test_a_view_of_any_size_becomes_a_page(desk: Seeing, much: float) -> None:
    box = around_a_building(desk, much)
    plain = picture(desk, bbox=box)
    assert (plain.status_code, plain.headers["content-type"]) == (200, "image/png"), plain.text
    everything: dict[str, Any] = {"kinds": ["buildings", "rooms", "fences", "items", "findings"], "storey": "1"}
    coloured = picture(
        desk,
        bbox=box,
        colour=["buildings.title", "rooms.using_unit"],
        heading="权属图",
        lang="en",
        paper="a3",
        **everything,
    )
    assert coloured.content.startswith(b"\x89PNG"), coloured.text
    assert coloured.content != plain.content
    assert picture(desk, bbox=box, form="pdf", storey="1").content.startswith(b"%PDF")


def test_the_page_has_its_size_and_says_what_it_must(desk: Seeing, tmp_path: Path) -> None:
    said = words(desk, tmp_path, bbox=around_a_building(desk, 0.001), colour="buildings.title", heading="权属分布图")
    for one in ("权属分布图", "图例（范围内数量）", "审图号：", "情况截至", "1 : ", "CGCS2000"):
        assert one in said
    assert re.search(r"房屋：权属状态\s+3", said), said
    told = poppler("pdfinfo", str(tmp_path / "map.pdf"))
    width, height = map(float, re.findall(r"Page size:\s+([\d.]+) x ([\d.]+)", told)[0])
    assert [width, height] == pytest.approx([841.9, 595.3], abs=0.1), "A4 across"
    assert "Pages:           1" in told


def test_filters_of_a_list_leave_out_and_count_the_same_as_there(desk: Seeing, tmp_path: Path) -> None:
    box = around_a_building(desk, 0.01)
    asked: dict[str, Any] = {"bbox": box, "layer": "buildings", "kinds": "buildings"}
    for narrow in ({"id": ref(MAIN)}, {"title": "disputed"}, {}):
        listed = len(desk.sees("/v1/buildings", **narrow)["rows"])
        assert counted(words(desk, tmp_path, **asked, **narrow)).get("房屋", "0") == str(listed), narrow
    one = picture(desk, **asked, id=ref(MAIN)).content
    assert len({one, picture(desk, **asked, q="没有这样的楼").content, picture(desk, **asked).content}) == 3
    assert "1号楼" not in words(desk, tmp_path, **asked, q="没有这样的楼")
    assert picture(desk, **asked, net_area="3").json()["errors"][0]["code"] == "filter-of-another-layer"


def test_layers_that_are_ticked_are_those_that_are_drawn(desk: Seeing, tmp_path: Path) -> None:
    box = around_a_building(desk, 0.02)
    said = words(desk, tmp_path, bbox=box, kinds=["fences", "items"], at="2024-10-03")
    assert TOWN in said
    assert "范围内不派车" in said
    assert ("节假日封存" in said, "未生效" in said) == (True, False)
    later = words(desk, tmp_path, bbox=box, kinds="fences", at="2024-11-01")
    assert ("节假日封存" in later.replace(VERGE, ""), "未生效" in later) == (False, True)
    assert "1号楼" not in said
    assert words(desk, tmp_path, bbox=box, kinds="none").count("1号楼") == 0


def test_a_compound_is_told_apart_from_the_paper(desk: Seeing) -> None:
    drawn = Image.open(io.BytesIO(picture(desk, bbox=around_a_building(desk, 0.001), kinds="compounds").content))
    seen = drawn.convert("RGB").getpixel((700, 600))
    assert max(abs(one - other) for one, other in zip(seen, (0xF7, 0xF5, 0xEF), strict=True)) > 10  # type: ignore[arg-type]  # of three parts


def test_the_moment_is_that_of_the_map(desk: Seeing, tmp_path: Path) -> None:
    asked = {"bbox": around_a_building(desk, 0.01), "kinds": "buildings"}
    assert "1号楼" in words(desk, tmp_path, **asked)
    early = words(desk, tmp_path, **asked, at="1990-01-01")
    assert "1号楼" not in early
    assert "1990-01-01" in early
    desk.investigates("旧案", 3)
    assert "旧案" in words(desk, tmp_path, **asked, case="旧案")


def test_a_base_map_lies_beneath_and_is_named(desk: Seeing, host: MapHost, tmp_path: Path) -> None:
    box = around_a_building(desk, 0.005)
    drawn = Image.open(io.BytesIO(picture(desk, bbox=box, base="vec", kinds="none").content)).convert("RGB")
    assert drawn.getpixel((400, 400)) == GREEN
    assert "z=" in host.asked[-1]
    assert ATTRIBUTION.split(" · ")[1] in words(desk, tmp_path, bbox=box, base="vec")
    assert "未能取到" in words(desk, tmp_path, bbox=box, base="gone")
    assert picture(desk, bbox=box, base="other").status_code == 404


@pytest.mark.parametrize(("base", "name", "colour"), [("ground", "离线底图", WATER), ("photos", "影像", GREEN)])
def test_a_file_of_this_machine_lies_beneath_like_any_other(
    desk: Seeing, tmp_path: Path, base: str, name: str, colour: tuple[int, int, int]
) -> None:
    box = around_a_building(desk, 0.005)
    drawn = Image.open(io.BytesIO(picture(desk, bbox=box, base=base, kinds="none").content)).convert("RGB")
    assert drawn.getpixel((400, 400)) == colour
    assert re.search(f"底图：{name}\\s+© Makers", words(desk, tmp_path, bbox=box, base=base))


def heard_of(desk: Seeing, *told: tuple[float, float, float, dict[str, float]]) -> list[str]:
    """Reported by a device: seconds ago, where, and how; the plates of the vehicles."""
    plates = [row["plate"] for row in desk.sees("/v1/vehicles")["rows"]]
    now = datetime.now(UTC)
    lines = [
        {"plate": plate, "at": (now - timedelta(seconds=ago)).isoformat(), "x": x, "y": y, **how}
        for plate, (ago, x, y, how) in zip(plates, told, strict=False)
    ]
    token = accounts.a_token(desk.urls.owner, "gateway", given=[Grant(role=Role.DEVICE)])
    answer = desk.client.post(
        "/v1/positions", json={"system": "EPSG:4490", "positions": lines}, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.json()["kept"] == len(told), answer.text
    return plates


def test_the_live_fleet_is_drawn_and_counted_by_how_it_is(desk: Seeing, tmp_path: Path) -> None:
    box = around_a_building(desk, 0.02)
    west, south, east, _ = map(float, box.split(","))
    x, y = (west + east) / 2, south + 0.005
    goes = (5, x, y, {"speed": 40.0, "heading": 90.0})
    one, other = heard_of(desk, goes, (3_600, west + 0.005, y, {"speed": 40.0}))
    asked: dict[str, Any] = {"bbox": box, "kinds": "fleet"}
    said = words(desk, tmp_path, **asked)
    assert states_of(said) == {"在线车辆": "2", "行驶": "1", "失联（十分钟以上）": "1"}
    assert [word in said for word in (one, "40 km/h · ", other, "60 分钟前")] == [True] * 4
    silent = words(desk, tmp_path, **asked, fleet_state="silent")
    assert ([one in silent, other in silent], states_of(silent)) == (
        [False, True],
        {"在线车辆": "1", "失联（十分钟以上）": "1"},
    )
    assert states_of(words(desk, tmp_path, bbox=box, kinds="buildings")) == {}
    assert "在线车辆" not in words(desk, tmp_path, **asked, at="2026-01-01")
    assert one not in words(desk, tmp_path, **asked, division="650000")
    heard_of(desk, (4, x, y, {"speed": 0.0}), (4, west - 1, y, {"speed": 40.0}))
    assert states_of(words(desk, tmp_path, **asked)) == {"在线车辆": "1", "静止": "1"}


def states_of(said: str) -> dict[str, str]:
    return dict(re.findall(r"(在线车辆|行驶|静止|失联（十分钟以上）)\s+(\d+)\s*$", said, re.MULTILINE))


def test_imported_boundaries_are_drawn_with_where_they_come_from(desk: Seeing, tmp_path: Path) -> None:
    box = around_a_building(desk, 0.01)
    west, south, east, north = map(float, box.split(","))
    line = shapely.box(west + 0.004, south + 0.004, east - 0.004, north - 0.004)
    before = picture(desk, bbox=box, kinds="none").content
    with psycopg.connect(desk.urls.owner) as connection:
        boundaries.replace(connection, "试", [("某县", line)], system="EPSG:4490", source="县界.shp")
    assert picture(desk, bbox=box, kinds="none").content != before
    assert "县界.shp" in words(desk, tmp_path, bbox=box)


def test_it_shows_what_the_caller_sees_and_no_more(desk: Seeing) -> None:
    """To whoever sees nothing here it is the same as the map of something that is not there."""
    fixed: Any = {
        "bbox": around_a_building(desk, 0.0005),
        "at": "2026-06-01",
        "known": f"#{desk.client.get('/healthz').json()['position']}",
    }
    seen = picture(desk, kinds="buildings", **fixed)
    elsewhere = picture(desk, division="650000", kinds="buildings", **fixed)
    nothing = picture(desk, kinds="warehouses", **fixed)
    assert seen.content != nothing.content
    assert elsewhere.content == nothing.content
    told: dict[str, Any] = {"kinds": ["fences", "findings", "items"], "layer": "buildings", "id": ref(MAIN)}
    assert (
        picture(desk, division="650000", **told, **fixed).content
        == picture(desk, kinds="none", division="650000", layer="buildings", **fixed).content
    )


def test_who_may_take_nothing_out_takes_no_picture(desk: Seeing) -> None:
    answer = picture(desk, Role.DRIVER, bbox=around_a_building(desk, 0.01))
    assert (answer.status_code, answer.json()["code"]) == (403, "right-missing")


def test_what_cannot_be_drawn_is_refused(desk: Seeing) -> None:
    assert desk.refused("/map.png", 422) == "request-invalid"
    assert desk.refused("/map.png", 409, bbox="107,38,106,39") == "box-impossible"
    assert desk.refused("/map.png", 422, bbox="106,38,107,39", colour="buildings.taste") == "request-invalid"
