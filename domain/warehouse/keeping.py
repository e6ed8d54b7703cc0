"""An item is looked after: who keeps it, where it is, what it is worth using, whether it lies idle and is offered."""

from __future__ import annotations

from datetime import datetime

from domain.kernel.commands import command
from domain.kernel.errors import InvalidValue, Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.text import Money, Name, Note, Reason, Token
from domain.organisations.person import Person
from domain.warehouse import item_events as happened
from domain.warehouse import states
from domain.warehouse.facets import IDLE, PUBLISHED_FOR
from domain.warehouse.item_life import AnyPhotos, ItemLife
from domain.warehouse.terms import Grade, ItemStatus, PublishedFor
from domain.warehouse.warehouse import Warehouse


class Keeping(ItemLife):
    """What is done with an item that stays where it belongs."""

    @command("变更保管人", "Change the custodian")
    def change_custodian(self, mandate: Mandate, *, custodian: Person) -> None:
        self.require_step(states.CHANGE_CUSTODIAN, mandate.effective)
        custodian.require_employed(mandate.effective)
        self.record(happened.CustodianChanged(**self.next(mandate), custodian=custodian.id))

    @command("变更存放位置", "Relocate")
    def relocate(self, mandate: Mandate, *, location: Name) -> None:
        self.require_step(states.RELOCATE, mandate.effective)
        self.record(happened.ItemRelocated(**self.next(mandate), location=location))

    @command("移仓、移架", "Move to another warehouse or shelf")
    def shelve(
        self, mandate: Mandate, *, warehouse: Warehouse, shelf: Token | None = None, location: Name | None = None
    ) -> None:
        self.require_step(states.SHELVE, mandate.effective)
        warehouse.require_lasting(mandate.effective)
        warehouse.require_shelf(shelf, mandate.effective)
        self.record(happened.ItemShelved(**self.next(mandate), warehouse=warehouse.id, shelf=shelf, location=location))

    @command("调整成色", "Grade again")
    def regrade(self, mandate: Mandate, *, grade: Grade, note: Reason, photos: AnyPhotos = ()) -> None:
        self.require_step(states.REGRADE, mandate.effective)
        self.record(happened.ItemRegraded(**self.next(mandate), grade=grade, note=note, photos=photos))

    @command("登记维修", "Record a repair")
    def repair(self, mandate: Mandate, *, work: Reason, cost: Money, grade: Grade) -> None:
        self.require_step(states.REGRADE, mandate.effective)
        self.record(happened.ItemRepaired(**self.next(mandate), work=work, cost=cost, grade=grade))

    @command("登记闲置", "Declare idle")
    def declare_idle(self, mandate: Mandate, *, note: Note = "") -> None:
        self.require_step(states.DECLARE_IDLE, mandate.effective)
        self.require(not self.at(IDLE, mandate.effective), AlreadyIdle(at=mandate.effective.isoformat()))
        self.record(happened.ItemDeclaredIdle(**self.next(mandate), note=note))

    @command("恢复使用", "Put to use again")
    def put_to_use(self, mandate: Mandate, *, note: Note = "") -> None:
        self.require_step(states.DECLARE_IDLE, mandate.effective)
        self.require_idle(mandate.effective)
        self.record(happened.ItemPutToUse(**self.next(mandate), note=note))

    @command("信息发布", "Publish as available")
    def publish(self, mandate: Mandate, *, purpose: PublishedFor, until: datetime, note: Note = "") -> None:
        self.require_step(states.PUBLISH, mandate.effective)
        self.require_idle(mandate.effective)
        if until <= mandate.effective:
            raise EndsBeforeItBegins(since=mandate.effective.isoformat(), until=until.isoformat())
        stored = self.status_at(mandate.effective) is ItemStatus.STORED
        self.require(stored or purpose is PublishedFor.TRANSFER, LentOnlyFromWarehouse(purpose=purpose.zh))
        self.record(happened.ItemPublished(**self.next(mandate), purpose=purpose, until=until, note=note))

    @command("撤下信息", "End the publication")
    def end_publication(self, mandate: Mandate) -> None:
        published = self.at(PUBLISHED_FOR, mandate.effective)
        self.require(published is not None, NotPublished(at=mandate.effective.isoformat()))
        self.record(happened.PublicationEnded(**self.next(mandate)))

    def require_idle(self, moment: datetime) -> None:
        """Rule: what is in use is neither offered to others nor put to use once more."""
        if not self.at(IDLE, moment):
            raise NotIdle(at=moment.isoformat())


class AlreadyIdle(Refusal):
    code = "item-already-idle"
    zh = "该物品在 {at} 已登记闲置，无须重复登记。"
    en = "The item is recorded as idle at {at} already."


class NotIdle(Refusal):
    code = "item-not-idle"
    zh = "该物品在 {at} 并未闲置。请先登记闲置，或核对生效时间。"
    en = "The item is not idle at {at}. Declare it idle first, or check the time."


class EndsBeforeItBegins(InvalidValue):
    code = "publication-ends-before-it-begins"
    zh = "发布截止时间 {until} 不晚于发布时间 {since}。请改为之后的时间。"
    en = "The publication would end at {until}, not after it begins at {since}. Give a later end."
    field = "until"


class LentOnlyFromWarehouse(Refusal):
    code = "lent-only-from-warehouse"
    zh = "仍由单位占用的物品只能发布用于调拨，不能用于“{purpose}”。需要借出的，请先申请入仓。"
    en = "An item that is still with its unit is published for transfer only. To have it lent, bring it into a warehouse."
    field = "purpose"


class NotPublished(Refusal):
    code = "item-not-published"
    zh = "该物品在 {at} 没有发布信息，无须撤下。"
    en = "The item is not published at {at}."
