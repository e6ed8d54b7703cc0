"""What each facet is called, and how its values read: complete for every kind of thing, as a test sees to."""

from __future__ import annotations

from functools import cache
from typing import Final

from domain.approvals import terms as a
from domain.kernel.labels import Term
from domain.organisations import terms as o
from domain.premises import terms as p
from domain.vehicles import terms as v
from domain.warehouse import terms as w
from projections.queries.words.reads import Reads, Wording

__all__ = ["FACETS", "Reads", "Wording", "has_wording", "wording"]


def _w(zh: str, en: str, reads: Reads | type[Term] = Reads.TEXT, member: Reads | type[Term] = Reads.TEXT) -> Wording:
    return Wording(zh, en, reads, member)


_COMMON: Final[dict[str, Wording]] = {
    "name": _w("名称", "Name"),
    "division": _w("行政区划", "Division", Reads.DIVISION),
    "address": _w("地址", "Address"),
    "value": _w("账面价值", "Book value", Reads.MONEY),
    "owner": _w("权属单位", "Owner", Reads.THING),
    "using_unit": _w("使用单位", "Using unit", Reads.THING),
    "number": _w("编号", "Number"),
    "outline": _w("范围", "Outline", Reads.PLACE),
}

_UNITS: Final[dict[str, Wording]] = {
    "credit_code": _w("统一社会信用代码", "Credit code"),
    "unit_kind": _w("单位性质", "Kind of unit", o.UnitKind),
    "level": _w("级别", "Level", o.Level),
    "parent": _w("上级单位", "Parent unit", Reads.THING),
    "unit_status": _w("状态", "Status", o.UnitStatus),
    "successor": _w("承接单位", "Successor", Reads.THING),
    "predecessor": _w("被并入单位", "Absorbed unit", Reads.YES_NO, Reads.THING),
    "staff_establishment": _w("人员编制", "Staff establishment", Reads.NUMBER, o.Rank),
    "vehicle_establishment": _w("车辆编制", "Vehicle establishment", Reads.NUMBER, v.VehicleCategory),
}

_PEOPLE: Final[dict[str, Wording]] = {
    "member_of": _w("所在单位", "Unit", Reads.THING),
    "rank": _w("职级", "Rank", o.Rank),
    "staff_type": _w("人员类别", "Staff type", o.StaffType),
}

_COMPOUNDS: Final[dict[str, Wording]] = {"compound_status": _w("状态", "Status", p.CompoundStatus)}

_BUILDINGS: Final[dict[str, Wording]] = {
    "compound": _w("院落", "Compound", Reads.THING),
    "building_status": _w("状态", "Status", p.BuildingStatus),
    "floors_above": _w("地上层数", "Floors above", Reads.NUMBER),
    "floors_below": _w("地下层数", "Floors below", Reads.NUMBER),
    "gross_area": _w("建筑面积", "Gross area", Reads.AREA),
    "structure": _w("结构", "Structure", p.Structure),
    "year_built": _w("建成年份", "Year built", Reads.NUMBER),
    "purpose": _w("用途", "Purpose", p.Purpose),
    "title": _w("权属状态", "Title", p.TitleState),
    "title_certificate": _w("不动产权证号", "Title certificate"),
    "parcel": _w("宗地号", "Parcel"),
    "land_area": _w("土地面积", "Land area", Reads.AREA),
    "disputed_with": _w("争议对方", "Disputed with"),
    "case_number": _w("案号", "Case number"),
    "allocated_to": _w("分配使用单位", "Allocated to", Reads.THING, Reads.THING),
    "allocated_area": _w("分配面积", "Allocated area", Reads.AREA, Reads.THING),
    "allocated_whole": _w("整栋分配", "Allocated as a whole", Reads.YES_NO, Reads.THING),
    "allocation_mode": _w("配置方式", "Mode of allocation", p.AllocationMode, Reads.THING),
    "use_agreement": _w("使用协议", "Use agreement", Reads.TEXT, Reads.THING),
    "use_certificate": _w("使用凭证", "Use certificate", Reads.TEXT, Reads.THING),
    "repair": _w("大中修", "Major repair", p.RepairStage),
    "repair_project": _w("大中修项目", "Repair project"),
    "repair_cost": _w("大中修费用", "Cost of the major repair", Reads.MONEY),
    "daily_repair": _w("日常维修", "Daily repair"),
    "condition": _w("房屋状况", "Condition", p.Condition),
    "inspection": _w("巡检情况", "Inspection"),
    "disposal": _w("处置阶段", "Disposal", p.DisposalStage),
    "disposal_mode": _w("处置方式", "Mode of disposal", p.DisposalMode),
    "let_to": _w("承租方", "Let to"),
}

