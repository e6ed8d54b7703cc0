"""What happens to a room, as tests tell it."""

from decimal import Decimal

from domain.premises.room import Room, RoomPart
from domain.premises.terms import RoomCategory
from tests.domain.premises import builders as b
from tests.domain.scenario import an_id, mandate


def registered(floor: int = 3, number: str = "301", area: str = "36.00") -> b.Done:
    return lambda r: r.register(
        mandate("2005-01-01"),
        building=b.THE_BUILDING,
        floor=floor,
        number=number,
        category=RoomCategory.OFFICE,
        net_area=Decimal(area),
        outline=b.OFFICE_OUTLINE,
    )


def parts(*areas: str) -> tuple[RoomPart, ...]:
    return tuple(RoomPart(number=f"301-{n}", net_area=Decimal(area)) for n, area in enumerate(areas, 1))


def split(into: tuple[RoomPart, ...], since: str = "2015-01-01") -> b.Done:
    new = tuple(Room(an_id(part.number)) for part in into)
    return lambda r: r.split(mandate(since), parts=into, rooms=new, building=b.THE_BUILDING)


def merged(*others: Room, area: str = "72.00", since: str = "2015-01-01") -> b.Done:
    return lambda r: r.merge(
        mandate(since),
        others=others,
        into=RoomPart(number="301", net_area=Decimal(area)),
        room=Room(an_id("大会议室")),
        building=b.THE_BUILDING,
    )
