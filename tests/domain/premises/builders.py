"""Units, people, compounds, buildings and rooms as tests speak of them."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

import pytest

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.places import CoordinateSystem, DeclaredPolygon
from domain.organisations.person import Person
from domain.organisations.terms import Level, StaffType, UnitKind
from domain.organisations.unit import NewUnit, Unit
from domain.premises.building import Building, NewBuilding
from domain.premises.compound import Compound
from domain.premises.events.allocation import ModeExcluded
from domain.premises.room import Room
from domain.premises.terms import AllocationMode, DisposalMode, RoomCategory, Structure
from tests.domain.scenario import an_id, mandate

A = TypeVar("A", bound=Aggregate)
Told = Callable[[Building], None]
Done = Callable[[Room], None]

CERTIFICATE = "宁(2021)银川市不动产权第0012345号"
ANOTHER_CERTIFICATE = "宁(2023)银川市不动产权第0000001号"
PARCEL = "640104001001GB00001F00010001"


def a_square(west: float = 106.2700, south: float = 38.4700, side: float = 0.0005) -> DeclaredPolygon:
    east, north = west + side, south + side
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return DeclaredPolygon(system=CoordinateSystem.CGCS2000, coordinates=(ring,))


FOOTPRINT = a_square()
OFFICE_OUTLINE = a_square(106.2701, 38.4701, 0.00006)
FAR_OUTLINE = a_square(106.2800, 38.4800, 0.00006)
CROSSED = DeclaredPolygon(
    system=CoordinateSystem.CGCS2000,
    coordinates=(((106.27, 38.47), (106.28, 38.48), (106.28, 38.47), (106.27, 38.48), (106.27, 38.47)),),
)


def a_unit(name: str = "区财政局", since: str = "1980-01-01") -> Unit:
    unit = Unit(an_id(name))
    said = NewUnit(name=name, unit_kind=UnitKind.GOVERNMENT, level=Level.COUNTY, division="640104")
    unit.establish(mandate(since), unit=said)
    unit.collect_events()
    return unit


BUREAU = a_unit("区机关事务管理局")
FINANCE = a_unit("区财政局")
CULTURE = a_unit("区文化旅游局")


def an_abolished_unit(at: str = "2020-01-01") -> Unit:
    unit = a_unit("区外宣办")
    unit.abolish(mandate(at))
    unit.collect_events()
    return unit


def a_person(name: str = "马晓燕", since: str = "2000-01-01") -> Person:
    person = Person(an_id(name))
    person.join(mandate(since), unit=FINANCE, name=name, staff_type=StaffType.ESTABLISHED)
    person.collect_events()
    return person


def a_compound(since: str = "1995-01-01") -> Compound:
    compound = Compound(an_id("文化西街106号院"))
    compound.register(
        mandate(since), name="文化西街106号院", address="兴庆区文化西街106号", division="640104", outline=FOOTPRINT
    )
    compound.collect_events()
    return compound


def the_building(area: str = "1000", number: str = "XQ-0001", **more: Any) -> NewBuilding:
    said: dict[str, Any] = {
        "number": number,
        "name": "1号办公楼",
        "address": "兴庆区文化西街106号",
        "division": "640104",
        "floors_above": 6,
        "floors_below": 1,
        "gross_area": Decimal(area),
        "structure": Structure.REINFORCED_CONCRETE,
        "year_built": 1998,
        "value": Decimal("8600000.00"),
        "footprint": FOOTPRINT,
    }
    return NewBuilding(**(said | more))


def a_building(*past: Told, area: str = "1000", since: str = "2000-01-01", **more: Any) -> Building:
    building = Building(an_id("1号办公楼"))
    building.register(mandate(since), building=the_building(area, **more), owner=BUREAU)
    for tell in past:
        tell(building)
    building.collect_events()
    return building


def title_registered(since: str = "2001-01-01", certificate: str = CERTIFICATE) -> Told:
    return lambda b: b.register_title(mandate(since), owner=BUREAU, certificate=certificate, parcel=PARCEL)


def a_titled_building(*past: Told, area: str = "1000") -> Building:
    return a_building(title_registered(), *past, area=area)


def allocated(
    since: str = "2010-01-01", unit: Unit = FINANCE, area: str | None = "400", until: datetime | None = None
) -> Told:
    size = None if area is None else Decimal(area)
    return lambda b: b.allocate(mandate(since), unit=unit, mode=AllocationMode.REALLOCATE, area=size, until=until)


def disposal_opened(mode: DisposalMode = DisposalMode.DEMOLISH, since: str = "2022-01-01") -> Told:
    return lambda b: b.open_disposal(mandate(since), mode=mode)


def disposal_approved(since: str = "2022-06-01") -> Told:
    return lambda b: b.approve_disposal(mandate(since))


def demolished(since: str = "2023-01-01") -> Told:
    return lambda b: b.complete_disposal(mandate(since))


def a_demolished_building(since: str = "2023-01-01") -> Building:
    return a_titled_building(disposal_opened(), disposal_approved(), demolished(since))


def excluded(*modes: AllocationMode) -> tuple[ModeExcluded, ...]:
    return tuple(
        ModeExcluded(mode=mode, because="全区无可用的闲置用房", document="宁管函〔2015〕12号") for mode in modes
    )


THE_BUILDING = a_building()


def a_room(
    *past: Done,
    number: str = "301",
    floor: int = 3,
    area: str = "36.00",
    since: str = "2005-01-01",
    building: Building = THE_BUILDING,
) -> Room:
    room = Room(an_id(f"{building.id}{number}"))
    room.register(
        mandate(since),
        building=building,
        floor=floor,
        number=number,
        category=RoomCategory.OFFICE,
        net_area=Decimal(area),
    )
    for do in past:
        do(room)
    room.collect_events()
    return room


def assigned(since: str = "2010-01-01", unit: Unit = FINANCE, until: datetime | None = None) -> Done:
    return lambda r: r.assign(mandate(since), unit=unit, until=until)


def moved_in(person: Person, since: str = "2010-02-01", until: datetime | None = None) -> Done:
    return lambda r: r.move_in(mandate(since), person=person, until=until)


def breaks(refusal: type[Refusal], aggregate: A, decide: Callable[[A], object]) -> Refusal:
    """The command would break a rule over all time, which is seen once its event is folded; nothing of it is saved."""
    with pytest.raises(refusal) as caught:
        decide(aggregate)
    for message in (caught.value.message_zh, caught.value.message_en):
        assert message
        assert "<" not in message, f"a message lacks data: {message}"
    return caught.value
