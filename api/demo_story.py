"""What the demonstration tells. Names, numbers and outlines are invented; no real building, person or vehicle is meant.

The outlines lie near Yinchuan so that a map shows something plausible; they were drawn, not surveyed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

_NAMES = UUID("5f0c4b1e-9f3a-4d0e-8a57-7a68616e6774")

OFFICE, FINANCE, CULTURE, COUNTY, VETERANS = (
    "市机关事务管理局",
    "市财政局",
    "市文化旅游局",
    "贺兰县水务局",
    "市退役军人事务局",
)
COMPOUND, MAIN, ANNEX, OLD = "北京中路院落", "1号楼", "2号楼", "老档案楼"
ZHANG, LI, WANG, MA = "张建国", "李晓梅", "王海峰", "马春燕"
CAR, VAN, DRIVER, JOURNEY = "宁A1D086", "宁AD31568", "王海峰（驾驶员）", "赴中卫调研"
WAREHOUSE, COMPUTER, DESK, PAPER = "市级公物仓", "便携式计算机0417", "会议椅一批", "复印纸"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command: about what, from when, why, on which document."""

    command: str
    subject: str
    effective: str
    reason: str
    document: str | None = None
    arguments: dict[str, Any] = field(default_factory=dict)
    label: str | None = None
    corrects: str | None = None
    user: str = "demo-li"


def named(name: str) -> UUID:
    """The id that a name of the demonstration stands for."""
    return uuid5(_NAMES, name)


def story() -> Iterator[Step]:
    yield from _units()
    yield from _people()
    yield from _premises()
    yield from _use()
    yield from _vehicles()
    yield from _journey()
    yield from _warehouse()
    yield from _late_and_wrong()


def _id(name: str) -> str:
    return str(named(name))


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
        said = {"unit": unit} | ({"parent": _id(parent)} if parent else {})
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
        said = {"unit": _id(unit), "name": name, "rank": rank, "staff_type": staff}
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
            arguments={"building": building, "owner": _id(OFFICE), "compound": _id(COMPOUND)},
        )  # fmt: skip
    yield Step(
        command="buildings.register-title", subject=MAIN, effective="2020-05-18", reason="权属统一登记",
        document="银机管发〔2020〕31号",
        arguments={"owner": _id(OFFICE), "certificate": "宁（2020）银川市不动产权第0088001号", "land_area": "5200.00"},
    )  # fmt: skip
    yield Step(
        command="buildings.file-title", subject=OLD, effective="2020-05-18", reason="资料不全，先行备案",
        document="银机管发〔2020〕31号", arguments={"owner": _id(OFFICE), "missing": "建设用地批准文件遗失"},
    )  # fmt: skip


def _use() -> Iterator[Step]:
    for building, unit, area in ((MAIN, FINANCE, "3000.00"), (MAIN, CULTURE, "2200.00"), (ANNEX, VETERANS, "1600.00")):
        yield Step(
            command="buildings.allocate", subject=building, effective="2021-01-01", reason="办公用房统一分配",
            document="银机管发〔2020〕66号",
            arguments={"unit": _id(unit), "mode": "reallocate", "area": area},
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
            arguments={"building": _id(MAIN), "floor": floor, "number": number, "category": category, "net_area": size},
        )  # fmt: skip
        if holder:
            yield Step(
                command="rooms.assign", subject=room, effective="2021-01-01", reason="办公用房分配",
                document="银机管发〔2020〕66号", arguments={"unit": _id(holder)},
            )  # fmt: skip
    yield Step(
        command="rooms.move-in", subject=f"{MAIN}-502", effective="2021-03-01", reason="安排办公室",
        arguments={"person": _id(MA)},
    )  # fmt: skip


def _vehicles() -> Iterator[Step]:
    for name, vin, category, body, energy, litres, price, model in (
        (CAR, "LSVAA4187E2184841", "reception", "car", "petrol", "1.8", "178000.00", "中型轿车（演示）"),
        (VAN, "LSVAA4187E2184842", "emergency", "business", "plug-in", "1.5", "176000.00", "插电混动商务车（演示）"),
    ):
        yield Step(
            command="vehicles.register", subject=name, effective="2021-06-01", reason="购置登记",
            document="银财购〔2021〕12号",
            arguments={"plate": name, "vin": _with_check_digit(vin), "model": model, "category": category, "body": body,
                       "energy": energy, "displacement": litres, "price": price, "owner": _id(OFFICE),
                       "odometer": 12, "seats": 7 if body == "business" else 5},
        )  # fmt: skip
        yield Step(
            command="vehicles.insure", subject=name, effective="2024-12-01", reason="投保",
            arguments={"insurance": "compulsory", "policy": f"NX-{name[-4:]}", "insurer": "某财产保险公司（演示）",
                       "until": "2026-12-01", "premium": "950.00"},
        )  # fmt: skip
        yield Step(
            command="vehicles.inspect", subject=name, effective="2024-06-01", reason="年检",
            arguments={"valid_until": "2026-12-01", "station": "第一检测站（演示）", "cost": "220.00"},
        )  # fmt: skip
    yield Step(
        command="drivers.enrol", subject=DRIVER, effective="2021-06-15", reason="聘用驾驶员",
        arguments={"person": _id(WANG), "licence": "B1", "valid_until": "2031-06-01"},
    )  # fmt: skip