_ROOMS: Final[dict[str, Wording]] = {
    "number": _w("房间号", "Room number"),
    "building": _w("楼栋", "Building", Reads.THING),
    "floor": _w("楼层", "Floor", Reads.NUMBER),
    "category": _w("房间类别", "Category", p.RoomCategory),
    "net_area": _w("使用面积", "Net area", Reads.AREA),
    "room_status": _w("状态", "Status", p.RoomStatus),
    "vacate_by": _w("腾退期限", "Vacate by", Reads.MOMENT),
    "occupant": _w("使用人", "Occupant", Reads.THING, Reads.THING),
    "second_office": _w("第二处办公室", "Second office", Reads.YES_NO, Reads.THING),
    "made_from": _w("由其改建", "Made from", Reads.THING, Reads.THING),
    "made_into": _w("改建为", "Made into", Reads.THING, Reads.THING),
}

_VEHICLES: Final[dict[str, Wording]] = {
    "plate": _w("号牌", "Plate"),
    "vin": _w("车辆识别代号", "VIN"),
    "model": _w("品牌型号", "Model"),
    "category": _w("用途类别", "Category", v.VehicleCategory),
    "body": _w("车型", "Body", v.Body),
    "energy": _w("能源", "Energy", v.Energy),
    "displacement": _w("排量", "Displacement", Reads.LITRES),
    "seats": _w("座位数", "Seats", Reads.NUMBER),
    "unmarked": _w("免喷涂标识", "Unmarked", Reads.YES_NO),
    "first_used": _w("启用日期", "First used", Reads.MOMENT),
    "posted_to": _w("派驻单位", "Posted to", Reads.THING),
    "parking": _w("停放位置", "Parking position", Reads.PLACE),
    "parking_name": _w("停放地点", "Parking place"),
    "status": _w("状态", "Status", v.VehicleStatus),
    "disposal_mode": _w("处置方式", "Mode of disposal", v.DisposalMode),
    "condition": _w("车况", "Condition", v.Condition),
    "sealed": _w("封存", "Sealed", v.SealReason),
    "key_keeper": _w("钥匙保管人", "Key keeper", Reads.THING),
    "odometer": _w("里程表读数", "Odometer", Reads.KILOMETRES),
    "fuel_card": _w("加油卡", "Fuel card"),
    "insured": _w("保险", "Insurance", Reads.TEXT, v.Insurance),
    "inspected": _w("年检", "Inspected"),
    "serviced": _w("保养里程", "Serviced at", Reads.KILOMETRES, v.ServiceKind),
    "repair": _w("维修", "Repair", v.RepairState),
    "repair_estimate": _w("维修估价", "Repair estimate", Reads.MONEY),
    "repair_approved": _w("维修核准金额", "Repair approved", Reads.MONEY),
    "repair_cost": _w("维修费用", "Repair cost", Reads.MONEY),
    "reserved": _w("预订", "Reserved for", Reads.THING, Reads.THING),
    "away": _w("出车", "Away", Reads.YES_NO, Reads.THING),
}

_DRIVERS: Final[dict[str, Wording]] = {
    "person": _w("人员", "Person", Reads.THING),
    "duty": _w("状态", "Status", v.DriverStatus),
    "licence": _w("准驾车型", "Licence", v.LicenceClass),
    "reserved": _VEHICLES["reserved"],
    "away": _VEHICLES["away"],
}

_JOURNEYS: Final[dict[str, Wording]] = {
    "status": _w("状态", "Status", v.JourneyStatus),
    "requesting_unit": _w("用车单位", "Unit", Reads.THING),
    "purpose": _w("用途", "Purpose", v.Purpose),
    "destination": _w("目的地", "Destination"),
    "outside_city": _w("出城", "Outside the city", Reads.YES_NO),
    "urgent": _w("紧急", "Urgent", Reads.YES_NO),
    "passengers": _w("乘车人数", "Passengers", Reads.NUMBER),
    "planned_from": _w("计划出发", "Planned from", Reads.MOMENT),
    "planned_until": _w("计划返回", "Planned until", Reads.MOMENT),
    "vehicle": _w("车辆", "Vehicle", Reads.THING),
    "driver": _w("驾驶员", "Driver", Reads.THING),
    "departed_at": _w("出车里程", "Odometer out", Reads.KILOMETRES),
    "returned_at": _w("收车里程", "Odometer in", Reads.KILOMETRES),
    "distance": _w("行驶里程", "Distance", Reads.KILOMETRES),
}

_FENCES: Final[dict[str, Wording]] = {
    "fence_status": _w("状态", "Status", v.FenceStatus),
    "fence_purpose": _w("用途", "Purpose", v.FencePurpose),
    "managing_unit": _w("管理单位", "Managing unit", Reads.THING),
    "fence_unit": _w("适用单位", "For unit", Reads.THING, Reads.THING),
    "fence_vehicle": _w("适用车辆", "For vehicle", Reads.THING, Reads.THING),
}

