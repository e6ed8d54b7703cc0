"""A room: where it is, what it measures, what it is for; how it is split, merged and retired."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len

from domain.kernel.aggregate import Claim
from domain.kernel.commands import New, Own, command
from domain.kernel.events import Event
from domain.kernel.mandate import Mandate
from domain.kernel.places import DeclaredPolygon, Outline
from domain.kernel.text import Area, Token
from domain.premises import room_rules as rules
from domain.premises.building import Building
from domain.premises.events import room as happened
from domain.premises.facets import BUILDING, CATEGORY, FLOOR, NET_AREA, NUMBER, ROOM_STATUS, USING_UNIT
from domain.premises.room_use import Used
from domain.premises.terms import RoomCategory, RoomStatus

Floor = Annotated[int, Ge(-20), Le(200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPart:
    """One of the rooms that a room is split into; without a category it has that of the whole."""

    number: Token
    net_area: Area
    category: RoomCategory | None = None
    outline: DeclaredPolygon | None = None


class Room(Used):
    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.building_id: UUID | None = None
        self.made_from: tuple[UUID, ...] = ()

    @command("登记房间", "Register a room", creates=True)
    def register(
        self,
        mandate: Mandate,
        *,
        building: Building,
        floor: Floor,
        number: Token,
        category: RoomCategory,
        net_area: Area,
        outline: DeclaredPolygon | None = None,
    ) -> None:
        building.require_standing(mandate.effective)
        rules.require_floor_in(building, floor, mandate.effective)
        part = RoomPart(number=number, net_area=net_area, category=category, outline=outline)
        # Only a correction finds a lineage here, and keeps it.
        self._registered(mandate, building, floor, part, category, self.made_from)

    @command("重新测量", "Measure again")
    def measure(
        self,
        mandate: Mandate,
        *,
        net_area: Area,
        outline: DeclaredPolygon | None = None,
        building: Annotated[Building, Own("building_id")],
    ) -> None:
        self.require_in_service(mandate.effective)
        drawn = self._drawn(outline, building, mandate.effective)
        self.record(happened.RoomMeasured(**self.next(mandate), net_area=net_area, outline=drawn))

    @command("变更房间号", "Renumber")
    def renumber(self, mandate: Mandate, *, number: Token) -> None:
        self.require_in_service(mandate.effective)
        self.record(happened.RoomRenumbered(**self.next(mandate), number=number))

    @command("变更类别", "Change category", document=True)
    def change_category(self, mandate: Mandate, *, category: RoomCategory) -> None:
        self.require_in_service(mandate.effective)
        self.record(happened.RoomCategoryChanged(**self.next(mandate), category=category))

    @command("拆分", "Split")
    def split(
        self,
        mandate: Mandate,
        *,
        parts: Annotated[tuple[RoomPart, ...], Len(2, 20)],
        rooms: Annotated["tuple[Room, ...]", New(each="parts")],
        building: Annotated[Building, Own("building_id")],
    ) -> None:
        """The parts are new rooms on the same floor, used by nobody yet."""
        moment = mandate.effective
        self._require_endable(moment)
        rules.require_numbers_differ(part.number for part in parts)
        rules.require_parts_fit((part.net_area for part in parts), self.at(NET_AREA, moment))
        floor, category = self.at(FLOOR, moment) or 0, self.at(CATEGORY, moment) or RoomCategory.OFFICE
        for part, room in zip(parts, rooms, strict=True):
            room._registered(mandate, building, floor, part, part.category or category, (self.id,))  # noqa: SLF001  # of its own kind
        self.record(happened.RoomSplit(**self.next(mandate), into=tuple(room.id for room in rooms)))

    @command("合并", "Merge")
    def merge(
        self,
        mandate: Mandate,
        *,
        others: Annotated["tuple[Room, ...]", Len(1, 20)],
        into: RoomPart,
        room: Annotated["Room", New()],
        building: Annotated[Building, Own("building_id")],
    ) -> None:
        """This room and the others, all of one floor, become a new one, used by nobody yet."""
        moment = mandate.effective
        merged = (self, *others)
        rules.require_distinct([one.id for one in merged])
        for one in merged:
            one._require_endable(moment)  # noqa: SLF001  # of its own kind
        rules.require_one_floor({(one.building_id, one.at(FLOOR, moment)) for one in merged})
        rules.require_merged_fits(into.net_area, [one.at(NET_AREA, moment) for one in merged])
        category = into.category or self.at(CATEGORY, moment) or RoomCategory.OFFICE
        made_from = tuple(one.id for one in merged)
        room._registered(mandate, building, self.at(FLOOR, moment) or 0, into, category, made_from)  # noqa: SLF001  # of its own kind
        for one in merged:
            one.record(happened.RoomMerged(**one.next(mandate), into=room.id))

    @command("注销房间", "Retire", document=True)
    def retire(self, mandate: Mandate) -> None:
        self._require_endable(mandate.effective)
        self.record(happened.RoomRetired(**self.next(mandate)))

    def evolve(self, event: Event) -> None:
        super().evolve(event)
        if isinstance(event, happened.RoomRegistered):
            self.building_id, self.made_from = event.building, event.made_from

    def claims(self) -> frozenset[Claim]:
        """A room in service has its number to itself in its building; one that has ended leaves it to others."""
        number = self.finally_(NUMBER)
        if number is None or self.finally_(ROOM_STATUS) is not RoomStatus.IN_SERVICE:
            return super().claims()
        return super().claims() | {(f"room:{self.building_id}", number)}

    def holders(self) -> dict[UUID, datetime | None]:
        return self.held_through(BUILDING, USING_UNIT)

    def _require_endable(self, moment: datetime) -> None:
        self.require_in_service(moment)
        self.require_empty_from(moment)
        self.require_nothing_after(moment)

    def _drawn(self, outline: DeclaredPolygon | None, building: Building, moment: datetime) -> Outline | None:
        """Convert the outline; survey and drawing often differ, so that one beyond the building is a warning only."""
        if outline is None:
            return None
        drawn = Outline.declared(outline)
        if not rules.lies_in(building, drawn, moment):
            self.warn(rules.RoomBeyondFootprint(building=building.id))
        return drawn

    def _registered(
        self,
        mandate: Mandate,
        building: Building,
        floor: int,
        room: RoomPart,
        category: RoomCategory,
        made_from: tuple[UUID, ...] = (),
    ) -> None:
        self.record(
            happened.RoomRegistered(
                **self.next(mandate),
                building=building.id,
                floor=floor,
                number=room.number,
                category=category,
                net_area=room.net_area,
                outline=self._drawn(room.outline, building, mandate.effective),
                made_from=made_from,
            )
        )
