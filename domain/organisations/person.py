"""A person: which unit they belong to, their rank and staff type. Name, phone and id number are sealed with their own key."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from domain.kernel.commands import command
from domain.kernel.errors import Refusal
from domain.kernel.events import Event
from domain.kernel.mandate import Mandate
from domain.kernel.text import Name, Token
from domain.organisations import events as happened
from domain.organisations.events import MEMBER_OF, RANK, STAFF_TYPE
from domain.organisations.terms import Rank, StaffType
from domain.organisations.unit import Unit


class Person(Aggregate):
    kind = "people"
    zh = "人员"
    en = "person"

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.name = ""
        self.phone: str | None = None
        self.id_number: str | None = None

    @command("入职", "Join a unit", creates=True)
    def join(
        self,
        mandate: Mandate,
        *,
        unit: Unit,
        name: Name,
        staff_type: StaffType,
        rank: Rank = Rank.STAFF,
        phone: Token | None = None,
        id_number: Token | None = None,
    ) -> None:
        unit.require_active(mandate.effective)
        self.record(
            happened.PersonJoined(
                **self.next(mandate),
                name=name,
                phone=phone,
                id_number=id_number,
                unit=unit.id,
                staff_type=staff_type,
                rank=rank,
            )
        )

    @command("变更姓名、电话", "Change name or phone")
    def change_contact(self, mandate: Mandate, *, name: Name, phone: Token | None = None) -> None:
        self.require_known()
        self.record(happened.PersonContactChanged(**self.next(mandate), name=name, phone=phone))

    @command("变更职级", "Change rank")
    def change_rank(self, mandate: Mandate, *, rank: Rank) -> None:
        self.require_employed(mandate.effective)
        self.record(happened.PersonRankChanged(**self.next(mandate), rank=rank))

    @command("变更人员类别", "Change staff type")
    def change_staff_type(self, mandate: Mandate, *, staff_type: StaffType) -> None:
        self.require_employed(mandate.effective)
        self.record(happened.PersonStaffTypeChanged(**self.next(mandate), staff_type=staff_type))

    @command("调动", "Move to another unit", future=True)
    def move(self, mandate: Mandate, *, to: Unit) -> None:
        """Also how someone who left comes back."""
        to.require_active(mandate.effective)
        self.record(happened.PersonMoved(**self.next(mandate), unit=to.id))

    @command("离职", "Leave", future=True)
    def leave(self, mandate: Mandate) -> None:
        self.require_employed(mandate.effective)
        self.record(happened.PersonLeft(**self.next(mandate)))

    @command("抹除个人信息", "Erase personal data", document=True)
    def erase(self, mandate: Mandate) -> None:
        """The log stays whole and provable; what only the person's key can open is gone."""
        self.require_known()
        self.record(happened.PersonErased(**self.next(mandate)))

    def evolve(self, event: Event) -> None:
        match event:
            case happened.PersonJoined():
                self.name, self.phone, self.id_number = event.name, event.phone, event.id_number
            case happened.PersonContactChanged():
                self.name, self.phone = event.name, event.phone
            case happened.PersonErased():
                self.is_erased = True

    def check(self) -> None:
        super().check()
        self.require_beginning_first()

    def unit_at(self, moment: datetime) -> UUID | None:
        return self.at(MEMBER_OF, moment)

    def rank_at(self, moment: datetime) -> Rank | None:
        return self.at(RANK, moment)

    def staff_type_at(self, moment: datetime) -> StaffType | None:
        return self.at(STAFF_TYPE, moment)

    def require_employed(self, moment: datetime) -> None:
        """Rule: what is said of a post is said of someone who holds one at that moment."""
        if self.unit_at(moment) is None:
            raise PersonNotEmployed(id=self.id, at=moment.isoformat())

    def require_known(self) -> None:
        """Rule: nothing is added to the personal data of someone whose data is erased."""
        if self.is_erased:
            raise PersonErasedAlready(id=self.id)

    def holders(self) -> dict[UUID, datetime | None]:
        return self.held_through(MEMBER_OF)


class PersonNotEmployed(Refusal):
    code = "person-not-employed"
    zh = "人员 {id} 在 {at} 不在任何单位任职。请先登记入职或调动。"
    en = "Person {id} belongs to no unit at {at}. Record that they join or move first."


class PersonErasedAlready(Refusal):
    code = "person-erased"
    zh = "人员 {id} 的个人信息已抹除，不能再变更。"
    en = "The personal data of person {id} is erased and cannot be changed."
