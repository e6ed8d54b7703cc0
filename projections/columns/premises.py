"""Compounds, buildings and rooms."""

from __future__ import annotations

from domain.premises import facets as f
from domain.premises.building import Building
from domain.premises.compound import Compound
from domain.premises.room import Room
from projections.columns.making import count, ids, one, ref, text

COLUMNS = {
    Compound.kind: (
        text(f.COMPOUND_STATUS, "状态", "Status", "status"),
        text(f.NAME, "名称", "Name"),
        text(f.ADDRESS, "地址", "Address"),
        text(f.DIVISION, "行政区划", "Division"),
    ),
    Building.kind: (
        text(f.BUILDING_STATUS, "状态", "Status", "status"),
        text(f.NUMBER, "编号", "Number"),
        text(f.NAME, "名称", "Name"),
        text(f.ADDRESS, "地址", "Address"),
        text(f.DIVISION, "行政区划", "Division"),
        ref(f.COMPOUND, "院落", "Compound"),
        ref(f.OWNER, "权属单位", "Owner"),
        text(f.TITLE, "权属状态", "Title"),
        text(f.CERTIFICATE, "不动产权证号", "Certificate"),
        text(f.PARCEL, "宗地号", "Parcel"),
        one(f.LAND_AREA, "numeric", "土地面积", "Land area"),
        text(f.DISPUTED_WITH, "争议对方", "Disputed with"),
        text(f.CASE_NUMBER, "案号", "Case number"),
        ids(f.ALLOCATED_TO, "使用单位", "Using units", "using_units"),
        text(f.PURPOSE, "用途", "Purpose"),
        text(f.STRUCTURE, "结构", "Structure"),
        one(f.YEAR_BUILT, "integer", "建成年份", "Year built"),
        one(f.FLOORS_ABOVE, "integer", "地上层数", "Floors above"),
        one(f.FLOORS_BELOW, "integer", "地下层数", "Floors below"),
        one(f.GROSS_AREA, "numeric", "建筑面积", "Gross area"),
        one(f.VALUE, "numeric", "账面价值", "Book value"),
        text(f.CONDITION, "房屋状况", "Condition"),
        text(f.REPAIR, "大中修", "Major repair"),
        text(f.DISPOSAL, "处置阶段", "Disposal"),
        text(f.DISPOSAL_MODE, "处置方式", "Disposal mode"),
        text(f.LET_TO, "承租方", "Let to"),
    ),
    Room.kind: (
        text(f.ROOM_STATUS, "状态", "Status", "status"),
        ref(f.BUILDING, "楼栋", "Building"),
        one(f.FLOOR, "integer", "楼层", "Floor"),
        text(f.NUMBER, "房间号", "Number"),
        text(f.CATEGORY, "房间类别", "Category"),
        one(f.NET_AREA, "numeric", "使用面积", "Net area"),
        ref(f.USING_UNIT, "使用单位", "Using unit"),
        count(f.OCCUPANT, "使用人数", "Occupants", "headcount"),
        ids(f.OCCUPANT, "使用人", "People", "occupants"),
        count(f.SECOND_OFFICE, "第二处办公室", "Second offices", "second_offices"),
        one(f.VACATE_BY, "timestamptz", "腾退期限", "Vacate by"),
    ),
}
