"""One fully and realistically filled event of every type: the golden corpus is made from these."""

from datetime import datetime
from decimal import Decimal

from domain.kernel.events import Event, Stamp
from domain.kernel.places import Outline
from domain.premises.events import allocation, building, compound, disposal, room, title, upkeep
from domain.premises.terms import (
    AllocationMode,
    Condition,
    DisposalMode,
    Purpose,
    RoomCategory,
    Structure,
    TitleState,
)
from tests.domain.premises.builders import FOOTPRINT, OFFICE_OUTLINE, excluded
from tests.domain.scenario import an_id, day

BUREAU, FINANCE, CULTURE = an_id("区机关事务管理局"), an_id("区财政局"), an_id("区文化旅游局")
YARD, TOWER, ROOM = an_id("文化西街106号院"), an_id("1号办公楼"), an_id("1号办公楼301室")
EAST, WEST, HALL, MA = an_id("301东"), an_id("301西"), an_id("三层会议室"), an_id("马晓燕")
DRAWN, ROOM_DRAWN = Outline.declared(FOOTPRINT), Outline.declared(OFFICE_OUTLINE)
LEASE_END: datetime = day("2027-07-01")


def on(version: int, effective: str, of: str = "1号办公楼") -> Stamp:
    return Stamp(originator_id=an_id(of), originator_version=version, effective=day(effective))


def in_yard(version: int, effective: str) -> Stamp:
    return on(version, effective, "文化西街106号院")


def in_room(version: int, effective: str) -> Stamp:
    return on(version, effective, "1号办公楼301室")


COMPOUNDS: tuple[Event, ...] = (
    compound.CompoundRegistered(
        **in_yard(1, "1996-05-01"),
        name="文化西街106号院",
        address="银川市兴庆区文化西街106号",
        division="640104",
        outline=DRAWN,
    ),
    compound.CompoundRenamed(**in_yard(2, "2012-09-01"), name="兴庆区行政中心北院"),
    compound.CompoundReaddressed(**in_yard(3, "2013-01-01"), address="银川市兴庆区文化西街108号", division="640104"),
    compound.CompoundRedrawn(**in_yard(4, "2019-06-18"), outline=DRAWN),
    compound.CompoundClosed(**in_yard(5, "2025-12-31")),
)

BUILDINGS: tuple[Event, ...] = (
    building.BuildingRegistered(
        **on(1, "1998-10-01"),
        compound=YARD,
        number="XQ-BG-0001",
        name="1号办公楼",
        address="银川市兴庆区文化西街106号",
        division="640104",
        owner=BUREAU,
        floors_above=6,
        floors_below=1,
        gross_area=Decimal("6235.40"),
        structure=Structure.REINFORCED_CONCRETE,
        purpose=Purpose.OFFICE,
        year_built=1998,
        value=Decimal("8600000.00"),
        footprint=DRAWN,
    ),
    building.BuildingRenamed(**on(2, "2012-09-01"), name="行政中心A座"),
    building.BuildingReaddressed(**on(3, "2013-01-01"), address="银川市兴庆区文化西街108号", division="640104"),
    building.BuildingPlacedInCompound(**on(4, "2013-01-01"), compound=YARD),
    building.BuildingSurveyed(
        **on(5, "2019-06-18"),
        gross_area=Decimal("6241.85"),
        floors_above=6,
        floors_below=1,
        footprint=DRAWN,
    ),
    building.BuildingValued(**on(6, "2019-12-31"), value=Decimal("9120000.00")),
    building.BuildingPurposeChanged(**on(7, "2020-03-01"), purpose=Purpose.SERVICE_HALL),
)

TITLES: tuple[Event, ...] = (
    title.TitleRegistered(
        **on(8, "2001-04-12"),
        owner=BUREAU,
        certificate="宁(2001)银川市不动产权第0012345号",
        parcel="640104001001GB00001F00010001",
        land_area=Decimal("2310.00"),
    ),
    title.TitleFiled(**on(9, "1999-01-01"), owner=FINANCE, missing="建设工程规划许可、竣工备案资料在单位搬迁中遗失"),
    title.TitleDeclaredUnknown(**on(10, "2004-06-01")),
    title.TitleDisputed(
        **on(11, "2015-03-02"),
        disputed_with="宁夏某房地产开发有限公司",
        case_number="(2015)宁01民初12号",
        until=day("2017-03-02"),
    ),
    title.TitleDisputeSettled(
        **on(12, "2016-11-20"),
        outcome=TitleState.REGISTERED,
        owner=BUREAU,
        certificate="宁(2016)银川市不动产权第0076543号",
        parcel="640104001001GB00001F00010001",
        land_area=Decimal("2298.60"),
    ),
    title.TitleTransferred(
        **on(13, "2023-02-01"),
        to=CULTURE,
        certificate="宁(2023)银川市不动产权第0000001号",
        parcel="640104001001GB00001F00010001",
        land_area=Decimal("2298.60"),
    ),
)

