"""The part of the demonstration about vehicles, a journey, and the warehouse. All of it is invented."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.demo.step import (
    CAR,
    COMPUTER,
    CULTURE,
    DESK,
    DRIVER,
    FINANCE,
    JOURNEY,
    LI,
    OFFICE,
    PAPER,
    VAN,
    WANG,
    WAREHOUSE,
    Step,
    ref,
)


def vehicles() -> Iterator[Step]:
    for name, vin, category, body, energy, litres, price, model, east in (
        (CAR, "LSVAA4187E2184841", "reception", "car", "petrol", "1.8", "178000.00", "中型轿车（演示）", 106.2322),
        (
            VAN,
            "LSVAA4187E2184842",
            "emergency",
            "business",
            "plug-in",
            "1.5",
            "176000.00",
            "插电混动商务车（演示）",
            106.2324,
        ),
    ):
        yield Step(
            command="vehicles.register", subject=name, effective="2021-06-01", reason="购置登记",
            document="银财购〔2021〕12号",
            arguments={"plate": name, "vin": _with_check_digit(vin), "model": model, "category": category, "body": body,
                       "energy": energy, "displacement": litres, "price": price, "owner": ref(OFFICE),
                       "odometer": 12, "seats": 7 if body == "business" else 5,
                       "parking_name": "北京中路院落东侧车位", "parking": _point(east, 38.4855)},
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
        arguments={"person": ref(WANG), "licence": "B1", "valid_until": "2031-06-01"},
    )  # fmt: skip


def journey() -> Iterator[Step]:
    def step(command: str, effective: str, reason: str, user: str = "demo-zhang", **arguments: Any) -> Step:
        return Step(
            command=f"journeys.{command}", subject=JOURNEY, effective=effective, reason=reason, user=user,
            arguments=arguments,
        )  # fmt: skip

    yield step(
        "request", "2025-04-08T09:00:00+08:00", "申请公务用车", user="demo-ma",
        unit=ref(CULTURE), purpose="survey", purpose_text="沙坡头景区安全生产调研", destination="中卫市",
        outside_city=True, passengers=3,
        planned_from="2025-04-09T08:00:00+08:00", planned_until="2025-04-09T19:00:00+08:00",
    )  # fmt: skip
    yield step("approve", "2025-04-08T10:00:00+08:00", "同意用车")
    yield step("dispatch", "2025-04-08T15:00:00+08:00", "派车", vehicle=ref(CAR), driver=ref(DRIVER))
    yield step("depart", "2025-04-09T08:05:00+08:00", "出车", odometer=41250)
    yield step("come-back", "2025-04-09T18:20:00+08:00", "收车", odometer=41612)
    yield step("close", "2025-04-09T18:40:00+08:00", "车况检查正常", in_order=True)


def warehouse() -> Iterator[Step]:
    yield Step(
        command="warehouses.open", subject=WAREHOUSE, effective="2022-01-01", reason="建立市级公物仓",
        document="银财资〔2021〕45号",
        arguments={"name": WAREHOUSE, "form": "physical", "managing_unit": ref(OFFICE), "division": "640106",
                   "address": "北京中路（演示）88号院", "place": _point(106.2327, 38.4869)},
    )  # fmt: skip
    yield Step(command="warehouses.add-shelf", subject=WAREHOUSE, effective="2022-01-05", reason="货架启用",
               arguments={"shelf": "A-01"})  # fmt: skip
    yield Step(command="warehouses.appoint-keeper", subject=WAREHOUSE, effective="2022-01-05", reason="指定保管员",
               arguments={"keeper": ref(LI)})  # fmt: skip
    for name, number, code, model, value, bought in (
        (COMPUTER, "ZC-2021-0417", "A02010108", "14 英寸", "6800.00", "2021-09-10"),
        (DESK, "ZC-2018-0093", "A05010303", "布艺软座", "12400.00", "2018-11-20"),
    ):
        yield Step(
            command="items.register", subject=name, effective="2022-02-01", reason="资产入账",
            arguments={"asset_number": number, "asset_class": code, "name": name, "value": value, "bought": bought,
                       "owner": ref(FINANCE), "model": model},
        )  # fmt: skip
    yield Step(command="items.declare-idle", subject=DESK, effective="2024-03-01", reason="会议室合并，座椅闲置",
               arguments={"note": "三楼小会议室合并后闲置"})  # fmt: skip
    yield Step(
        command="lots.receive", subject=PAPER, effective="2025-01-06", reason="集中采购到货",
        arguments={"warehouse": ref(WAREHOUSE), "asset_class": "A07000000", "name": "A4 复印纸", "measure": "箱",
                   "quantity": "200", "unit_price": "148.00", "shelf": "A-01"},
    )  # fmt: skip
    yield Step(command="lots.issue", subject=PAPER, effective="2025-02-10", reason="领用",
               arguments={"unit": ref(CULTURE), "quantity": "12"})  # fmt: skip


def _point(longitude: float, latitude: float) -> dict[str, Any]:
    return {"system": "EPSG:4326", "x": longitude, "y": latitude}


_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def _with_check_digit(vin: str) -> str:
    """An invented VIN made formally right."""
    total = sum((_VIN_VALUES[c] if c in _VIN_VALUES else int(c)) * w for c, w in zip(vin, _VIN_WEIGHTS, strict=True))
    return vin[:8] + "0123456789X"[total % 11] + vin[9:]
