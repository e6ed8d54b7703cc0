"""A sheet of the map: what it says of itself is true, and nothing that anything is called can break it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import shapely
from PIL import Image
from pyproj import Geod

from maps.pictures.ground import covering, laid
from maps.pictures.inks import INKS
from maps.pictures.making import made
from maps.pictures.sheet import svg
from maps.pictures.terms import Drawn, Entry, Moving, Sheet
from maps.pictures.vectors import UNITS, Vectors, painted
from maps.pictures.view import degrees, framed, mercator, round_length
from tests.map_hosts import TILE
from tests.pmtiles import water

BOX = (106.1, 38.4, 106.4, 38.6)
FRAME = framed(34, 58, 800, 600, BOX)
X, Y = mercator(106.25, 38.5)
SVG = "{http://www.w3.org/2000/svg}"
NEARLY = 1e-6  # metres
HOSTILE = "<script>alert(`${1}`)</script> & \"'"


def a_sheet() -> Sheet:
    building = Drawn(shapely.box(X, Y, X + 2000, Y + 1200), "#3b6ea5", "综合楼")
    return Sheet(
        width=1122.5,
        height=793.7,
        frame=FRAME,
        title="公共资产分布图",
        legend_title="图例",
        legend=[Entry("#3b6ea5", "房屋", 1)],
        things=[building],
        boundaries=[],
        facts=["情况截至 2026-11-29 12:00"],
        approval="审图号：",
    )


def said(sheet: Sheet) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg(sheet)).iter(f"{SVG}text")]  # noqa: S314 -- our own


def test_it_says_all_that_a_printed_map_must() -> None:
    found = said(a_sheet())
    for one in ("公共资产分布图", "图例", "房屋", "1", "综合楼", "N", "审图号：", "情况截至 2026-11-29 12:00"):
        assert one in found
    assert any(one.startswith("1 : ") for one in found)
    assert any(one.endswith("°E") for one in found)
    assert any(one.endswith("°N") for one in found)


def test_the_scale_is_true_in_the_middle() -> None:
    """By the way along the ellipsoid; the map is drawn on a sphere, which is off by a third of a percent here."""
    middle = (FRAME.box[1] + FRAME.box[3]) / 2
    west, east = degrees(FRAME.box[0], middle), degrees(FRAME.box[2], middle)
    _, _, metres = Geod(ellps="GRS80").inv(*west, *east)
    assert FRAME.metres * FRAME.width == pytest.approx(metres, rel=0.005)
    length = round_length(FRAME.metres * 160)
    bar = ET.fromstring(svg(a_sheet())).findall(f"{SVG}rect")[-1]  # noqa: S314 -- our own
    assert float(bar.attrib["width"]) == pytest.approx(length / FRAME.metres, abs=0.1)


def test_hostile_names_are_names() -> None:
    hostile = Drawn(shapely.box(X, Y, X + 90_000, Y + 9_000), "#3b6ea5", HOSTILE)
    sheet = replace(a_sheet(), title=HOSTILE, things=[hostile], legend=[Entry("#3b6ea5", HOSTILE, 1)], facts=[HOSTILE])
    assert said(sheet).count(HOSTILE) == 2
    assert ET.fromstring(svg(sheet)).find(f".//{SVG}script") is None  # noqa: S314 -- our own


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_it_becomes_a_picture_or_a_page(form: str, begins: bytes) -> None:
    assert made(svg(a_sheet()), form).startswith(begins)  # type: ignore[arg-type]  # of the two


def test_the_box_that_was_asked_for_is_in_the_frame_whatever_its_form() -> None:
    for box in (BOX, (106.1, 38.4, 106.1001, 39.4), (104.2, 35.2, 107.7, 35.3), (106.1, 38.4, 106.1000001, 38.4000001)):
        frame = framed(0, 0, 800, 600, box)
        west, south = mercator(*box[:2])
        east, north = mercator(*box[2:])
        assert frame.box[0] - NEARLY <= west <= east <= frame.box[2] + NEARLY
        assert frame.box[1] - NEARLY <= south <= north <= frame.box[3] + NEARLY
        assert svg(replace(a_sheet(), frame=frame))


CSS = Path(__file__).parents[3] / "api" / "console" / "static"


def test_the_colours_on_paper_are_those_of_the_map_in_the_light() -> None:
    css = (CSS / "map.css").read_text() + (CSS / "tokens.css").read_text()
    said = dict(re.findall(r"--(?:map-)?([a-z0-9-]+): light-dark\((#[0-9a-f]{6}),", css))
    said |= {"vehicles": said["c1"], "warehouses": said["c3"], "h0": said["none"]}
    for name, colour in INKS.items():
        of_map = re.search(rf"--map-{name}: light-dark\((#[0-9a-f]{{6}}),", css)
        assert colour == (of_map[1] if of_map else said[name]), name


def test_a_base_map_lies_at_its_place_beneath_everything() -> None:
    """One tile of zoom 12 in the middle of the sheet: its picture covers the whole frame, each corner where the tile has it."""
    asked: list[tuple[int, int, int]] = []

    def fetch(z: int, x: int, y: int) -> bytes | None:
        asked.append((z, x, y))
        return None if len(asked) == 2 else TILE

    ground = laid(fetch, FRAME, (0, 18))
    assert ground is not None
    assert (ground.missing, len({z for z, _, _ in asked})) == (1, 1)
    west, south, east, north = ground.box
    assert west <= FRAME.box[0] < FRAME.box[2] <= east
    assert south <= FRAME.box[1] < FRAME.box[3] <= north
    drawn = ET.fromstring(svg(replace(a_sheet(), ground=ground))).find(f".//{SVG}image")  # noqa: S314 -- our own
    assert drawn is not None
    left = FRAME.at(west, north)[0]
    assert float(drawn.attrib["x"]) == pytest.approx(left, abs=0.01)
    assert made(svg(replace(a_sheet(), ground=ground)), "png").startswith(b"\x89PNG")


@pytest.mark.parametrize("content", [b"", b"x" * 2000, TILE[: len(TILE) // 2]])
def test_what_is_no_picture_is_no_tile(content: bytes) -> None:
    assert laid(lambda *_: content, FRAME, (0, 18)) is None


def test_too_large_a_picture_is_no_tile() -> None:
    huge = io.BytesIO()
    Image.new("1", (5000, 5000)).save(huge, "PNG")
    assert laid(lambda *_: huge.getvalue(), FRAME, (0, 18)) is None


def of_vectors(tile: bytes, zooms: tuple[int, int] = (0, 12)) -> Vectors | None:
    return painted(lambda *_: tile, FRAME, zooms, "en")


def test_a_base_map_of_vectors_is_painted_as_lines_of_the_paper() -> None:
    ground = of_vectors(water(place="某城"))
    assert ground is not None
    drawn = svg(replace(a_sheet(), ground=ground))
    assert "<image" not in drawn
    lake = re.search(r'<path d="([^"]*)" fill="#80deea"', drawn)
    assert lake is not None
    tiles = covering(FRAME, (0, 12), UNITS)
    assert tiles is not None
    assert lake[1].count("M") == tiles.across * tiles.down
    west, _, _, north = tiles.box
    side = FRAME.at(west + (tiles.box[2] - west) / tiles.across, north)[0] - FRAME.at(west, north)[0]
    x, y = map(float, lake[1][1:].split("L")[0].split())
    assert (x, y) == pytest.approx([corner + side * 204 / 4096 for corner in FRAME.at(west, north)], abs=0.1)
    assert said(replace(a_sheet(), ground=ground)).count("某城 (en)") == 2, (
        "text and edge, once, though it is in every tile"
    )
    assert made(drawn, "png").startswith(b"\x89PNG")


def test_what_is_no_vector_tile_is_missing_and_an_empty_one_is_not() -> None:
    assert of_vectors(b"no tile") is None
    found = painted(lambda _, x, y: (b"", None, b"no tile", water())[(x + y) % 4], FRAME, (0, 22), "zh")
    assert found is not None
    tiles = covering(FRAME, (0, 22), UNITS)
    assert tiles is not None
    assert found.missing == sum((x + y) % 4 in (1, 2) for x, y in tiles.each())
    assert of_vectors(water(), (17, 18)) is None, "it has nothing at this distance"


def a_car(**told: Any) -> Moving:
    return Moving(**{"at": (X, Y), "colour": "#2c7f92", "label": "宁A00001", "note": "5 秒前", **told})


def test_what_moves_points_where_it_goes_and_pales_with_its_age() -> None:
    sheet = replace(a_sheet(), fleet=[a_car(heading=90.0), a_car(at=(X + 9_000, Y), strength=0.5)])
    going, standing = ET.fromstring(svg(sheet)).iterfind(".//*[@class='moving']")  # noqa: S314 -- our own
    x, y = FRAME.at(X, Y)
    assert going.attrib["transform"] == f"translate({x:.1f} {y:.1f}) rotate(90)"
    assert (standing.tag, standing.attrib["fill-opacity"]) == (f"{SVG}circle", "0.50")
    assert {"宁A00001", "5 秒前"} <= set(said(sheet))


def test_names_give_way_to_what_moves() -> None:
    at_its_plate = Drawn(shapely.Point(X, Y), "#3b6ea5", "停车场")
    assert "停车场" in said(replace(a_sheet(), things=[at_its_plate]))
    assert "停车场" not in said(replace(a_sheet(), things=[at_its_plate], fleet=[a_car()]))


def test_a_base_map_that_is_not_made_for_this_distance_is_left_out() -> None:
    assert laid(lambda *_: TILE, FRAME, (17, 18)) is None