def _journey() -> Iterator[Step]:
    def step(command: str, effective: str, reason: str, user: str = "demo-zhang", **arguments: Any) -> Step:
        return Step(
            command=f"journeys.{command}", subject=JOURNEY, effective=effective, reason=reason, user=user,
            arguments=arguments,
        )  # fmt: skip

    yield step(
        "request", "2025-04-08T09:00:00+08:00", "申请公务用车", user="demo-ma",
        unit=_id(CULTURE), purpose="survey", purpose_text="沙坡头景区安全生产调研", destination="中卫市",
        outside_city=True, passengers=3,
        planned_from="2025-04-09T08:00:00+08:00", planned_until="2025-04-09T19:00:00+08:00",
    )  # fmt: skip
    yield step("approve", "2025-04-08T10:00:00+08:00", "同意用车")
    yield step("dispatch", "2025-04-08T15:00:00+08:00", "派车", vehicle=_id(CAR), driver=_id(DRIVER))
    yield step("depart", "2025-04-09T08:05:00+08:00", "出车", odometer=41250)
    yield step("come-back", "2025-04-09T18:20:00+08:00", "收车", odometer=41612)
    yield step("close", "2025-04-09T18:40:00+08:00", "车况检查正常", in_order=True)


def _warehouse() -> Iterator[Step]:
    yield Step(
        command="warehouses.open", subject=WAREHOUSE, effective="2022-01-01", reason="建立市级公物仓",
        document="银财资〔2021〕45号",
        arguments={"name": WAREHOUSE, "form": "physical", "managing_unit": _id(OFFICE), "division": "640106",
                   "address": "北京中路（演示）88号院"},
    )  # fmt: skip
    yield Step(command="warehouses.add-shelf", subject=WAREHOUSE, effective="2022-01-05", reason="货架启用",
               arguments={"shelf": "A-01"})  # fmt: skip
    yield Step(command="warehouses.appoint-keeper", subject=WAREHOUSE, effective="2022-01-05", reason="指定保管员",
               arguments={"keeper": _id(LI)})  # fmt: skip
    for name, number, code, model, value, bought in (
        (COMPUTER, "ZC-2021-0417", "A02010108", "14 英寸", "6800.00", "2021-09-10"),
        (DESK, "ZC-2018-0093", "A05010303", "布艺软座", "12400.00", "2018-11-20"),
    ):
        yield Step(
            command="items.register", subject=name, effective="2022-02-01", reason="资产入账",
            arguments={"asset_number": number, "asset_class": code, "name": name, "value": value, "bought": bought,
                       "owner": _id(FINANCE), "model": model},
        )  # fmt: skip
    yield Step(command="items.declare-idle", subject=DESK, effective="2024-03-01", reason="会议室合并，座椅闲置",
               arguments={"note": "三楼小会议室合并后闲置"})  # fmt: skip
    yield Step(
        command="lots.receive", subject=PAPER, effective="2025-01-06", reason="集中采购到货",
        arguments={"warehouse": _id(WAREHOUSE), "asset_class": "A07000000", "name": "A4 复印纸", "measure": "箱",
                   "quantity": "200", "unit_price": "148.00", "shelf": "A-01"},
    )  # fmt: skip
    yield Step(command="lots.issue", subject=PAPER, effective="2025-02-10", reason="领用",
               arguments={"unit": _id(CULTURE), "quantity": "12"})  # fmt: skip


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


_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def _with_check_digit(vin: str) -> str:
    """An invented VIN made formally right."""
    total = sum((_VIN_VALUES[c] if c in _VIN_VALUES else int(c)) * w for c, w in zip(vin, _VIN_WEIGHTS, strict=True))
    return vin[:8] + "0123456789X"[total % 11] + vin[9:]
