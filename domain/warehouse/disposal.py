"""An item is disposed of: asked for, decided by a meeting, carried out. 国令第738号."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from domain.kernel.commands import command
from domain.kernel.errors import Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.text import Money, Name, Reason
from domain.warehouse import leaving_events as happened
from domain.warehouse import states
from domain.warehouse.facets import DISPOSAL_MODE
from domain.warehouse.item_life import AnyPhotos, ItemLife
from domain.warehouse.life import day_of
from domain.warehouse.terms import DisposalGround, DisposalMode, ItemStatus

GONE: Final = frozenset({DisposalGround.LOSS, DisposalGround.FORCE_MAJEURE})
"""Grounds that leave nothing, or nothing whole: they may meet an item wherever it is, a borrower's included."""

BELOW_MINIMUM_LIFE: Final = GONE | {DisposalGround.NOT_WORTH_REPAIR}
"""No replacement below the minimum life unless beyond repair (财资〔2016〕27号)."""


class Disposal(ItemLife):
    """处置."""

    @command("申请处置", "Request disposal")
    def request_disposal(
        self, mandate: Mandate, *, ground: DisposalGround, note: Reason, photos: AnyPhotos = ()
    ) -> None:
        self.require_step(states.REQUEST_DISPOSAL, mandate.effective)
        self._require_ground(ground, mandate.effective)
        self.record(happened.DisposalRequested(**self.next(mandate), ground=ground, note=note, photos=photos))

    @command("不予处置、撤销处置", "Refuse or revoke the disposal")
    def refuse_disposal(self, mandate: Mandate, *, note: Reason) -> None:
        self.require_step(states.REFUSE_DISPOSAL, mandate.effective)
        self.record(happened.DisposalRefused(**self.next(mandate), back_to=self.home(mandate.effective), note=note))

    @command("集体决策批准处置", "Decide the disposal by a meeting", document=True)
    def decide_disposal(self, mandate: Mandate, *, ground: DisposalGround, mode: DisposalMode, minutes: Name) -> None:
        """The meeting may find another ground than the request; `minutes` is the number of its minutes."""
        self.require_step(states.DECIDE_DISPOSAL, mandate.effective)
        self._require_ground(ground, mandate.effective)
        self.require(ground is not DisposalGround.LOSS or mode is DisposalMode.SCRAP, LostCannotBeGiven(mode=mode.zh))
        self.record(happened.DisposalDecided(**self.next(mandate), ground=ground, mode=mode, minutes=minutes))

    @command("处置完成", "Complete the disposal", document=True)
    def complete_disposal(self, mandate: Mandate, *, income: Money, recipient: Name | None = None) -> None:
        self.require_step(states.DISPOSE, mandate.effective)
        donated = self.at(DISPOSAL_MODE, mandate.effective) is DisposalMode.DONATE
        self.require(not donated or income == Decimal(0), DonationWithIncome(income=income))
        self.require(not donated or recipient is not None, DonationWithoutRecipient())
        self.record(happened.ItemDisposedOf(**self.next(mandate), income=income, recipient=recipient))

    def _require_ground(self, ground: DisposalGround, moment: datetime) -> None:
        """Rules: the minimum life is lived out unless beyond repair; what is lent comes back first unless it is gone."""
        end = self.end_of_life(moment)
        if end is not None and day_of(moment) < end and ground not in BELOW_MINIMUM_LIFE:
            raise BelowMinimumLife(end=end.isoformat(), ground_zh=ground.zh, ground_en=ground.en)
        lent = self.home(moment) is ItemStatus.LENT
        self.require(not lent or ground in GONE, LentComesBackFirst())


class BelowMinimumLife(Refusal):
    code = "below-minimum-life"
    zh = "该物品的最低使用年限到 {end} 才满，不能以“{ground_zh}”处置；确已无法维修、灭失的，请改选相应情形。"
    en = "The minimum life is over only on {end}: no disposal on the ground “{ground_en}” before, unless beyond repair."
    field = "ground"


class LentComesBackFirst(Refusal):
    code = "lent-comes-back-first"
    zh = "物品尚在借出，除灭失、毁损外不能申请处置。请先办理归还验收。"
    en = "The item is lent; unless it is lost or destroyed, take it back before it is disposed of."


class LostCannotBeGiven(Refusal):
    code = "lost-cannot-be-given"
    zh = "盘亏或者非正常损失的物品已无实物，不能以“{mode}”处置，只能报损。"
    en = "What is lost cannot be sold, recycled or donated, only written off."
    field = "mode"


class DonationWithIncome(Refusal):
    code = "donation-with-income"
    zh = "捐赠没有处置收入，现填 {income} 元。请填 0，或核对处置方式。"
    en = "A donation brings no income, and {income} was given. Enter 0, or check the mode."
    field = "income"


class DonationWithoutRecipient(Refusal):
    code = "donation-without-recipient"
    zh = "捐赠须填写受赠单位。"
    en = "A donation names who receives it."
    field = "recipient"
