"""院落与房屋轮廓: outlines drawn on a web map, surveyed again, crossing themselves, or lying outside their building."""

from __future__ import annotations

import json
from typing import Any

import shapely

from tests.scenarios.bureau import Bureau, Done
from tests.scenarios.premises import HELAN, LONG_AGO, YONGNING, a_building, a_room, a_unit, new_building
from tests.scenarios.story import tells

Place = dict[str, Any]


def a_box(
    west: float, south: float, width: float = 0.0008, height: float = 0.0003, *, system: str = "EPSG:4490"
) -> Place:
    east, north = round(west + width, 6), round(south + height, 6)
    return {
        "system": system,
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def shape(outline: Any) -> Any:
    return shapely.from_wkb(outline["ewkb"])


@tells("buildings.register", "buildings.resurvey", "buildings.place-in-compound", "buildings.readdress",
       "buildings.rename", "compounds.register", "compounds.rename", "compounds.readdress", "compounds.redraw",
       "compounds.close")  # fmt: skip
def test_a_compound_is_drawn_built_in_cleared_and_closed(bureau: Bureau) -> None:
    owner, drawn = a_unit(bureau, "永宁县机关事务服务中心"), a_box(106.2500, 38.2750, 0.003, 0.002)
    compound = bureau.does("compounds.register", effective=LONG_AGO, name="永宁县委大院", division=YONGNING,
                           address="永宁县杨和大街1号", outline=drawn)  # fmt: skip
    bureau.does("compounds.redraw", compound, effective="2020-01-01", outline=a_box(106.2500, 38.2750, 0.004, 0.002))
    bureau.does("compounds.rename", compound, effective="2021-01-01", name="永宁县行政中心", document=None)
    moved = {"address": "永宁县宁和街1号", "division": YONGNING}
    bureau.does("compounds.readdress", compound, effective="2021-01-01", document=None, **moved)
    before, after = (
        shape(bureau.sees("compounds", compound, at=at)["outline"]).area for at in ("2019-12-31", "2020-01-01")
    )
    assert after > before
    problem = bureau.refused("compounds.readdress", compound, effective="2021-02-01", address="某街", division="649999")
    assert (problem.code, problem.field) == ("division-unknown", "/division")

    building = the_canteen_in_the_yard(bureau, compound, owner)
    problem = bureau.refused("compounds.close", compound, effective="2024-01-01")
    assert (problem.code, problem.data["held"]) == ("still-held", [building.id])
    bureau.does("buildings.place-in-compound", building, effective="2024-01-01", compound=None, document=None)
    bureau.does("compounds.close", compound, effective="2024-01-01")
    assert bureau.sees("compounds", compound)["compound_status"] == "closed"
    problem = bureau.refused("buildings.place-in-compound", building, effective="2024-02-01", compound=compound)
    assert problem.code == "compound-not-open"
    assert bureau.sees("buildings", building).history("compound") == [compound.id, None]


def the_canteen_in_the_yard(bureau: Bureau, compound: Done, owner: Done) -> Done:
    said = new_building("职工食堂", division=YONGNING, footprint=a_box(106.2505, 38.2755), purpose="canteen")
    building = bureau.does("buildings.register", effective="2018-01-01", building=said, owner=owner, compound=compound)
    bureau.does("buildings.resurvey", building, effective="2022-05-01", gross_area="5230.50", floors_above=6,
                floors_below=1, document="永测〔2022〕17号")  # fmt: skip
    bureau.does("buildings.readdress", building, effective="2022-06-01", address="永宁县宁和街1号院", division=YONGNING)
    bureau.does("buildings.rename", building, effective="2022-06-01", name="机关食堂", document=None)
    seen, before = bureau.sees("buildings", building), bureau.sees("buildings", building, at="2022-04-30")
    assert (before["gross_area"], seen["gross_area"], seen["floors_below"]) == ("5000.00", "5230.50", 1)
    assert (before["name"], seen["name"]) == ("职工食堂", "机关食堂")
    assert seen["outline"] == before["outline"]  # surveyed without a new one
    return building


@tells("buildings.register")
def test_an_outline_drawn_on_a_web_map_is_kept_as_drawn_and_where_it_is(bureau: Bureau) -> None:
    drawn = a_box(106.3480, 38.5540, system="GCJ-02")
    building = a_building(bureau, a_unit(bureau, "贺兰县自然资源局"), "国土综合楼", footprint=drawn)
    outline = bureau.sees("buildings", building)["outline"]
    assert outline["system"] == "GCJ-02"
    assert json.loads(outline["raw"])["coordinates"] == drawn["coordinates"]
    kept = shape(outline)
    west, south = drawn["coordinates"][0][0]
    assert shapely.get_srid(kept) == 4490
    assert 0.003 < west - kept.bounds[0] < 0.008  # the shift of GCJ-02 near Yinchuan: about half a kilometre
    assert abs(south - kept.bounds[1]) < 0.003
    assert abs(kept.area / (0.0008 * 0.0003) - 1) < 0.01


def test_an_outline_that_crosses_itself_is_refused_at_the_place(bureau: Bureau) -> None:
    owner = a_unit(bureau, "贺兰县住房和城乡建设局")
    crossing = {"system": "EPSG:4326",
                "coordinates": [[[106.35, 38.55], [106.352, 38.552], [106.352, 38.55], [106.35, 38.552], [106.35, 38.55]]]}  # fmt: skip
    asked: dict[str, Any] = {"effective": LONG_AGO, "owner": owner}
    problem = bureau.refused("buildings.register", building=new_building(footprint=crossing), **asked)
    assert (problem.code, problem.field) == ("polygon-crosses-itself", "/building/footprint/coordinates")
    assert (round(problem.data["x"], 6), round(problem.data["y"], 6)) == (106.351, 38.551)
    assert problem.says.startswith("轮廓在 (106.351, 38.551) 处与自身相交或相接。")
    swapped = {"system": "EPSG:4326", "coordinates": [[[y, x] for x, y in crossing["coordinates"][0]]]}
    problem = bureau.refused("buildings.register", building=new_building(footprint=swapped), **asked)
    assert (problem.code, problem.field) == ("axes-swapped", "/building/footprint/coordinates/0/0")
    open_ring = {"system": "EPSG:4326", "coordinates": [crossing["coordinates"][0][:-1]]}
    problem = bureau.refused("compounds.register", effective=LONG_AGO, name="大院", address="某街1号", division=HELAN,
                             outline=open_ring)  # fmt: skip
    assert (problem.code, problem.field) == ("ring-not-closed", "/outline/coordinates/0")
    room = a_room(bureau, a_building(bureau, owner), "101")
    parts = [{"number": number, "net_area": "9.00", "outline": crossing} for number in ("101", "102")]
    problem = bureau.refused("rooms.split", room, effective="2020-01-01", parts=parts)
    assert (problem.code, problem.field) == ("polygon-crosses-itself", "/parts")  # which of them, nobody said


@tells("rooms.register", "rooms.measure")
def test_a_room_outside_its_building_is_recorded_with_a_notice(bureau: Bureau) -> None:
    building = a_building(bureau, a_unit(bureau, "贺兰县应急管理局"), footprint=a_box(106.3500, 38.5500))
    inside, outside = a_box(106.3501, 38.5501, 0.0001, 0.0001), a_box(106.3600, 38.5501, 0.0001, 0.0001)
    asked: dict[str, Any] = {"building": building, "floor": 1, "category": "office", "net_area": "20.00"}
    kept = bureau.does("rooms.register", effective=LONG_AGO, number="101", outline=inside, **asked)
    assert kept.notices == []
    assert bureau.does("rooms.register", effective=LONG_AGO, number="102", outline=outside, **asked).notices == [
        "room-beyond-footprint"
    ]
    measured = bureau.does("rooms.measure", kept, effective="2020-01-01", net_area="19.60", outline=outside)
    assert measured.notices == ["room-beyond-footprint"]
    assert "已照录" in measured.raw["notices"][0]["zh"]
