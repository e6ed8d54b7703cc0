"""The rules of vehicles that are data: document, clause, in force from and to, and how well the value is known.

What a fact is judged by is the version in force at the time of the fact, never today's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TypeVar

from domain.kernel.labels import Term
from domain.vehicles.terms import Body, Energy, VehicleCategory

CHINA = timezone(timedelta(hours=8))


class Grade(Term):
    PUBLISHED = "published", "已核对公布文本", "Confirmed from the published text"
    UNCONFIRMED = "unconfirmed", "未核实", "Not confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """Where a rule stands and when it is in force; `until` is the first day on which it no longer is."""

    document: str
    clause: str
    since: date
    until: date | None = None
    grade: Grade = Grade.PUBLISHED

    def is_in_force(self, moment: datetime) -> bool:
        day = moment.astimezone(CHINA).date()
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap(RuleVersion):
    """The dearest vehicle of these categories; `by_need` caps hold only where a special need was approved."""

    categories: frozenset[VehicleCategory]
    price: Decimal
    litres: Decimal | None = None
    bodies: frozenset[Body] = frozenset(Body)
    by_need: bool = False
    new_energy: bool = False

    def allows(self, price: Decimal, litres: Decimal | None) -> bool:
        small = self.litres is None or litres is None or litres <= self.litres
        return price <= self.price and small


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(RuleVersion):
    value: Decimal


_MEASURES = "中办发〔2017〕71号"
_CLAUSE = "第二章 编制和标准管理"
_SINCE = date(2017, 12, 5)
_C = VehicleCategory
_GENERAL = frozenset({_C.EMERGENCY, _C.OTHER, _C.RETIRED, _C.RECEPTION})
_NEEDY = _GENERAL | {_C.ENFORCEMENT}
_SMALL = frozenset(Body) - {Body.MEDIUM_BUS, Body.LARGE_BUS}


def _cap(categories: Iterable[VehicleCategory], price: str, litres: str | None, bodies: frozenset[Body] = _SMALL,
         *, by_need: bool = False, new_energy: bool = False) -> Cap:  # fmt: skip
    return Cap(
        document=_MEASURES,
        clause=_CLAUSE,
        since=_SINCE,
        categories=frozenset(categories),
        price=Decimal(price),
        litres=None if litres is None else Decimal(litres),
        bodies=bodies,
        by_need=by_need,
        new_energy=new_energy,
    )


# Prices are without the purchase tax. Special technical vehicles and leaders' cars have no cap here: finance
# departments and central rules set theirs.
CAPS: tuple[Cap, ...] = (
    _cap({_C.CONFIDENTIAL, _C.ENFORCEMENT}, "120000", "1.6"),
    _cap(_GENERAL, "180000", "1.8"),
    _cap({_C.ENFORCEMENT}, "180000", "1.8", by_need=True),
    _cap(_NEEDY, "250000", "3.0", _SMALL | {Body.MEDIUM_BUS}, by_need=True),
    _cap(_NEEDY, "450000", None, frozenset({Body.LARGE_BUS}), by_need=True),
    _cap(_NEEDY | {_C.CONFIDENTIAL}, "180000", None, frozenset({Body.CAR}), new_energy=True),
)

RENEWAL_YEARS: tuple[Parameter, ...] = (
    Parameter(document=_MEASURES, clause="更新年限", since=_SINCE, value=Decimal(8)),
)

# The practice of one county's vehicle platform; an administrator may put a bureau's own amount in its place.
REPAIR_MEETING_ABOVE: tuple[Parameter, ...] = (
    Parameter(
        document="公务用车管理平台制度",
        clause="维修审批",
        since=date(1900, 1, 1),
        grade=Grade.UNCONFIRMED,
        value=Decimal("3000.00"),
    ),
)

R = TypeVar("R", bound=RuleVersion)


def in_force(versions: Iterable[R], moment: datetime) -> tuple[R, ...]:
    return tuple(version for version in versions if version.is_in_force(moment))


def exceeded_cap(
    moment: datetime,
    *,
    category: VehicleCategory,
    body: Body,
    energy: Energy,
    price: Decimal,
    litres: Decimal | None,
    special_need: bool,
) -> Cap | None:
    """The cap that such a purchase exceeds: the widest of those that apply, if none of them allows it."""
    caps = [
        cap
        for cap in in_force(CAPS, moment)
        if category in cap.categories
        and (special_need or not cap.by_need)
        and (energy.is_new and body is Body.CAR) is cap.new_energy
    ]
    # A bus bought without a stated need has no cap of its own: it is measured against the ordinary one.
    fitting = [cap for cap in caps if body in cap.bodies] or caps
    if not fitting or any(cap.allows(price, litres) for cap in fitting):
        return None
    return max(fitting, key=lambda cap: cap.price)


def repair_meeting_above(moment: datetime) -> Parameter | None:
    """The amount above which a repair is decided by a meeting."""
    return next(iter(in_force(REPAIR_MEETING_ABOVE, moment)), None)


def renewal_due_from(first_used: datetime) -> datetime:
    """The first moment at which a vehicle may be renewed for its age."""
    years = max((int(rule.value) for rule in RENEWAL_YEARS), default=0)
    day = first_used.astimezone(CHINA)
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if leap_day else day.day)
