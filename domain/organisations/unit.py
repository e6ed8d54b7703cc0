"""A unit: what it is called, where it stands, what it is allowed, and how it ends (the 机构改革 case)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, Len

from domain.kernel.aggregate import Aggregate
from domain.kernel.codes import CreditCodeSuspect, credit_code_is_valid
from domain.kernel.codes import division as valid_division
from domain.kernel.commands import Chain, New, command
from domain.kernel.errors import Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.text import Name, Token
from domain.organisations import events as happened
from domain.organisations.events import PARENT, UNIT_STATUS
from domain.organisations.terms import Level, Rank, UnitKind, UnitStatus

Posts = Annotated[int, Ge(0), Le(100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """What is said of a unit when it comes into being."""

    name: Name
    credit_code: Token | None = None
    unit_kind: UnitKind
    level: Level
    division: Token


class Unit(Aggregate):
    kind = "units"
    zh = "单位"
    en = "unit"

    @command("设立单位", "Establish a unit", creates=True)
    def establish(
        self,
        mandate: Mandate,
        *,
        unit: NewUnit,
        parent: Unit | None = None,
        above: Annotated[tuple[Unit, ...], Chain(of="parent", by="final_parent")] = (),
    ) -> None:
        """`above`: the parent with all its parents. Only a correction could find this very unit among them."""
        self._require_above(parent, above, mandate.effective)
        self.come_from(mandate, unit, parent.id if parent else None, None)

    @command("更名", "Rename", document=True)
    def rename(self, mandate: Mandate, *, name: Name) -> None:
        self.require_active(mandate.effective)
        self.record(happened.UnitRenamed(**self.next(mandate), name=name))

    @command("赋码（统一社会信用代码）", "Assign the unified credit code")
    def assign_code(self, mandate: Mandate, *, credit_code: Token) -> None:
        self.require_active(mandate.effective)
        self._warn_of_code(credit_code)
        self.record(happened.UnitCodeAssigned(**self.next(mandate), credit_code=credit_code))

    @command("调整性质、级别或区划", "Change kind, level or division", document=True)
    def regrade(self, mandate: Mandate, *, unit_kind: UnitKind, level: Level, division: Token) -> None:
        self.require_active(mandate.effective)
        code = valid_division(division)
        self.record(happened.UnitRegraded(**self.next(mandate), unit_kind=unit_kind, level=level, division=code))

    @command("调整隶属关系", "Move under another parent", document=True)
    def move_under(
        self,
        mandate: Mandate,
        *,
        parent: Unit | None,
        above: Annotated[tuple[Unit, ...], Chain(of="parent", by="final_parent")],
    ) -> None:
        """`above` is the new parent with all its parents: none of them may be this unit, or units would form a circle."""
        self.require_active(mandate.effective)
        self._require_above(parent, above, mandate.effective)
        self.record(happened.UnitMovedUnder(**self.next(mandate), parent=parent.id if parent else None))

    @command("核定人员编制", "Set the establishment of a rank", document=True)
    def set_staff_establishment(self, mandate: Mandate, *, rank: Rank, posts: Posts) -> None:
        self.require_active(mandate.effective)
        self.record(happened.StaffEstablishmentSet(**self.next(mandate), rank=rank, posts=posts))

    @command("核定车辆编制", "Set the establishment of a vehicle category", document=True)
    def set_vehicle_establishment(self, mandate: Mandate, *, category: Token, vehicles: Posts) -> None:
        self.require_active(mandate.effective)
        self.record(happened.VehicleEstablishmentSet(**self.next(mandate), category=category, vehicles=vehicles))

    @command("分立", "Split", document=True)
    def split(
        self,
        mandate: Mandate,
        *,
        parts: Annotated[tuple[NewUnit, ...], Len(1, 20)],
        units: Annotated[tuple[Unit, ...], New(each="parts")],
    ) -> None:
        """Parts become units under the same parent; the unit itself goes on, or is abolished by its own command."""
        self.require_active(mandate.effective)
        for part, unit in zip(parts, units, strict=True):
            unit.come_from(mandate, part, self.at(PARENT, mandate.effective), self.id)
        self.record(happened.UnitSplit(**self.next(mandate), into=tuple(unit.id for unit in units)))

    @command("并入其他单位", "Merge into another unit", document=True)
    def merge_into(self, mandate: Mandate, *, successor: Unit) -> None:
        self.require_active(mandate.effective)
        successor.require_active(mandate.effective)
        self.require(successor.id != self.id, UnitUnderItself())
        self._end(mandate, happened.UnitMergedInto(**self.next(mandate), successor=successor.id))
        successor.record(happened.UnitAbsorbed(**successor.next(mandate), predecessor=self.id))

    @command("撤销", "Abolish", document=True)
    def abolish(self, mandate: Mandate) -> None:
        self.require_active(mandate.effective)
        self._end(mandate, happened.UnitAbolished(**self.next(mandate)))

    def require_active(self, moment: datetime) -> None:
        """Rule: only a unit that exists at the moment can act or be given anything."""
        if self.at(UNIT_STATUS, moment) is not UnitStatus.ACTIVE:
            raise UnitNotActive(id=self.id, at=moment.isoformat())

    @property
    def emptied_from(self) -> datetime | None:
        return self.first_as(UNIT_STATUS, UnitStatus.MERGED, UnitStatus.ABOLISHED)

    @property
    def final_parent(self) -> UUID | None:
        return self.finally_(PARENT)

    def holders(self) -> dict[UUID, datetime | None]:
        return self.held_through(PARENT)

    def check(self) -> None:
        super().check()
        self.require_beginning_first()

    def _require_above(self, parent: Unit | None, above: tuple[Unit, ...], moment: datetime) -> None:
        """Rule: a parent exists at that moment, and nowhere above it stands the unit itself.

        The others above are looked at as they are in the end: at the moment itself some may not have been there yet.
        """
        self.require(all(unit.id != self.id for unit in above), UnitUnderItself())
        if parent is not None:
            parent.require_active(moment)

    def _end(self, mandate: Mandate, event: happened.UnitAbolished | happened.UnitMergedInto) -> None:
        """Nothing may still be held from that moment on: the store refuses the save otherwise, and says what is held."""
        last = self.last_beginning()
        self.require(
            last is None or last <= mandate.effective, UnitActsLater(id=self.id, at=mandate.effective, last=last)
        )
        self.record(event)

    def come_from(self, mandate: Mandate, unit: NewUnit, parent: UUID | None, split_from: UUID | None) -> None:
        self._warn_of_code(unit.credit_code)
        self.record(
            happened.UnitEstablished(
                **self.next(mandate),
                name=unit.name,
                credit_code=unit.credit_code,
                unit_kind=unit.unit_kind,
                level=unit.level,
                division=valid_division(unit.division),
                parent=parent,
                split_from=split_from,
            )
        )

    def _warn_of_code(self, code: str | None) -> None:
        if code is not None and not credit_code_is_valid(code):
            self.warn(CreditCodeSuspect(field="credit_code", given=code))


class UnitNotActive(Refusal):
    code = "unit-not-active"
    zh = "单位 {id} 在 {at} 不在册（尚未设立、已并入或已撤销），不能办理此事项。"
    en = "Unit {id} is not active at {at}: not yet established, merged or abolished."


class UnitActsLater(Refusal):
    code = "unit-acts-later"
    zh = "单位 {id} 在 {at} 之后还有记录（最晚 {last}），不能在该时间终止。请核对日期，或先更正那些记录。"
    en = "Unit {id} has records after {at} (up to {last}) and cannot end then. Check the date, or correct those first."
    field = "mandate.effective"


class UnitUnderItself(Refusal):
    code = "unit-under-itself"
    zh = "单位不能隶属于、并入自身或其下级单位。请另选单位。"
    en = "A unit cannot be placed under, or merged into, itself or a unit below it."
    field = "parent"