_WAREHOUSES: Final[dict[str, Wording]] = {
    "warehouse_status": _w("状态", "Status", w.WarehouseStatus),
    "warehouse_form": _w("形式", "Form", w.WarehouseForm),
    "managing_unit": _w("管理单位", "Managing unit", Reads.THING),
    "keeper": _w("保管员", "Keeper", Reads.THING),
    "place": _w("位置", "Place", Reads.PLACE),
    "shelves": _w("货位", "Shelf", Reads.YES_NO),
}

_STORED: Final[dict[str, Wording]] = {
    "asset_class": _w("资产分类", "Asset class", Reads.ASSET_CLASS),
    "warehouse": _w("所在仓库", "Warehouse", Reads.THING),
    "shelf": _w("货位", "Shelf"),
}

_ITEMS: Final[dict[str, Wording]] = {
    **_STORED,
    "item_status": _w("状态", "Status", w.ItemStatus),
    "asset_number": _w("资产编号", "Asset number"),
    "model": _w("规格型号", "Model"),
    "serial": _w("出厂编号", "Serial number"),
    "bought": _w("购置日期", "Bought", Reads.DAY),
    "minimum_life": _w("最低使用年限", "Minimum life", Reads.YEARS),
    "grade": _w("成色", "Grade", w.Grade),
    "photos": _w("照片", "Photos", Reads.FILES),
    "custodian": _w("保管人", "Custodian", Reads.THING),
    "idle": _w("闲置", "Idle", Reads.YES_NO),
    "location": _w("存放地点", "Location"),
    "published_for": _w("发布用途", "Published for", w.PublishedFor),
    "entering": _w("申请入仓", "Entering", Reads.THING),
    "loan_unit": _w("借用单位", "Borrower", Reads.THING),
    "loan_due": _w("应还日期", "Due", Reads.DAY),
    "receiving_unit": _w("接收单位", "Receiving unit", Reads.THING),
    "disposal_ground": _w("处置原因", "Ground of disposal", w.DisposalGround),
    "disposal_mode": _w("处置方式", "Mode of disposal", w.DisposalMode),
    "disposal_income": _w("处置收入", "Disposal income", Reads.MONEY),
}

_LOTS: Final[dict[str, Wording]] = {
    **_STORED,
    "lot_status": _w("状态", "Status", w.LotStatus),
    "measure": _w("计量单位", "Measure"),
    "unit_price": _w("单价", "Unit price", Reads.MONEY),
    "batch": _w("批次", "Batch"),
    "expiry": _w("有效期", "Expiry", Reads.DAY),
    "lineage": _w("来源批次", "Came from", Reads.THING),
    "counted": _w("盘点数量", "Counted", Reads.NUMBER),
    "moved": _w("出入数量", "Moved", Reads.NUMBER),
    "issued": _w("领用数量", "Issued", Reads.NUMBER, Reads.THING),
}

_PROPOSALS: Final[dict[str, Wording]] = {
    "status": _w("状态", "Status", a.ProposalStatus),
    "proposal_title": _w("标题", "Title"),
    "submitting_unit": _w("呈报单位", "Submitted by", Reads.THING),
    "submitter": _w("呈报账号", "Submitter"),
    "submitted": _w("呈报时间", "Submitted", Reads.MOMENT),
    "lines": _w("事项数", "Lines", Reads.NUMBER),
    "approval_level": _w("审批单位", "Level", Reads.THING, Reads.NUMBER),
    "waits_at": _w("待审批单位", "Waits at", Reads.THING),
    "handed_to": _w("转办给", "Handed on to"),
}

_BY_KIND: Final[dict[str, dict[str, Wording]]] = {
    "units": _UNITS,
    "people": _PEOPLE,
    "compounds": _COMPOUNDS,
    "buildings": _BUILDINGS,
    "rooms": _ROOMS,
    "vehicles": _VEHICLES,
    "drivers": _DRIVERS,
    "journeys": _JOURNEYS,
    "fences": _FENCES,
    "warehouses": _WAREHOUSES,
    "items": _ITEMS,
    "lots": _LOTS,
    "proposals": _PROPOSALS,
}


@cache
def wording(kind: str, facet: str) -> Wording:
    """A facet of a kind of thing; one that nobody has given words reads as its own name."""
    return _BY_KIND[kind].get(facet) or _COMMON.get(facet) or Wording(facet, facet)


def has_wording(kind: str, facet: str) -> bool:
    return facet in _BY_KIND[kind] or facet in _COMMON


FACETS: Final = tuple(sorted({*_COMMON, *(facet for facets in _BY_KIND.values() for facet in facets)}))
"""All that anything may have."""
