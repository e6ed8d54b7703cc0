"""What is looked for, one line each: the words for it, which rows it is, and, where somebody's command settles it, which command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from api.attention.finding import Filters, Idle, Listed, OverEstablishment, Rows
from domain.premises.terms import BuildingStatus, Condition, DisposalStage, RoomStatus, TitleState
from domain.vehicles.terms import Condition as Roadworthiness
from domain.vehicles.terms import JourneyStatus, VehicleStatus
from domain.warehouse.terms import Grade, ItemStatus, LotStatus
from projections.queries.filters import Asks, Filter

RENEWED_AFTER_YEARS: Final = 8
"""中办发〔2017〕71号: a vehicle may be renewed after so many years; it need not be."""
IDLE_MONTHS: Final = 6
"""Idle for so long without good cause is what inspections look for."""


@dataclass(frozen=True, slots=True)
class Watched:
    """`command`: what settles it; it waits for whoever sends that. Without one it looks wrong to everybody who sees it."""

    name: str
    zh: str
    en: str
    rows: Rows
    command: str | None = None


def _of(kind: str, *filters: Filter) -> Listed:
    return Listed(kind, lambda _: filters)


def _dated(kind: str, filters: Filters) -> Listed:
    return Listed(kind, filters)


def _is(column: str, *values: Any) -> Filter:
    return Filter(column, Asks.ANY, list(values))


def _by(column: str, moment: datetime | date) -> Filter:
    return Filter(column, Asks.MOST, moment)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _yesterday(at: datetime) -> date:
    return at.date() - timedelta(days=1)


def months_before(at: datetime, months: int) -> datetime:
    """The start of the same day so many months earlier; of the month's last day where there is none."""
    years, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    first = _midnight(at).replace(year=years, month=month + 1, day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(at.day, last.day))


def _half_a_year_ago(at: datetime) -> datetime:
    return months_before(at, IDLE_MONTHS)


_IN_USE: Final = _is("status", VehicleStatus.IN_SERVICE)
_STANDING: Final = _is("status", BuildingStatus.STANDING)

WAITS: Final = (
    Watched("journeys-to-approve", "用车申请待审批", "Journeys to approve",
            _of("journeys", _is("status", JourneyStatus.REQUESTED)), "journeys.approve"),
    Watched("journeys-to-dispatch", "已批准待派车", "Approved journeys to dispatch",
            _of("journeys", _is("status", JourneyStatus.APPROVED)), "journeys.dispatch"),
    Watched("journeys-to-depart", "已派车待出车", "Dispatched journeys to depart",
            _of("journeys", _is("status", JourneyStatus.DISPATCHED)), "journeys.depart"),
    Watched("journeys-to-close", "已返回待交车验收", "Journeys that came back, to check and close",
            _of("journeys", _is("status", JourneyStatus.RETURNED)), "journeys.close"),
    Watched("items-to-inspect", "入仓申请待查验", "Entries to inspect",
            _of("items", _is("status", ItemStatus.ENTRY_REQUESTED)), "items.inspect"),
    Watched("items-to-accept", "已查验待入仓", "Inspected items to accept",
            _of("items", _is("status", ItemStatus.INSPECTED)), "items.accept"),
    Watched("loans-to-approve", "借用申请待审批", "Loans to approve",
            _of("items", _is("status", ItemStatus.LOAN_REQUESTED)), "items.approve-loan"),
    Watched("loans-to-hand-over", "已批准待出借", "Approved loans to hand over",
            _of("items", _is("status", ItemStatus.LOAN_APPROVED)), "items.lend"),
    Watched("items-to-receive", "调拨在途待签收", "Items in transfer, to be received",
            _of("items", _is("status", ItemStatus.IN_TRANSFER)), "items.confirm-receipt"),
    Watched("item-disposals-to-decide", "资产处置待决定", "Disposals of items to decide",
            _of("items", _is("status", ItemStatus.DISPOSAL_REQUESTED)), "items.decide-disposal"),
    Watched("item-disposals-to-complete", "资产处置待办结", "Disposals of items to complete",
            _of("items", _is("status", ItemStatus.DISPOSAL_DECIDED)), "items.complete-disposal"),
    Watched("vehicle-disposals-to-approve", "车辆处置待审批", "Disposals of vehicles to approve",
            _of("vehicles", _is("status", VehicleStatus.DISPOSAL_REQUESTED)), "vehicles.approve-disposal"),
    Watched("vehicle-disposals-to-complete", "车辆处置待办结", "Disposals of vehicles to complete",
            _of("vehicles", _is("status", VehicleStatus.DISPOSAL_APPROVED)), "vehicles.dispose"),
    Watched("building-disposals-to-approve", "房屋处置待审批", "Disposals of buildings to approve",
            _of("buildings", _is("disposal", DisposalStage.OPENED)), "buildings.approve-disposal"),
    Watched("building-disposals-to-complete", "房屋处置待办结", "Disposals of buildings to complete",
            _of("buildings", _is("disposal", DisposalStage.APPROVED)), "buildings.complete-disposal"),
)  # fmt: skip

