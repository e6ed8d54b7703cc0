"""What every aspect of a room leans on: that it is in service, and who is in it."""

from datetime import datetime
from uuid import UUID

from domain.kernel.errors import Refusal
from domain.premises.facets import OCCUPANT, ROOM_STATUS, USING_UNIT
from domain.premises.premise import Premise
from domain.premises.terms import RoomStatus


class InService(Premise):
    kind = "rooms"
    zh = "房间"
    en = "room"

    def require_in_service(self, moment: datetime) -> None:
        """Rule: a room that was split, merged or retired takes no more."""
        if self.at(ROOM_STATUS, moment) is not RoomStatus.IN_SERVICE:
            raise RoomNotInService(id=self.id, at=moment.isoformat())

    def require_empty_from(self, moment: datetime) -> None:
        """Rule: a room ends only when no unit and nobody is in it then or later."""
        units, people = self._in_it_from(moment)
        if units or people:
            raise RoomNotEmpty(id=self.id, at=moment.isoformat(), holders=[*units, *people])

    def occupants_at(self, moment: datetime) -> list[UUID]:
        return [person for person in self.members(OCCUPANT, moment).values() if person is not None]

    def check(self) -> None:
        super().check()
        for moment in self.turns(ROOM_STATUS):
            if self.at(ROOM_STATUS, moment) is not RoomStatus.IN_SERVICE:
                units, people = self._in_it_from(moment)
                self.require(not units and not people, UsedPastEnd(at=moment.isoformat(), holders=[*units, *people]))

    def _in_it_from(self, moment: datetime) -> tuple[set[UUID], set[UUID]]:
        """Say which units and people are in it at the moment or at any later one."""
        units = {s.value for s in self.stretches(USING_UNIT) if s.value and (s.end is None or s.end > moment)}
        people = {
            s.value
            for member in self.all_members(OCCUPANT)
            for s in self.stretches(OCCUPANT, member)
            if s.value and (s.end is None or s.end > moment)
        }
        return units, people


class RoomNotInService(Refusal):
    code = "room-not-in-service"
    zh = "房间 {id} 在 {at} 不在册（尚未登记，或已拆分、合并、注销），不能办理此事项。请核对日期和房间。"
    en = (
        "Room {id} is not in service at {at}: not yet registered, or split, merged or retired. Check the date and the "
        "room."
    )


class RoomNotEmpty(Refusal):
    code = "room-not-empty"
    zh = "房间 {id} 在 {at} 或之后仍有单位或人员使用：{holders}。请先腾退。"
    en = "Room {id} is still used at {at} or later, by {holders}. Have it vacated first."


class UsedPastEnd(Refusal):
    code = "used-past-end"
    zh = "该房间在 {at} 已不在册，不能仍由 {holders} 使用。请填写不晚于该日的使用期限。"
    en = "The room is out of service from {at}, so {holders} cannot use it then. Let the period end by that day."
    field = "until"
