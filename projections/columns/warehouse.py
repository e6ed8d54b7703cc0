"""Warehouses, items and lots."""

from __future__ import annotations

from decimal import Decimal
from operator import add

from domain.warehouse import facets as f
from domain.warehouse.item import Item
from domain.warehouse.lot import Lot
from domain.warehouse.warehouse import Warehouse
from projections.columns.making import members, one, ref, text, total
from projections.shown import Members, Shown


def quantity(held: Members) -> Decimal:
    """What a count found, and what came and went after it: as the lot itself reckons (`domain/warehouse/lot_life.py`)."""
    counted = [(fact.start, fact.place, fact.value) for _, fact in held.facts(f.COUNTED)]
    since, place, found = max(counted, default=(None, 0, Decimal(0)))
    moved = (fact for _, fact in held.facts(f.MOVED))
    return found + sum(
        (fact.value for fact in moved if since is None or (fact.start, fact.place) > (since, place)), Decimal(0)
    )


COLUMNS = {
    Warehouse.kind: (
        text(f.WAREHOUSE_STATUS, "状态", "Status", "status"),
        text(f.NAME, "名称", "Name"),
        text(f.WAREHOUSE_FORM, "形式", "Form", "form"),
        ref(f.MANAGING_UNIT, "管理单位", "Managing unit"),
        ref(f.KEEPER, "保管员", "Keeper"),
        text(f.DIVISION, "行政区划", "Division"),
        text(f.ADDRESS, "地址", "Address"),
        members(f.SHELVES, "货位", "Shelves", "shelves"),
    ),
    Item.kind: (
        text(f.ITEM_STATUS, "状态", "Status", "status"),
        text(f.ASSET_NUMBER, "资产编号", "Asset number"),
        text(f.ASSET_CLASS, "资产分类", "Asset class"),
        text(f.NAME, "名称", "Name"),
        text(f.MODEL, "规格型号", "Model"),
        text(f.SERIAL, "出厂编号", "Serial"),
        one(f.VALUE, "numeric", "账面价值", "Book value"),
        one(f.BOUGHT, "date", "购置日期", "Bought"),
        one(f.MINIMUM_LIFE, "integer", "最低使用年限", "Minimum life"),
        text(f.GRADE, "成色", "Grade"),
        ref(f.OWNER, "权属单位", "Owner"),
        ref(f.USING_UNIT, "使用单位", "Using unit"),
        ref(f.CUSTODIAN, "保管人", "Custodian"),
        one(f.IDLE, "boolean", "闲置", "Idle"),
        ref(f.WAREHOUSE, "所在仓库", "Warehouse"),
        text(f.SHELF, "货位", "Shelf"),
        text(f.LOCATION, "存放地点", "Location"),
        text(f.PUBLISHED_FOR, "发布用途", "Published for"),
        ref(f.ENTERING, "申请入仓", "Entering"),
        ref(f.LOAN_UNIT, "借用单位", "Borrower", "borrower"),
        one(f.LOAN_DUE, "date", "应还日期", "Due"),
        ref(f.RECEIVING_UNIT, "接收单位", "Receiving unit"),
        text(f.DISPOSAL_GROUND, "处置原因", "Disposal ground"),
        text(f.DISPOSAL_MODE, "处置方式", "Disposal mode"),
        one(f.DISPOSAL_INCOME, "numeric", "处置收入", "Disposal income"),
    ),
    Lot.kind: (
        text(f.LOT_STATUS, "状态", "Status", "status"),
        text(f.NAME, "名称", "Name"),
        text(f.ASSET_CLASS, "资产分类", "Asset class"),
        text(f.MEASURE, "计量单位", "Measure"),
        Shown("quantity", "numeric", (f.MOVED, f.COUNTED), quantity, "数量", "Quantity", {f.MOVED.name: add}),
        one(f.UNIT_PRICE, "numeric", "单价", "Unit price"),
        text(f.BATCH, "批次", "Batch"),
        one(f.EXPIRY, "date", "有效期", "Expiry"),
        ref(f.WAREHOUSE, "所在仓库", "Warehouse"),
        text(f.SHELF, "货位", "Shelf"),
        total(f.ISSUED, "领用数量", "Issued", "issued"),
    ),
}
