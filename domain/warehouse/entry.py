"""An item enters a warehouse: asked for, looked at, taken in or refused; and goes back to its owner."""

from __future__ import annotations

from domain.kernel.commands import command
from domain.kernel.errors import Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.text import Name, Note, Reason, Token
from domain.organisations.person import Person
from domain.warehouse import entry_events as happened
from domain.warehouse import states
from domain.warehouse.facets import GRADE, OWNER
from domain.warehouse.item_life import ItemLife, Photos
from domain.warehouse.terms import EntryRefusalGround, Grade, WithdrawalReason
from domain.warehouse.warehouse import Warehouse


class Entry(ItemLife):
    """入仓 and 退仓. The right to refuse keeps the warehouse from becoming a scrap yard."""

    @command("申请入仓", "Request entry into a warehouse")
    def request_entry(
        self, mandate: Mandate, *, warehouse: Warehouse, reason: Reason, grade_claimed: Grade, photos: Photos
    ) -> None:
        self.require_step(states.REQUEST_ENTRY, mandate.effective)
        warehouse.require_lasting(mandate.effective)
        self.require(bool(photos), PhotosMissing())
        self.record(
            happened.EntryRequested(
                **self.next(mandate),
                warehouse=warehouse.id,
                reason=reason,
                grade_claimed=grade_claimed,
                photos=photos,
            )
        )

    @command("撤销入仓申请", "Cancel the entry request")
    def cancel_entry(self, mandate: Mandate, *, note: Note = "") -> None:
        self.require_step(states.CANCEL_ENTRY, mandate.effective)
        self.record(happened.EntryCancelled(**self.next(mandate), note=note))

    @command("入仓查验", "Inspect for entry")
    def inspect(self, mandate: Mandate, *, grade: Grade, photos: Photos, note: Reason) -> None:
        """The inspector grades what is there, whatever the request claimed."""
        self.require_step(states.INSPECT, mandate.effective)
        self.require(bool(photos), PhotosMissing())
        self.record(happened.EntryInspected(**self.next(mandate), grade=grade, photos=photos, note=note))

    @command("接收入仓", "Accept into the warehouse")
    def accept(
        self, mandate: Mandate, *, warehouse: Warehouse, shelf: Token | None = None, location: Name | None = None
    ) -> None:
        """Into the warehouse that was asked for, or another one that has room."""
        self.require_step(states.ACCEPT, mandate.effective)
        self.require(self.at(GRADE, mandate.effective) is not Grade.D, ScrapNotAccepted())
        warehouse.require_lasting(mandate.effective)
        warehouse.require_shelf(shelf, mandate.effective)
        self.record(
            happened.EntryAccepted(**self.next(mandate), warehouse=warehouse.id, shelf=shelf, location=location)
        )

    @command("拒绝入仓", "Refuse entry")
    def refuse_entry(self, mandate: Mandate, *, ground: EntryRefusalGround, note: Note = "") -> None:
        self.require_step(states.REFUSE_ENTRY, mandate.effective)
        self.record(happened.EntryRefused(**self.next(mandate), ground=ground, note=note))

    @command("退仓", "Take out of the warehouse, back to the owner", document=True)
    def take_out(
        self,
        mandate: Mandate,
        *,
        reason: WithdrawalReason,
        custodian: Person | None = None,
        location: Name | None = None,
    ) -> None:
        self.require_step(states.TAKE_OUT, mandate.effective)
        if custodian is not None:
            custodian.require_employed(mandate.effective)
        self.record(
            happened.ItemTakenOut(
                **self.next(mandate),
                reason=reason,
                owner=self.required(OWNER, mandate.effective),
                custodian=custodian.id if custodian else None,
                location=location,
            )
        )


class PhotosMissing(Refusal):
    code = "photos-missing"
    zh = "入仓申请和查验须附照片。请至少上传一张现状照片。"
    en = "A request for entry and an inspection come with photos. Upload at least one of the thing as it is."
    field = "photos"


class ScrapNotAccepted(Refusal):
    code = "scrap-not-accepted"
    zh = "查验成色为“待报废”的物品不能入仓。请拒绝入仓，由原单位按规定申请处置。"
    en = "An item found fit only for scrap is not taken in. Refuse entry; its owner requests disposal."
