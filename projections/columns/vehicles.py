"""Vehicles, drivers and journeys."""

from __future__ import annotations

from domain.vehicles import facets as f
from domain.vehicles import fence_facets as g
from domain.vehicles.driver import Driver
from domain.vehicles.fence import Fence
from domain.vehicles.journey import Journey
from domain.vehicles.terms import FenceStatus
from domain.vehicles.vehicle import Vehicle
from projections.columns.making import ids, one, ref, text
from projections.shown import Members, Shown


def _fence_status(held: Members) -> FenceStatus:
    """What was drawn, and of which nothing is said now, is not in force now."""
    return next((fact.value for _, fact in held.facts(g.FENCE_STATUS)), FenceStatus.DORMANT)


def fence_status(zh: str, en: str) -> Shown:
    return Shown("status", "text", (g.FENCE_STATUS,), _fence_status, zh, en)


COLUMNS = {
    Vehicle.kind: (
        text(f.VEHICLE_STATUS, "状态", "Status"),
        text(f.PLATE, "号牌", "Plate"),
        text(f.VIN, "车辆识别代号", "VIN"),
        text(f.MODEL, "品牌型号", "Model"),
        text(f.CATEGORY, "用途类别", "Category"),
        text(f.BODY, "车型", "Body"),
        text(f.ENERGY, "能源", "Energy"),
        one(f.LITRES, "numeric", "排量", "Displacement"),
        one(f.SEATS, "integer", "座位数", "Seats"),
        one(f.UNMARKED, "boolean", "免喷涂标识", "Unmarked"),
        one(f.FIRST_USED, "timestamptz", "启用日期", "First used"),
        one(f.VALUE, "numeric", "账面价值", "Book value"),
        ref(f.OWNER, "权属单位", "Owner"),
        ref(f.USING_UNIT, "使用单位", "Using unit"),
        ref(f.POSTED_TO, "派驻单位", "Posted to"),
        text(f.PARKING_NAME, "停放地点", "Parking place"),
        text(f.CONDITION, "车况", "Condition"),
        text(f.SEALED, "封存", "Sealed"),
        ref(f.KEY_KEEPER, "钥匙保管人", "Key keeper"),
        one(f.ODOMETER, "bigint", "里程表读数", "Odometer"),
        text(f.FUEL_CARD, "加油卡", "Fuel card"),
        text(f.INSPECTED, "年检", "Inspected"),
        text(f.DISPOSAL_MODE, "处置方式", "Disposal mode"),
    ),
    Driver.kind: (
        text(f.DUTY, "状态", "Status", "status"),
        ref(f.PERSON, "人员", "Person"),
        text(f.LICENCE, "准驾车型", "Licence"),
    ),
    Journey.kind: (
        text(f.JOURNEY_STATUS, "状态", "Status"),
        ref(f.REQUESTING_UNIT, "用车单位", "Unit", "unit"),
        text(f.PURPOSE, "用途", "Purpose"),
        text(f.DESTINATION, "目的地", "Destination"),
        one(f.OUTSIDE_CITY, "boolean", "出城", "Outside the city"),
        one(f.URGENT, "boolean", "紧急", "Urgent"),
        one(f.PASSENGERS, "integer", "乘车人数", "Passengers"),
        one(f.PLANNED_FROM, "timestamptz", "计划出发", "Planned from"),
        one(f.PLANNED_UNTIL, "timestamptz", "计划返回", "Planned until"),
        ref(f.VEHICLE, "车辆", "Vehicle"),
        ref(f.DRIVER, "驾驶员", "Driver"),
        one(f.DEPARTED_AT, "bigint", "出车里程", "Odometer out"),
        one(f.RETURNED_AT, "bigint", "收车里程", "Odometer in"),
        one(f.DISTANCE, "bigint", "行驶里程", "Distance"),
    ),
    Fence.kind: (
        fence_status("状态", "Status"),
        text(g.NAME, "名称", "Name"),
        text(g.FENCE_PURPOSE, "用途", "Purpose", "purpose"),
        ref(g.MANAGING_UNIT, "管理单位", "Managing unit"),
        ids(g.FENCE_UNIT, "适用单位", "For units", "for_units"),
        ids(g.FENCE_VEHICLE, "适用车辆", "For vehicles", "for_vehicles"),
    ),
}
