"""A lot 批次 of consumables: received, issued, returned, counted, moved, written off, closed when empty."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from annotated_types import Ge, Gt, Le

from domain.kernel.codes import asset_class as valid_class
from domain.kernel.commands import New, Own, command
from domain.kernel.errors import Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.text import Money, Name, Note, Reason, Scale, Token
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from domain.warehouse import lot_events as happened
from domain.warehouse.facets import ASSET_CLASS, BATCH, EXPIRY, MEASURE, NAME, UNIT_PRICE
from domain.warehouse.life import day_of
from domain.warehouse.lot_life import LotLife
from domain.warehouse.terms import WriteOffGround
from domain.warehouse.warehouse import Warehouse

Quantity = Annotated[Decimal, Gt(Decimal(0)), Le(Decimal("9999999.999")), Scale(3)]
FoundQuantity = Annotated[Decimal, Ge(Decimal(0)), Le(Decimal("9999999.999")), Scale(3)]


class Lot(LotLife):
    kind = "lots"
    zh = "批次"
    en = "lot"

    @command("入库", "Receive into a warehouse", creates=True)
    def receive(
        self,
        mandate: Mandate,
        *,
        warehouse: Warehouse,
        asset_class: Token,
        name: Name,
        measure: Token,
        quantity: Quantity,
        unit_price: Money,
        shelf: Token | None = None,
        batch: Token | None = None,
        expiry: date | None = None,
        supplier: Name | None = None,
    ) -> None:
        warehouse.require_lasting(mandate.effective)
        warehouse.require_shelf(shelf, mandate.effective)
        self.record(
            happened.LotReceived(
                **self.next(mandate),
                warehouse=warehouse.id,
                shelf=shelf,
                asset_class=valid_class(asset_class),
                name=name,
                measure=measure,
                quantity=quantity,
                unit_price=unit_price,
                batch=batch,
                expiry=expiry,
                supplier=supplier,
            )
        )

    @command("领用发放", "Issue to a unit")
    def issue(
        self, mandate: Mandate, *, unit: Unit, quantity: Quantity, receiver: Person | None = None, note: Note = ""
    ) -> None:
        self.require_open(mandate.effective)
        unit.require_active(mandate.effective)
        if receiver is not None:
            receiver.require_employed(mandate.effective)
        self.require_not_expired(mandate.effective)
        self.record(
            happened.LotIssued(
                **self.next(mandate),
                unit=unit.id,
                quantity=quantity,
                receiver=receiver.id if receiver else None,
                note=note,
            )
        )

    @command("退库", "Take back from a unit")
    def take_back(self, mandate: Mandate, *, unit: Unit, quantity: Quantity, note: Note = "") -> None:
        self.require_open(mandate.effective)
        self.record(happened.LotReturned(**self.next(mandate), unit=unit.id, quantity=quantity, note=note))

    @command("登记盘点结果", "Record the result of a stocktake", document=True)
    def count(self, mandate: Mandate, *, found: FoundQuantity, note: Note = "") -> None:
        """Results change the books only when they are approved: the document is the approval."""
        self.require_open(mandate.effective)
        expected = self.quantity_at(mandate.effective)
        self.record(happened.LotCounted(**self.next(mandate), found=found, expected=expected, note=note))

    @command("移库、拆分", "Move all or part of it elsewhere, as a lot of its own")
    def move(
        self,
        mandate: Mandate,
        *,
        to: Warehouse,
        quantity: Quantity,
        lot: Annotated[Lot, New()],
        shelf: Token | None = None,
    ) -> None:
        self.require_open(mandate.effective)
        to.require_lasting(mandate.effective)
        to.require_shelf(shelf, mandate.effective)
        self.record(happened.LotMovedOut(**self.next(mandate), to_lot=lot.id, warehouse=to.id, quantity=quantity))
        lot.record(self._as_moved(mandate, to, quantity, lot, shelf))

    @command("核销", "Write off", document=True)
    def write_off(self, mandate: Mandate, *, ground: WriteOffGround, quantity: Quantity, note: Reason) -> None:
        self.require_open(mandate.effective)
        if ground is WriteOffGround.EXPIRED and not self._is_expired(mandate.effective):
            raise LotNotExpired(expiry=str(self.at(EXPIRY, mandate.effective) or "—"))
        self.record(happened.LotWrittenOff(**self.next(mandate), ground=ground, quantity=quantity, note=note))

    @command("移架", "Move to another shelf")
    def shelve(
        self,
        mandate: Mandate,
        *,
        warehouse: Annotated[Warehouse, Own("warehouse_id")],
        shelf: Token | None,
    ) -> None:
        self.require_open(mandate.effective)
        warehouse.require_shelf(shelf, mandate.effective)
        self.record(happened.LotShelved(**self.next(mandate), shelf=shelf))

    @command("批次结清", "Close the empty lot")
    def close(self, mandate: Mandate) -> None:
        self.require_open(mandate.effective)
        self.record(happened.LotClosed(**self.next(mandate)))

    def require_not_expired(self, moment: datetime) -> None:
        """Rule: what is past its expiry date is not handed out."""
        if self._is_expired(moment):
            raise LotExpired(expiry=str(self.at(EXPIRY, moment)))

    def _is_expired(self, moment: datetime) -> bool:
        expiry = self.at(EXPIRY, moment)
        return expiry is not None and day_of(moment) > expiry

    def _as_moved(
        self, mandate: Mandate, to: Warehouse, quantity: Decimal, lot: Lot, shelf: str | None
    ) -> happened.LotMovedIn:
        """The same things in their new place, and where they came from."""
        at = mandate.effective
        return happened.LotMovedIn(
            **lot.next(mandate),
            warehouse=to.id,
            shelf=shelf,
            asset_class=self.at(ASSET_CLASS, at) or "",
            name=self.at(NAME, at) or "",
            measure=self.at(MEASURE, at) or "",
            quantity=quantity,
            unit_price=self.at(UNIT_PRICE, at) or Decimal(0),
            batch=self.at(BATCH, at),
            expiry=self.at(EXPIRY, at),
            from_lot=self.id,
        )


class LotExpired(Refusal):
    code = "lot-expired"
    zh = "该批次已于 {expiry} 过期，不能发放。请办理核销。"
    en = "The lot expired on {expiry} and is not handed out. Write it off."


class LotNotExpired(Refusal):
    code = "lot-not-expired"
    zh = "该批次尚未过期（有效期至：{expiry}），不能以过期核销。请改选核销原因。"
    en = "The lot has not expired (expiry: {expiry}), so it is not written off as expired. Choose another ground."
    field = "ground"