WRONG: Final = (
    Watched("rooms-not-vacated", "逾期未腾退的房间", "Rooms not vacated in time",
            _dated("rooms", lambda at: (_is("status", RoomStatus.IN_SERVICE), _by("vacate_by", _midnight(at))))),
    Watched("rooms-idle", f"闲置满 {IDLE_MONTHS} 个月的房间", f"Rooms idle for {IDLE_MONTHS} months",
            Idle("rooms", "premises", "idle_rooms", _half_a_year_ago)),
    Watched("second-offices", "有第二处办公室的房间", "Rooms that are somebody's second office",
            _of("rooms", _is("status", RoomStatus.IN_SERVICE), Filter("second_offices", Asks.LEAST, 1))),
    Watched("titles-disputed", "权属有争议的房屋", "Buildings of disputed title",
            _of("buildings", _STANDING, _is("title", TitleState.DISPUTED))),
    Watched("titles-unknown", "权属不明的房屋", "Buildings of unknown title",
            _of("buildings", _STANDING, _is("title", TitleState.UNKNOWN))),
    Watched("buildings-dangerous", "危险房屋", "Dangerous buildings",
            _of("buildings", _STANDING, _is("condition", Condition.DANGEROUS))),
    Watched("vehicles-over", "车辆超编的单位", "Units with too many vehicles", OverEstablishment()),
    Watched("journeys-not-back", "逾期未归的行程", "Journeys not back in time",
            _dated("journeys", lambda at: (_is("status", JourneyStatus.DEPARTED), _by("planned_until", _midnight(at))))),
    Watched("vehicles-uninspected", "没有有效年检的车辆", "Vehicles without a valid inspection",
            _of("vehicles", _IN_USE, Filter("inspected", Asks.NONE, True))),
    Watched("vehicles-out-of-service", "停驶的车辆", "Vehicles out of service",
            _of("vehicles", _IN_USE, _is("condition", Roadworthiness.OUT_OF_SERVICE))),
    Watched("vehicles-old", f"使用满 {RENEWED_AFTER_YEARS} 年的车辆", f"Vehicles used for {RENEWED_AFTER_YEARS} years",
            _dated("vehicles", lambda at: (_IN_USE, _by("first_used", months_before(at, 12 * RENEWED_AFTER_YEARS))))),
    Watched("loans-overdue", "逾期未还的借用", "Loans not returned in time",
            _dated("items", lambda at: (_is("status", ItemStatus.LENT), _by("loan_due", _yesterday(at))))),
    Watched("items-idle", f"闲置满 {IDLE_MONTHS} 个月的资产", f"Items idle for {IDLE_MONTHS} months",
            Idle("items", "items", "idle_items", _half_a_year_ago)),
    Watched("items-scrap-stored", "在仓的待报废资产", "Items in the warehouse that are only scrap",
            _of("items", _is("status", ItemStatus.STORED), _is("grade", Grade.D))),
    Watched("lots-expired", "已过有效期的批次", "Lots past their expiry",
            _dated("lots", lambda at: (_is("status", LotStatus.OPEN), _by("expiry", _yesterday(at))))),
)  # fmt: skip
