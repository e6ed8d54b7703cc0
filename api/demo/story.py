"""What the demonstration tells. Names, numbers and outlines are invented; no real building, person or vehicle is meant.

The outlines lie near Yinchuan so that a map shows something plausible; they were drawn, not surveyed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.demo import floors as demo_floors
from api.demo.fences import fences
from api.demo.loans import loans
from api.demo.movables import journey, vehicles, warehouse
from api.demo.proposals import proposals
from api.demo.step import (
    ANNEX,
    COMPOUND,
    COUNTY,
    CULTURE,
    FINANCE,
    LI,
    MA,
    MAIN,
    OFFICE,
    OLD,
    VETERANS,
    WANG,
    ZHANG,
    Step,
    ref,
)


def story() -> Iterator[Step]:
    yield from _units()
    yield from _people()
    yield from _premises()
    yield from _use()
    yield from vehicles()
    yield from journey()
    yield from fences()
    yield from warehouse()
    yield from proposals()
    yield from _late_and_wrong()
    yield from demo_floors.floors()
    yield from loans()


def _units() -> Iterator[Step]:
    for name, kind, level, division, parent in (
        (OFFICE, "government", "prefecture", "640100", None),
        (FINANCE, "government", "prefecture", "640100", None),
        (CULTURE, "government", "prefecture", "640100", None),
        (VETERANS, "government", "prefecture", "640100", None),
        (COUNTY, "government", "county", "640122", None),
        ("市公务用车服务中心", "institution", "prefecture", "640100", OFFICE),
    ):
        unit = {"name": f"{name}（演示）", "unit_kind": kind, "level": level, "division": division}
        said = {"unit": unit} | ({"parent": ref(parent)} if parent else {})
        yield Step(
            command="units.establish", subject=name, effective="2019-03-01", reason="机构改革后设立", arguments=said
        )
    for rank, posts in (("bureau-deputy", 1), ("division-chief", 4), ("section-chief", 12), ("staff", 30)):
        yield Step(
            command="units.set-staff-establishment", subject=OFFICE, effective="2019-04-01", reason="核定编制",
            document="银编发〔2019〕18号", arguments={"rank": rank, "posts": posts},
        )  # fmt: skip


def _people() -> Iterator[Step]:
    for name, unit, rank, staff in (
        (ZHANG, OFFICE, "division-chief", "established"),
        (LI, OFFICE, "section-chief", "established"),
        (WANG, "市公务用车服务中心", "staff", "contractor"),
        (MA, CULTURE, "section-deputy", "established"),
    ):
        said = {"unit": ref(unit), "name": name, "rank": rank, "staff_type": staff}
        yield Step(command="people.join", subject=name, effective="2020-07-01", reason="入职登记", arguments=said)


def _box(west: float, south: float, width: float, height: float) -> dict[str, Any]:
    """A drawn rectangle in WGS 84."""
    east, north = round(west + width, 6), round(south + height, 6)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"system": "EPSG:4326", "coordinates": [ring]}


def _premises() -> Iterator[Step]:
    address, division = "北京中路（演示）88号", "640106"
    yield Step(
        command="compounds.register", subject=COMPOUND, effective="2019-06-01", reason="资产清查登记",
        arguments={"name": COMPOUND, "address": address, "division": division,
                   "outline": _box(106.2301, 38.4850, 0.0030, 0.0022)},
    )  # fmt: skip
    for name, number, floors, area, structure, year, value, box in (
        (
            MAIN,
            "YC-0001",
            6,
            "8600.00",
            "reinforced-concrete",
            2008,
            "43000000.00",
            (106.2305, 38.4862, 0.0011, 0.0003),
        ),
        (
            ANNEX,
            "YC-0002",
            4,
            "3200.00",
            "reinforced-concrete",
            2012,
            "15600000.00",
            (106.2319, 38.4862, 0.0006, 0.0004),
        ),
        (OLD, "YC-0003", 3, "1450.00", "mixed", 1987, "2100000.00", (106.2307, 38.4853, 0.0005, 0.0003)),
    ):
        building = {
            "number": number, "name": name, "address": address, "division": division, "floors_above": floors,
            "gross_area": area, "structure": structure, "year_built": year, "value": value, "footprint": _box(*box),
        }  # fmt: skip
        yield Step(
            command="buildings.register", subject=name, effective="2019-06-01", reason="资产清查登记",
            arguments={"building": building, "owner": ref(OFFICE), "compound": ref(COMPOUND)},
        )  # fmt: skip
    yield Step(
        command="buildings.register-title", subject=MAIN, effective="2020-05-18", reason="权属统一登记",
        document="银机管发〔2020〕31号",
        arguments={"owner": ref(OFFICE), "certificate": "宁（2020）银川市不动产权第0088001号", "land_area": "5200.00"},
    )  # fmt: skip
    yield Step(
        command="buildings.file-title", subject=OLD, effective="2020-05-18", reason="资料不全，先行备案",
        document="银机管发〔2020〕31号", arguments={"owner": ref(OFFICE), "missing": "建设用地批准文件遗失"},
    )  # fmt: skip


def _use() -> Iterator[Step]:
    for building, unit, area in ((MAIN, FINANCE, "3000.00"), (MAIN, CULTURE, "2200.00"), (ANNEX, VETERANS, "1600.00")):
        yield Step(
            command="buildings.allocate", subject=building, effective="2021-01-01", reason="办公用房统一分配",
            document="银机管发〔2020〕66号",
            arguments={"unit": ref(unit), "mode": "reallocate", "area": area},
        )  # fmt: skip
    rooms: tuple[tuple[int, str, str, str, str | None], ...] = (
        (3, "301", "office", "24.50", FINANCE), (3, "302", "office", "18.20", FINANCE),
        (3, "305", "service", "86.00", FINANCE), (5, "501", "office", "23.80", CULTURE),
        (5, "502", "office", "17.60", CULTURE), (1, "101", "equipment", "42.00", None),
    )  # fmt: skip
    for floor, number, category, size, holder in rooms:
        room = f"{MAIN}-{number}"
        yield Step(
            command="rooms.register", subject=room, effective="2019-06-01", reason="资产清查登记",
            arguments={"building": ref(MAIN), "floor": floor, "number": number, "category": category, "net_area": size},
        )  # fmt: skip
        if holder:
            yield Step(
                command="rooms.assign", subject=room, effective="2021-01-01", reason="办公用房分配",
                document="银机管发〔2020〕66号", arguments={"unit": ref(holder)},
            )  # fmt: skip
    yield Step(
        command="rooms.move-in", subject=f"{MAIN}-502", effective="2021-03-01", reason="安排办公室",
        arguments={"person": ref(MA)},
    )  # fmt: skip


def _late_and_wrong() -> Iterator[Step]:
    """What makes a registry of two times: a fact that comes in late, and a mistake that is put right and stays visible."""
    yield Step(
        command="buildings.revalue", subject=MAIN, effective="2023-01-01", reason="评估入账", label="评估",
        document="宁评报字〔2023〕第7号", arguments={"value": "46500000.00"},
    )  # fmt: skip
    yield Step(
        command="buildings.revalue", subject=MAIN, effective="2023-01-01", reason="原录入金额有误，按评估报告更正",
        document="宁评报字〔2023〕第7号", arguments={"value": "45600000.00"}, corrects="评估",
    )  # fmt: skip
    yield Step(
        command="rooms.measure", subject=f"{MAIN}-301", effective="2020-10-12", reason="补录2020年的实测结果",
        arguments={"net_area": "24.10"},
    )  # fmt: skip
    yield Step(
        command="units.rename", subject=VETERANS, effective="2023-09-01", reason="补录更名",
        document="银编发〔2023〕9号", arguments={"name": "市退役军人服务局（演示）"},
    )  # fmt: skip
