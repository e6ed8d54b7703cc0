"""The use of a room: a unit and people in it, vacating ordered, vacated."""

import calendar
from datetime import UTC, datetime, timedelta, timezone

from domain.kernel.commands import command
from domain.kernel.errors import InvalidValue, Refusal
from domain.kernel.mandate import Mandate
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from domain.premises.events import room as happened
from domain.premises.facets import OCCUPANT, USING_UNIT, VACATE_BY
from domain.premises.premise import require_period
from domain.premises.room_base import InService

# A month is one of the calendar on the wall; China has one time zone and no summer time.
_CHINA = timezone(timedelta(hours=8))


class Used(InService):
    @command("分配给单位", "Assign to a unit", future=True, document=True)
    def assign(self, mandate: Mandate, *, unit: Unit, until: datetime | None = None) -> None:
        moment = mandate.effective
        self.require_in_service(moment)
        unit.require_active(moment)
        require_period(moment, until)
        user = self.at(USING_UNIT, moment)
        self.require(user is None, RoomInUse(unit=user, at=moment.isoformat()))
        self.record(happened.RoomAssigned(**self.next(mandate), unit=unit.id, until=until))

    @command("单位交回", "Release by the unit", future=True)
    def release(self, mandate: Mandate) -> None:
        """Who still sits in it stays recorded: that is for a finding, not for a refusal."""
        self.require_in_service(mandate.effective)
        unit = self.at(USING_UNIT, mandate.effective)
        if unit is None:
            raise RoomNotAssigned(at=mandate.effective.isoformat())
        self.record(happened.RoomReleased(**self.next(mandate), unit=unit))

    @command("人员入驻", "Move a person in", future=True)
    def move_in(
        self,
        mandate: Mandate,
        *,
        person: Person,
        until: datetime | None = None,
        second_office_approved: bool = False,
    ) -> None:
        """A second office is approved on a document; whether it is a second one, only all rooms together can tell."""
        moment = mandate.effective
        self.require_in_service(moment)
        person.require_employed(moment)
        require_period(moment, until)
        if second_office_approved:
            mandate.require_document()
        self.require(self.at(OCCUPANT, moment, person.id) is None, OccupantAlready(person=person.id))
        self.record(
            happened.OccupantMovedIn(
                **self.next(mandate),
                person=person.id,
                second_office_approved=second_office_approved,
                until=until,
            )
        )

    @command("人员迁出", "Move a person out", future=True)
    def move_out(self, mandate: Mandate, *, person: Person) -> None:
        moment = mandate.effective
        self.require_in_service(moment)
        here = self.at(OCCUPANT, moment, person.id) is not None
        self.require(here, NotAnOccupant(person=person.id, at=moment.isoformat()))
        self.record(happened.OccupantMovedOut(**self.next(mandate), person=person.id))

    @command("责令腾退", "Order vacating", document=True)
    def order_vacating(self, mandate: Mandate, *, deadline: datetime | None = None) -> None:
        """Without a deadline, a month after the order takes effect."""
        moment = mandate.effective
        self.require_in_service(moment)
        used = self.at(USING_UNIT, moment) is not None or bool(self.occupants_at(moment))
        self.require(used, NothingToVacate(at=moment.isoformat()))
        by = deadline or a_month_after(moment)
        self.require(by > moment, DeadlineNotAhead(deadline=by.isoformat(), at=moment.isoformat()))
        self.record(happened.VacatingOrdered(**self.next(mandate), deadline=by))

    @command("腾退完成", "Record that it is vacated")
    def vacate(self, mandate: Mandate) -> None:
        """Nobody is left in it, and the unit has it no longer."""
        moment = mandate.effective
        self.require_in_service(moment)
        self.require(self.at(VACATE_BY, moment) is not None, VacatingNotOrdered(at=moment.isoformat()))
        people = self.occupants_at(moment)
        self.require(not people, OccupantsRemain(people=people, at=moment.isoformat()))
        self.record(happened.RoomVacated(**self.next(mandate)))


def a_month_after(moment: datetime) -> datetime:
    """The same day of the next month in China, or its last day where it has no such day."""
    here = moment.astimezone(_CHINA)
    year, month = here.year + here.month // 12, here.month % 12 + 1
    day = min(here.day, calendar.monthrange(year, month)[1])
    return here.replace(year=year, month=month, day=day).astimezone(UTC)


class RoomInUse(Refusal):
    code = "room-in-use"
    zh = "该房间在 {at} 已由单位 {unit} 使用。请先交回或腾退。"
    en = "The room is used by unit {unit} at {at}. Have it released or vacated first."
    field = "unit"


class RoomNotAssigned(Refusal):
    code = "room-not-assigned"
    zh = "该房间在 {at} 没有分配给单位，无可交回。请核对日期。"
    en = "The room is assigned to no unit at {at}, so there is nothing to release. Check the date."


class OccupantAlready(Refusal):
    code = "occupant-already"
    zh = "人员 {person} 此时已在该房间。请核对人员和日期。"
    en = "Person {person} is in the room already then. Check the person and the date."
    field = "person"


class NotAnOccupant(Refusal):
    code = "not-an-occupant"
    zh = "人员 {person} 在 {at} 不在该房间。请核对人员和日期。"
    en = "Person {person} is not in the room at {at}. Check the person and the date."
    field = "person"


class NothingToVacate(Refusal):
    code = "nothing-to-vacate"
    zh = "该房间在 {at} 没有单位或人员使用，无须腾退。请核对房间和日期。"
    en = "Nobody uses the room at {at}, so there is nothing to vacate. Check the room and the date."


class DeadlineNotAhead(InvalidValue):
    code = "deadline-not-ahead"
    zh = "腾退期限 {deadline} 不晚于责令生效时间 {at}。请填写之后的期限。"
    en = "The deadline {deadline} is not after the order, {at}. Give a later one."
    field = "deadline"


class VacatingNotOrdered(Refusal):
    code = "vacating-not-ordered"
    zh = "该房间在 {at} 没有被责令腾退。单位自行交回的，请办理“单位交回”。"
    en = "No vacating of the room is ordered at {at}. If the unit gives it back itself, record a release."


class OccupantsRemain(Refusal):
    code = "occupants-remain"
    zh = "该房间在 {at} 仍有人员 {people}，不能登记腾退完成。请先登记人员迁出。"
    en = "People are still in the room at {at}: {people}. Record that they move out first."
