"""One event of every type of this context, filled as a bureau would fill it: the golden corpus is made from these."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from domain.kernel.events import Event
from domain.kernel.places import CoordinateSystem, DeclaredPoint, Point
from domain.warehouse import entry_events, item_events, leaving_events, loan_events, lot_events, warehouse_events
from domain.warehouse.terms import (
    DisposalGround,
    DisposalMode,
    EntryRefusalGround,
    Grade,
    ItemStatus,
    PublishedFor,
    WarehouseForm,
    WithdrawalReason,
    WriteOffGround,
)


class _Stamp(TypedDict):
    originator_id: UUID
    originator_version: int
    effective: datetime


WAREHOUSE = UUID("7c0c2f3e-50a8-5d3b-9f1a-0d6b6a0c1e01")
ITEM = UUID("7c0c2f3e-50a8-5d3b-9f1a-0d6b6a0c1e02")
LOT = UUID("7c0c2f3e-50a8-5d3b-9f1a-0d6b6a0c1e03")
PART = UUID("7c0c2f3e-50a8-5d3b-9f1a-0d6b6a0c1e04")
OWNER = UUID("7c0c2f3e-50a8-5d3b-9f1a-0d6b6a0c1e05")
OTHER = UUID("7c0c2f3e-50a8-5d3b-9f1a-0d6b6a0c1e06")
PERSON = UUID("7c0c2f3e-50a8-5d3b-9f1a-0d6b6a0c1e07")
PHOTOS = ("3b" * 32, "c4" * 32)


def _of(stream: UUID, version: int, when: str) -> _Stamp:
    moment = datetime.fromisoformat(when).replace(tzinfo=UTC)
    return _Stamp(originator_id=stream, originator_version=version, effective=moment)


_PLACE = Point.declared(DeclaredPoint(system=CoordinateSystem.GCJ02, x=106.2581, y=38.4912))

SAMPLES: tuple[Event, ...] = (
    warehouse_events.WarehouseOpened(
        **_of(WAREHOUSE, 1, "2018-01-02"),
        name="自治区直属机关公物仓",
        form=WarehouseForm.PHYSICAL,
        managing_unit=OWNER,
        division="640106",
        address="银川市金凤区正源北街 186 号",
        place=_PLACE,
    ),
    warehouse_events.WarehouseRenamed(**_of(WAREHOUSE, 2, "2019-05-06"), name="自治区公物仓（金凤库）"),
    warehouse_events.WarehouseMoved(
        **_of(WAREHOUSE, 3, "2021-08-01"), division="640104", address="银川市兴庆区文化西街 2 号", place=_PLACE
    ),
    warehouse_events.WarehouseHandedOver(**_of(WAREHOUSE, 4, "2022-01-01"), managing_unit=OTHER),
    warehouse_events.ShelfAdded(**_of(WAREHOUSE, 5, "2022-01-05"), shelf="A-03-2"),
    warehouse_events.ShelfRemoved(**_of(WAREHOUSE, 6, "2023-01-05"), shelf="A-03-2"),
    warehouse_events.KeeperAppointed(**_of(WAREHOUSE, 7, "2023-02-01"), keeper=PERSON),
    warehouse_events.WarehouseClosed(**_of(WAREHOUSE, 8, "2026-06-30")),
    item_events.ItemRegistered(
        **_of(ITEM, 1, "2020-03-01"),
        asset_number="640000-CZT-A02010105-2020-0017",
        asset_class="A02010105",
        name="台式计算机",
        model="启天 M428-A208",
        serial="PF2K9X01",
        value=Decimal("4860.00"),
        bought=date(2020, 2, 20),
        minimum_life=6,
        life_source="财资〔2016〕27号",
        grade=Grade.A,
        owner=OWNER,
        custodian=PERSON,
        location="办公楼 3 层 305 室",
        photos=PHOTOS,
    ),
    item_events.ItemRenumbered(**_of(ITEM, 2, "2021-01-01"), asset_number="NX-2021-000317"),
    item_events.ItemReclassified(**_of(ITEM, 3, "2023-03-01"), asset_class="A02010108"),
    item_events.ItemRevalued(**_of(ITEM, 4, "2023-06-01"), value=Decimal("3200.50"), note="资产清查核实调整"),
    item_events.ItemRegraded(**_of(ITEM, 5, "2023-07-01"), grade=Grade.B, note="年度盘点", photos=PHOTOS[:1]),
    item_events.ItemRepaired(
        **_of(ITEM, 6, "2023-08-01"), work="更换电源和散热风扇", cost=Decimal("260.00"), grade=Grade.B
    ),
    item_events.CustodianChanged(**_of(ITEM, 7, "2023-09-01"), custodian=PERSON),
    item_events.ItemRelocated(**_of(ITEM, 8, "2023-09-02"), location="办公楼 4 层 412 室"),
    item_events.ItemShelved(**_of(ITEM, 9, "2024-03-01"), warehouse=WAREHOUSE, shelf="A-03-2", location="左侧第三格"),
    item_events.ItemDeclaredIdle(**_of(ITEM, 10, "2023-11-01"), note="科室撤并，无人使用"),
    item_events.ItemPutToUse(**_of(ITEM, 11, "2023-11-20"), note="新进人员领用"),
    item_events.ItemPublished(
        **_of(ITEM, 12, "2024-04-01"),
        purpose=PublishedFor.BOTH,
        until=datetime(2024, 9, 30, 16, tzinfo=UTC),
        note="九成新，可整批调剂",
    ),
    item_events.PublicationEnded(**_of(ITEM, 13, "2024-08-01")),
    entry_events.EntryRequested(
        **_of(ITEM, 14, "2024-01-10"),
        warehouse=WAREHOUSE,
        reason="机构改革后闲置",
        grade_claimed=Grade.A,
        photos=PHOTOS,
    ),
    entry_events.EntryCancelled(**_of(ITEM, 15, "2024-01-11"), note="另有安排"),
    entry_events.EntryInspected(
        **_of(ITEM, 16, "2024-01-12"), grade=Grade.B, photos=PHOTOS[1:], note="开机正常，外壳有划痕"
    ),
    entry_events.EntryAccepted(
        **_of(ITEM, 17, "2024-01-15"), warehouse=WAREHOUSE, shelf="A-03-2", location="左侧第三格"
    ),
    entry_events.EntryRefused(
        **_of(ITEM, 18, "2024-01-15"), ground=EntryRefusalGround.INCOMPLETE_PAPERS, note="无购置凭证"
    ),
    entry_events.ItemTakenOut(
        **_of(ITEM, 19, "2025-01-02"),
        reason=WithdrawalReason.NEEDED_BY_OWNER,
        owner=OWNER,
        custodian=PERSON,
        location="办公楼 3 层 305 室",
    ),
    loan_events.LoanRequested(
        **_of(ITEM, 20, "2025-02-01"), borrower=OTHER, purpose="自治区两会会务组", wanted_until=date(2025, 3, 31)
    ),
    loan_events.LoanApproved(**_of(ITEM, 21, "2025-02-03"), note="同意，用后及时归还"),
    loan_events.LoanRefused(**_of(ITEM, 22, "2025-02-04"), note="已安排给防汛指挥部"),
    loan_events.ItemLent(
        **_of(ITEM, 23, "2025-02-05"), borrower=OTHER, receiver=PERSON, due=date(2025, 3, 31), location="会堂 201"
    ),
    loan_events.LoanExtended(**_of(ITEM, 24, "2025-03-30"), due=date(2025, 4, 30)),
    loan_events.ItemReturned(
        **_of(ITEM, 25, "2025-04-28"),
        warehouse=WAREHOUSE,
        shelf="A-03-2",
        location="左侧第三格",
        grade=Grade.C,
        damage="键盘缺失两键",
        photos=PHOTOS,
    ),
    loan_events.PastLoanRecorded(
        **_of(ITEM, 26, "2024-05-01"),
        borrower=OTHER,
        receiver=PERSON,
        due=date(2024, 6, 30),
        returned=datetime(2024, 6, 28, 1, 30, tzinfo=UTC),
        grade=Grade.B,
        damage=None,
        location="防汛指挥部值班室",
    ),
    leaving_events.TransferDecided(**_of(ITEM, 27, "2025-05-10"), to=OTHER, note="无偿调拨"),
    leaving_events.TransferReceived(
        **_of(ITEM, 28, "2025-05-16"), owner=OTHER, custodian=PERSON, location="政府楼 2 层 201 室"
    ),
    leaving_events.TransferFailed(**_of(ITEM, 29, "2025-05-12"), back_to=ItemStatus.STORED, note="配置不符，退回"),
    leaving_events.DisposalRequested(
        **_of(ITEM, 30, "2026-03-01"), ground=DisposalGround.NOT_WORTH_REPAIR, note="主板烧毁", photos=PHOTOS
    ),
    leaving_events.DisposalRefused(
        **_of(ITEM, 31, "2026-03-10"), back_to=ItemStatus.WITH_UNIT, note="可维修后继续使用"
    ),
    leaving_events.DisposalDecided(
        **_of(ITEM, 32, "2026-04-10"),
        ground=DisposalGround.PAST_LIFE,
        mode=DisposalMode.RECYCLE,
        minutes="党组会纪要〔2026〕9号",
    ),
    leaving_events.ItemDisposedOf(
        **_of(ITEM, 33, "2026-05-20"), income=Decimal("60.00"), recipient="宁夏再生资源回收有限公司"
    ),
    lot_events.LotReceived(
        **_of(LOT, 1, "2024-01-03"),
        warehouse=WAREHOUSE,
        shelf="B-01-1",
        asset_class="A07000000",
        name="A4 复印纸（70 克）",
        measure="包",
        quantity=Decimal(1200),
        unit_price=Decimal("18.50"),
        batch="2023-12-A",
        expiry=date(2028, 12, 31),
        supplier="宁夏文具供应站",
    ),
    lot_events.LotMovedIn(
        **_of(PART, 1, "2024-06-01"),
        warehouse=WAREHOUSE,
        shelf=None,
        asset_class="A07000000",
        name="A4 复印纸（70 克）",
        measure="包",
        quantity=Decimal(200),
        unit_price=Decimal("18.50"),
        batch="2023-12-A",
        expiry=date(2028, 12, 31),
        from_lot=LOT,
    ),
    lot_events.LotMovedOut(**_of(LOT, 2, "2024-06-01"), to_lot=PART, warehouse=WAREHOUSE, quantity=Decimal(200)),
    lot_events.LotIssued(
        **_of(LOT, 3, "2024-02-01"), unit=OTHER, quantity=Decimal("30.5"), receiver=PERSON, note="季度领用"
    ),
    lot_events.LotReturned(**_of(LOT, 4, "2024-03-01"), unit=OTHER, quantity=Decimal(10), note="多领退回"),
    lot_events.LotCounted(
        **_of(LOT, 5, "2024-12-31"), found=Decimal(968), expected=Decimal("979.5"), note="年终盘点，经批准调账"
    ),
    lot_events.LotWrittenOff(
        **_of(LOT, 6, "2025-07-01"), ground=WriteOffGround.DAMAGED, quantity=Decimal(8), note="库房漏雨受潮"
    ),
    lot_events.LotShelved(**_of(LOT, 7, "2025-07-02"), shelf="B-02-1"),
    lot_events.LotClosed(**_of(LOT, 8, "2026-01-31")),
)