ALLOCATIONS: tuple[Event, ...] = (
    allocation.BuildingAllocated(
        **on(14, "2018-07-01"),
        unit=FINANCE,
        mode=AllocationMode.RENT,
        excluded=excluded(AllocationMode.REALLOCATE, AllocationMode.SWAP),
        area=Decimal("1820.00"),
        whole=False,
        agreement="宁管协〔2018〕7号",
        certificate="宁管凭〔2018〕7号",
        until=LEASE_END,
    ),
    allocation.UseAgreementSigned(**on(15, "2018-07-15"), unit=FINANCE, agreement="宁管协〔2018〕7号", until=LEASE_END),
    allocation.UseCertificateIssued(
        **on(16, "2018-08-01"), unit=FINANCE, certificate="宁管凭〔2018〕7号", until=LEASE_END
    ),
    allocation.BuildingPartHandedBack(
        **on(17, "2020-01-01"),
        unit=FINANCE,
        area=Decimal("320.00"),
        remaining=Decimal("1500.00"),
        until=LEASE_END,
    ),
    allocation.BuildingHandedBack(**on(18, "2022-12-31"), unit=FINANCE),
)

UPKEEP: tuple[Event, ...] = (
    upkeep.MajorRepairStarted(
        **on(19, "2021-03-15"),
        project="屋面防水及外墙节能改造",
        extension_area=Decimal("120.00"),
        budget=Decimal("1860000.00"),
    ),
    upkeep.MajorRepairAccepted(**on(20, "2021-10-28"), cost=Decimal("1798650.00")),
    upkeep.DailyRepairDone(**on(21, "2022-02-11"), work="更换三层走廊灯具12盏", cost=Decimal("860.00")),
    upkeep.BuildingInspected(
        **on(22, "2022-05-09"), condition=Condition.FAIRLY_SOUND, findings="北侧外墙局部渗水，已列入维修计划"
    ),
)

DISPOSALS: tuple[Event, ...] = (
    disposal.DisposalOpened(**on(23, "2023-01-10"), mode=DisposalMode.LET, plan="闲置满六个月，公开招租，租期三年"),
    disposal.DisposalAbandoned(**on(24, "2023-02-10")),
    disposal.DisposalApproved(**on(25, "2023-05-20")),
    disposal.DisposalCompleted(
        **on(26, "2023-07-01"),
        mode=DisposalMode.LET,
        counterparty="宁夏某便民服务有限公司",
        income=Decimal("960000.00"),
        purpose=Purpose.COMMUNITY,
        until=day("2026-07-01"),
    ),
)

ROOMS: tuple[Event, ...] = (
    room.RoomRegistered(
        **in_room(1, "1998-10-01"),
        building=TOWER,
        floor=3,
        number="301",
        category=RoomCategory.OFFICE,
        net_area=Decimal("36.20"),
        outline=ROOM_DRAWN,
        made_from=(EAST, WEST),
    ),
    room.RoomMeasured(**in_room(2, "2019-06-18"), net_area=Decimal("35.95"), outline=ROOM_DRAWN),
    room.RoomRenumbered(**in_room(3, "2020-01-01"), number="A301"),
    room.RoomCategoryChanged(**in_room(4, "2020-03-01"), category=RoomCategory.SERVICE),
    room.RoomAssigned(**in_room(5, "2018-07-01"), unit=FINANCE, until=LEASE_END),
    room.OccupantMovedIn(**in_room(6, "2018-07-05"), person=MA, second_office_approved=True, until=day("2021-07-05")),
    room.OccupantMovedOut(**in_room(7, "2021-01-08"), person=MA),
    room.VacatingOrdered(**in_room(8, "2022-11-30"), deadline=day("2022-12-30")),
    room.RoomVacated(**in_room(9, "2022-12-28")),
    room.RoomReleased(**in_room(10, "2020-12-31"), unit=FINANCE),
    room.RoomSplit(**in_room(11, "2023-03-01"), into=(EAST, WEST)),
    room.RoomMerged(**in_room(12, "2023-03-01"), into=HALL),
    room.RoomRetired(**in_room(13, "2024-06-30")),
)

SAMPLES: tuple[Event, ...] = (*COMPOUNDS, *BUILDINGS, *TITLES, *ALLOCATIONS, *UPKEEP, *DISPOSALS, *ROOMS)
