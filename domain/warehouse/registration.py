"""An item enters the books of a unit: numbered, classed, described, valued."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from annotated_types import Ge, Le

from domain.kernel.codes import asset_class as valid_class
from domain.kernel.commands import command
from domain.kernel.errors import InvalidValue, Notice
from domain.kernel.mandate import Mandate
from domain.kernel.text import Money, Name, Reason, Token
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from domain.warehouse import item_events as happened
from domain.warehouse import states
from domain.warehouse.item_life import AnyPhotos, ItemLife
from domain.warehouse.life import day_of
from domain.warehouse.standards import standard
from domain.warehouse.terms import Grade

Years = Annotated[int, Ge(1), Le(100)]


class Registration(ItemLife):
    """What the books say of an item."""

    @command("登记资产", "Register an asset", creates=True)
    def register(
        self,
        mandate: Mandate,
        *,
        asset_number: Token,
        asset_class: Token,
        name: Name,
        value: Money,
        bought: date,
        owner: Unit,
        model: Name | None = None,
        serial: Token | None = None,
        minimum_life: Years | None = None,
        custodian: Person | None = None,
        grade: Grade = Grade.A,
        location: Name | None = None,
        photos: AnyPhotos = (),
    ) -> None:
        """Without a minimum life, the published standard that was in force on the day of purchase gives it, if it has one."""
        owner.require_active(mandate.effective)
        if custodian is not None:
            custodian.require_employed(mandate.effective)
        if bought > day_of(mandate.effective):
            raise BoughtAfterRegistration(bought=bought.isoformat(), effective=mandate.effective.isoformat())
        code = valid_class(asset_class)
        known = standard(code, bought)
        self._warn_of_price(code, bought, value)
        self.record(
            happened.ItemRegistered(
                **self.next(mandate),
                asset_number=asset_number,
                asset_class=code,
                name=name,
                model=model,
                serial=serial,
                value=value,
                bought=bought,
                minimum_life=known.years if known and minimum_life is None else minimum_life,
                life_source=known.source if known and minimum_life is None else None,
                grade=grade,
                owner=owner.id,
                custodian=custodian.id if custodian else None,
                location=location,
                photos=photos,
            )
        )

    @command("变更资产编号", "Renumber")
    def renumber(self, mandate: Mandate, *, asset_number: Token) -> None:
        self.require_step(states.ACCOUNT, mandate.effective)
        self.record(happened.ItemRenumbered(**self.next(mandate), asset_number=asset_number))

    @command("变更资产分类", "Reclassify")
    def reclassify(self, mandate: Mandate, *, asset_class: Token) -> None:
        self.require_step(states.ACCOUNT, mandate.effective)
        self.record(happened.ItemReclassified(**self.next(mandate), asset_class=valid_class(asset_class)))

    @command("调整账面价值", "Change the book value", document=True)
    def revalue(self, mandate: Mandate, *, value: Money, note: Reason) -> None:
        self.require_step(states.ACCOUNT, mandate.effective)
        self.record(happened.ItemRevalued(**self.next(mandate), value=value, note=note))

    def _warn_of_price(self, asset_class: str, bought: date, value: Decimal) -> None:
        known = standard(asset_class, bought)
        if known and known.ceiling is not None and value > known.ceiling:
            self.warn(PriceAboveCeiling(value=value, ceiling=known.ceiling, source=known.source, field="value"))


class PriceAboveCeiling(Notice):
    """A warning: some prices above the ceiling are approved ones, and what is bought must be in the books anyway."""

    code = "price-above-ceiling"
    zh = "价值 {value} 元超过配置标准的价格上限 {ceiling} 元（{source}）。请核对；经批准超标的，请附批准文件。"
    en = "The value {value} is above the price ceiling {ceiling} of the standard ({source}). Check it; attach the approval."
    field = "value"


class BoughtAfterRegistration(InvalidValue):
    code = "bought-after-registration"
    zh = "购置日期 {bought} 晚于登记生效时间 {effective}。请核对日期。"
    en = "The day of purchase {bought} is later than the registration, effective {effective}. Check the dates."
    field = "bought"
