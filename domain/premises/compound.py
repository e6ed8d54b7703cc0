"""A compound: the yard that buildings stand in."""

from datetime import datetime

from domain.kernel.codes import division as valid_division
from domain.kernel.commands import command
from domain.kernel.errors import Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.places import DeclaredPolygon, Outline
from domain.kernel.text import Name, Token
from domain.premises.events import compound as happened
from domain.premises.facets import COMPOUND_STATUS
from domain.premises.premise import Premise
from domain.premises.terms import CompoundStatus


class Compound(Premise):
    kind = "compounds"
    zh = "院落"
    en = "compound"

    @command("登记院落", "Register a compound", creates=True)
    def register(
        self,
        mandate: Mandate,
        *,
        name: Name,
        address: Name,
        division: Token,
        outline: DeclaredPolygon | None = None,
    ) -> None:
        self.record(
            happened.CompoundRegistered(
                **self.next(mandate),
                name=name,
                address=address,
                division=valid_division(division),
                outline=None if outline is None else Outline.declared(outline),
            )
        )

    @command("更名", "Rename")
    def rename(self, mandate: Mandate, *, name: Name) -> None:
        self.require_open(mandate.effective)
        self.record(happened.CompoundRenamed(**self.next(mandate), name=name))

    @command("变更地址", "Change address")
    def readdress(self, mandate: Mandate, *, address: Name, division: Token) -> None:
        self.require_open(mandate.effective)
        code = valid_division(division)
        self.record(happened.CompoundReaddressed(**self.next(mandate), address=address, division=code))

    @command("重绘范围", "Draw the outline again")
    def redraw(self, mandate: Mandate, *, outline: DeclaredPolygon) -> None:
        self.require_open(mandate.effective)
        self.record(happened.CompoundRedrawn(**self.next(mandate), outline=Outline.declared(outline)))

    @command("注销院落", "Close", document=True)
    def close(self, mandate: Mandate) -> None:
        """Nothing may stand in it from that moment on: the store refuses otherwise, and says what does."""
        self.require_open(mandate.effective)
        self.require_nothing_after(mandate.effective)
        self.record(happened.CompoundClosed(**self.next(mandate)))

    @property
    def emptied_from(self) -> datetime | None:
        return self.first_as(COMPOUND_STATUS, CompoundStatus.CLOSED)

    def require_open(self, moment: datetime) -> None:
        """Rule: nothing happens to, or is put into, a compound after it was closed or before it was there."""
        if self.at(COMPOUND_STATUS, moment) is not CompoundStatus.OPEN:
            raise CompoundNotOpen(id=self.id, at=moment.isoformat())


class CompoundNotOpen(Refusal):
    code = "compound-not-open"
    zh = "院落 {id} 在 {at} 不在册（尚未登记或已注销），不能办理此事项。请核对日期，或另选院落。"
    en = "Compound {id} is not open at {at}: not yet registered, or closed. Check the date or choose another."
