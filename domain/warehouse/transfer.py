"""An item is transferred from one unit to another, which confirms that it has it."""

from __future__ import annotations

from domain.kernel.commands import command
from domain.kernel.errors import Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.text import Name, Note, Reason
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from domain.warehouse import leaving_events as happened
from domain.warehouse import states
from domain.warehouse.facets import OWNER, RECEIVING_UNIT
from domain.warehouse.item_life import ItemLife


class Transfer(ItemLife):
    """调拨: free of charge, between units, out of a warehouse or from one unit directly."""

    @command("调拨", "Transfer to another unit", document=True, future=True)
    def transfer(self, mandate: Mandate, *, to: Unit, note: Note = "") -> None:
        self.require_step(states.TRANSFER, mandate.effective)
        to.require_active(mandate.effective)
        self.require(to.id != self.at(OWNER, mandate.effective), TransferToOwner())
        self.record(happened.TransferDecided(**self.next(mandate), to=to.id, note=note))

    @command("确认接收调拨", "Confirm receipt of the transfer")
    def confirm_receipt(self, mandate: Mandate, *, custodian: Person, location: Name | None = None) -> None:
        """Title passes when the receiver has the thing, not when it was decided."""
        self.require_step(states.RECEIVE, mandate.effective)
        to = self.required(RECEIVING_UNIT, mandate.effective)
        custodian.require_employed(mandate.effective)
        self.record(
            happened.TransferReceived(**self.next(mandate), owner=to, custodian=custodian.id, location=location)
        )

    @command("拒收、取消调拨", "Refuse receipt or revoke the transfer")
    def fail_transfer(self, mandate: Mandate, *, note: Reason) -> None:
        self.require_step(states.FAIL_TRANSFER, mandate.effective)
        self.record(happened.TransferFailed(**self.next(mandate), back_to=self.home(mandate.effective), note=note))


class TransferToOwner(Refusal):
    code = "transfer-to-owner"
    zh = "接收单位就是现所有单位，无须调拨。物品在仓的，请办理退仓。"
    en = "The receiving unit owns the item already. If it is in a warehouse, take it out."
    field = "to"
