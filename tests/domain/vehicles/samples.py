"""One event of every type of this context, filled as in the field; the golden corpus is made from these."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from domain.kernel.events import Event
from domain.kernel.places import CoordinateSystem, DeclaredPoint, DeclaredPolygon, Outline, Point
from domain.vehicles import booking_events as booked
from domain.vehicles import driver_events as driver
from domain.vehicles import fence_events as fence
from domain.vehicles import journey_events as journey
from domain.vehicles import upkeep_events as upkeep
from domain.vehicles import vehicle_events as vehicle
from domain.vehicles.journey_events import CostItem
from domain.vehicles.terms import (
    Acquisition,
    Body,
    CostKind,
    DisposalMode,
    Energy,
    FencePurpose,
    Insurance,
    Liability,
    LicenceClass,
    Purpose,
    SealReason,
    ServiceKind,
    VehicleCategory,
)
from tests.domain.scenario import an_id

_CHINA = timezone(timedelta(hours=8))
_CENTRE = an_id("青铜峡市机关事务服务中心")
_EDUCATION = an_id("青铜峡市教育局")
_CAR = an_id("宁C12345")
_DRIVER = an_id("驾驶员王师傅")
_JOURNEY = an_id("行程 2026-1110-03")
_PARKING = Point.declared(DeclaredPoint(system=CoordinateSystem.GCJ02, x=106.0752, y=38.0211))
_ROADSIDE = Point.declared(DeclaredPoint(system=CoordinateSystem.WGS84, x=106.0688, y=38.0195))


_FENCE = an_id("四至范围：青铜峡市区")
# What the outline is made with may change in the last decimals; what was once stored does not.
_SQUARE = Outline.declared(
    DeclaredPolygon(
        system=CoordinateSystem.CGCS2000,
        coordinates=(((106.07, 38.02), (106.08, 38.02), (106.08, 38.03), (106.07, 38.03), (106.07, 38.02)),),
    )
)
_ROUND = replace(_SQUARE, raw='{"type":"Point","coordinates":[106.075,38.025],"radius":"500.00"}')
_STRIP = replace(_SQUARE, raw='{"type":"LineString","coordinates":[[106.07,38.02],[106.08,38.03]],"width":"60.00"}')


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=_CHINA)


def _stamp(of: object, version: int, effective: str) -> dict[str, Any]:
    return {"originator_id": of, "originator_version": version, "effective": _at(effective)}


_PLANNED: dict[str, Any] = {"start": _at("2026-11-10T08:00"), "until": _at("2026-11-10T18:00")}
_TRIP: dict[str, Any] = {"journey": _JOURNEY, "unit": _EDUCATION, "planned_until": _at("2026-11-10T18:00")}

SAMPLES: tuple[Event, ...] = (
    vehicle.VehicleRegistered(
        **_stamp(_CAR, 1, "2020-03-02T00:00"),
        plate="宁C12345",
        vin="1M8GDM9AXKP042788",
        model="大众帕萨特 280TSI",
        category=VehicleCategory.OTHER,
        body=Body.CAR,
        energy=Energy.PETROL,
        litres=Decimal("1.395"),
        seats=5,
        acquisition=Acquisition.PURCHASE,
        price=Decimal("176800.00"),
        special_need=False,
        owner=_CENTRE,
        using_unit=_EDUCATION,
        parking=_PARKING,
        parking_name="市民中心地下停车场 B1-017",
        odometer=12,
        first_used=_at("2020-03-02T00:00"),
        unmarked=False,
    ),
    vehicle.PlateChanged(**_stamp(_CAR, 2, "2021-05-06T10:20"), plate="宁CD12345"),
    vehicle.CategoryChanged(**_stamp(_CAR, 3, "2021-07-01T00:00"), category=VehicleCategory.EMERGENCY),
    vehicle.VehicleTransferred(**_stamp(_CAR, 4, "2022-01-01T00:00"), owner=_EDUCATION),
    vehicle.VehicleAssigned(**_stamp(_CAR, 5, "2022-02-01T00:00"), using_unit=_CENTRE),
    vehicle.VehiclePosted(
        **_stamp(_CAR, 6, "2022-03-01T00:00"), to=an_id("青铜峡市水务局"), until=_at("2023-03-01T00:00")
    ),
    vehicle.PostingRecalled(**_stamp(_CAR, 7, "2022-10-01T00:00"), posted_until=_at("2023-03-01T00:00")),
    vehicle.ParkingPlaceFixed(**_stamp(_CAR, 8, "2022-10-08T00:00"), name="机关二号院东侧", place=_PARKING),
    vehicle.VehicleRevalued(**_stamp(_CAR, 9, "2023-12-31T00:00"), value=Decimal("88400.00")),
    vehicle.VehicleTakenOutOfService(**_stamp(_CAR, 10, "2024-01-10T09:00"), cause="制动系统故障，待修"),
    vehicle.VehiclePutBackIntoService(**_stamp(_CAR, 11, "2024-01-18T16:00")),
    vehicle.VehicleSealed(
        **_stamp(_CAR, 12, "2024-10-01T00:00"),
        why=SealReason.HOLIDAY,
        key_keeper=an_id("马主任"),
        until=_at("2024-10-08T00:00"),
    ),
    vehicle.VehicleUnsealed(**_stamp(_CAR, 13, "2024-10-05T14:00"), sealed_until=_at("2024-10-08T00:00")),
    vehicle.DisposalRequested(
        **_stamp(_CAR, 14, "2027-02-01T00:00"), mode=DisposalMode.SCRAP, early_because="水淹报损，维修费用超过车辆残值"
    ),
    vehicle.DisposalApproved(**_stamp(_CAR, 15, "2027-03-01T00:00"), mode=DisposalMode.AUCTION),
    vehicle.DisposalRefused(**_stamp(_CAR, 16, "2027-03-02T00:00")),
    vehicle.VehicleDisposed(
        **_stamp(_CAR, 17, "2028-05-20T00:00"), income=Decimal("21300.00"), taken_by="宁夏公共资源拍卖有限公司"
    ),
    upkeep.OdometerRead(**_stamp(_CAR, 18, "2024-02-01T08:00"), odometer=61_204),
    upkeep.VehicleServiced(
        **_stamp(_CAR, 19, "2024-02-02T08:00"),
        service=ServiceKind.PERIODIC,
        odometer=61_230,
        cost=Decimal("680.00"),
        by="青铜峡市顺达汽车维修厂",
    ),
    upkeep.RepairRequested(
        **_stamp(_CAR, 20, "2024-03-01T08:30"), slip="XL-2024-015", fault="变速箱异响，二挡打滑", odometer=62_010
    ),
    upkeep.RepairJudged(
        **_stamp(_CAR, 21, "2024-03-01T15:00"),
        slip="XL-2024-015",
        judgement="离合器片磨损，须更换总成",
        estimate=Decimal("4200.00"),
    ),
    upkeep.RepairApproved(
        **_stamp(_CAR, 22, "2024-03-04T09:00"),
        slip="XL-2024-015",
        amount=Decimal("4200.00"),
        garage="青铜峡市顺达汽车维修厂",
        minutes="青机管会纪〔2024〕3号",
    ),
    upkeep.RepairRefused(**_stamp(_CAR, 23, "2024-03-05T09:00"), slip="XL-2024-016"),
    upkeep.RepairDone(
        **_stamp(_CAR, 24, "2024-03-08T17:00"), slip="XL-2024-015", cost=Decimal("4150.00"), odometer=62_013
    ),
    upkeep.FuelCardIssued(**_stamp(_CAR, 25, "2020-03-05T00:00"), card="9030640300001234"),
    upkeep.FuelCardReturned(**_stamp(_CAR, 26, "2028-05-19T00:00")),
    upkeep.VehicleRefuelled(
        **_stamp(_CAR, 27, "2024-04-01T08:10"),
        card="9030640300001234",
        litres=Decimal("45.20"),
        cost=Decimal("345.33"),
        odometer=62_480,
    ),
    upkeep.VehicleCharged(
        **_stamp(an_id("宁CD66666"), 2, "2024-04-01T22:00"),
        kilowatt_hours=Decimal("38.50"),
        cost=Decimal("42.35"),
        odometer=9_120,
    ),
    upkeep.VehicleInsured(
        **_stamp(_CAR, 28, "2024-03-02T00:00"),
        insurance=Insurance.COMPULSORY,
        policy="PDZA202464030000012345",
        insurer="中国人民财产保险股份有限公司青铜峡支公司",
        until=_at("2025-03-02T00:00"),
        premium=Decimal("950.00"),
    ),
    upkeep.VehicleInspected(
        **_stamp(_CAR, 29, "2024-03-05T00:00"),
        valid_until=_at("2026-04-01T00:00"),
        station="青铜峡市机动车检测站",
        cost=Decimal("210.00"),
    ),
    upkeep.AccidentHappened(
        **_stamp(_CAR, 30, "2024-12-14T18:40"),
        place=_ROADSIDE,
        place_name="109 国道 1120 公里处",
        liability=Liability.SECONDARY,
        loss=Decimal("3200.00"),
        account="雪天路滑，与前车追尾，无人员伤亡",
    ),
    upkeep.CostPaid(
        **_stamp(_CAR, 31, "2025-01-06T12:00"),
        cost_kind=CostKind.TOLL,
        cost=Decimal("35.00"),
        note="京藏高速 青铜峡—银川",
    ),
    driver.DriverEnrolled(
        **_stamp(_DRIVER, 1, "2020-01-01T00:00"),
        person=an_id("王师傅"),
        licence=LicenceClass.B1,
        valid_until=_at("2026-01-01T00:00"),
    ),
    driver.LicenceRenewed(
        **_stamp(_DRIVER, 2, "2025-12-20T00:00"), licence=LicenceClass.B1, valid_until=_at("2036-01-01T00:00")
    ),
    driver.DriverSuspended(**_stamp(_DRIVER, 3, "2026-02-01T00:00"), until=_at("2026-03-01T00:00")),
    driver.DriverReinstated(**_stamp(_DRIVER, 4, "2026-02-20T00:00")),
    driver.DriverRemoved(**_stamp(_DRIVER, 5, "2030-06-30T00:00")),
    booked.VehicleReserved(**_stamp(_CAR, 32, "2026-11-09T11:00"), journey=_JOURNEY, unit=_EDUCATION, **_PLANNED),
    booked.VehicleReleased(**_stamp(_CAR, 33, "2026-11-09T12:00"), journey=_JOURNEY, since=_at("2026-11-10T08:00")),
    booked.VehicleLeft(**_stamp(_CAR, 34, "2026-11-10T08:05"), **_TRIP, odometer=50_000),
    booked.VehicleCameBack(**_stamp(_CAR, 35, "2026-11-10T19:10"), **_TRIP, odometer=50_260),
    booked.DriverReserved(**_stamp(_DRIVER, 6, "2026-11-09T11:00"), journey=_JOURNEY, unit=_EDUCATION, **_PLANNED),
    booked.DriverReleased(**_stamp(_DRIVER, 7, "2026-11-09T12:00"), journey=_JOURNEY, since=_at("2026-11-10T08:00")),
    booked.DriverLeft(**_stamp(_DRIVER, 8, "2026-11-10T08:05"), **_TRIP),
    booked.DriverCameBack(**_stamp(_DRIVER, 9, "2026-11-10T19:10"), **_TRIP),
    journey.JourneyRequested(
        **_stamp(_JOURNEY, 1, "2026-11-09T09:00"),
        requester="jiaoyuju-liu",
        unit=_EDUCATION,
        purpose=Purpose.SURVEY,
        purpose_text="乡镇学校校舍安全调研",
        destination="同心县预旺镇中心小学",
        outside_city=True,
        passengers=3,
        planned_from=_at("2026-11-10T08:00"),
        planned_until=_at("2026-11-10T18:00"),
        urgent=False,
    ),
    journey.JourneyApproved(**_stamp(_JOURNEY, 2, "2026-11-09T10:00")),
    journey.JourneyRefused(**_stamp(_JOURNEY, 3, "2026-11-09T10:05"), because="目的地可乘公共交通到达"),
    journey.JourneyDispatched(**_stamp(_JOURNEY, 4, "2026-11-09T11:00"), vehicle=_CAR, driver=_DRIVER),
    journey.VehicleSwapped(**_stamp(_JOURNEY, 5, "2026-11-09T12:00"), vehicle=an_id("宁C66666")),
    journey.JourneyDeparted(**_stamp(_JOURNEY, 6, "2026-11-10T08:05"), odometer=50_000),
    journey.JourneyReturned(**_stamp(_JOURNEY, 7, "2026-11-10T19:10"), odometer=50_260),
    journey.JourneyClosed(
        **_stamp(_JOURNEY, 8, "2026-11-10T19:30"),
        in_order=False,
        findings="右后轮胎胎压偏低，已补气",
        distance=260,
        costs=(
            CostItem(kind=CostKind.TOLL, amount=Decimal("70.00"), note="京藏高速"),
            CostItem(kind=CostKind.PARKING, amount=Decimal("12.50")),
        ),
        track_metres=258_431,
        track_points=3_120,
        track_digest="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
    journey.JourneyCancelled(**_stamp(_JOURNEY, 9, "2026-11-09T20:00")),
    fence.FenceDrawn(
        **_stamp(_FENCE, 1, "2026-01-01T00:00"),
        name="青铜峡市区四至范围",
        purpose=FencePurpose.NO_DISPATCH,
        outline=_ROUND,
        managing_unit=_CENTRE,
        for_units=(_EDUCATION,),
        for_vehicles=(_CAR,),
        until=_at("2027-01-01T00:00"),
    ),
    fence.FenceRedrawn(**_stamp(_FENCE, 2, "2026-03-01T00:00"), outline=_STRIP),
    fence.FenceRenamed(**_stamp(_FENCE, 3, "2026-03-02T00:00"), name="青铜峡市城区四至范围"),
    fence.FenceLifted(**_stamp(_FENCE, 4, "2026-04-01T00:00")),
    fence.FencePutInForce(**_stamp(_FENCE, 5, "2026-05-01T00:00"), until=None),
    fence.FenceImposed(**_stamp(_FENCE, 6, "2026-05-02T00:00"), for_units=(_CENTRE,), for_vehicles=()),
    fence.FenceExempted(**_stamp(_FENCE, 7, "2026-05-03T00:00"), for_units=(), for_vehicles=(_CAR,)),
    fence.FenceHandedOver(**_stamp(_FENCE, 8, "2026-06-01T00:00"), managing_unit=_EDUCATION),
    fence.FenceRetired(**_stamp(_FENCE, 9, "2026-12-01T00:00"), for_units=(_CENTRE, _EDUCATION), for_vehicles=()),
)
