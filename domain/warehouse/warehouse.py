"""A warehouse 公物仓: who manages it, where it stands, its shelves and keeper, and how it closes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.kernel.codes import division as valid_division
from domain.kernel.commands import command
from domain.kernel.errors import Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.places import DeclaredPoint, Point
from domain.kernel.text import Name, Token
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from domain.warehouse import warehouse_events as happened
from domain.warehouse.facets import ADDRESS, MANAGING_UNIT, SHELVES, WAREHOUSE_FORM, WAREHOUSE_STATUS
from domain.warehouse.life import Life
from domain.warehouse.terms import WarehouseForm, WarehouseStatus


class Warehouse(Life):
    kind = "warehouses"
    zh = "公物仓"
    en = "warehouse"

    @command("设立公物仓", "Open a warehouse", creates=True, document=True)
    def open(
        self,
        mandate: Mandate,
        *,
        name: Name,
        form: WarehouseForm,
        managing_unit: Unit,
        division: Token,
        address: Name | None = None,
        place: DeclaredPoint | None = None,
    ) -> None:
        managing_unit.require_active(mandate.effective)
        self.record(
            happened.WarehouseOpened(
                **self.next(mandate),
                name=name,
                form=form,
                managing_unit=managing_unit.id,
                division=valid_division(division),
                address=address,
                place=None if place is None else Point.declared(place),
            )
        )

    @command("公物仓更名", "Rename the warehouse")
    def rename(self, mandate: Mandate, *, name: Name) -> None:
        self.require_open(mandate.effective)
        self.record(happened.WarehouseRenamed(**self.next(mandate), name=name))

    @command("公物仓迁址", "Move the warehouse")
    def move(
        self, mandate: Mandate, *, division: Token, address: Name | None = None, place: DeclaredPoint | None = None
    ) -> None:
        self.require_open(mandate.effective)
        self.record(
            happened.WarehouseMoved(
                **self.next(mandate),
                division=valid_division(division),
                address=address,
                place=None if place is None else Point.declared(place),
            )
        )

    @command("变更管理单位", "Hand the warehouse over to another unit", document=True, future=True)
    def hand_over(self, mandate: Mandate, *, to: Unit) -> None:
        self.require_open(mandate.effective)
        to.require_active(mandate.effective)
        self.record(happened.WarehouseHandedOver(**self.next(mandate), managing_unit=to.id))

    @command("增设货架", "Add a shelf")
    def add_shelf(self, mandate: Mandate, *, shelf: Token) -> None:
        self.require_open(mandate.effective)
        if self.at(SHELVES, mandate.effective, shelf):
            raise ShelfExists(shelf=shelf, field="shelf")
        self.record(happened.ShelfAdded(**self.next(mandate), shelf=shelf))

    @command("撤除货架", "Remove a shelf")
    def remove_shelf(self, mandate: Mandate, *, shelf: Token) -> None:
        """What still lies on it stays where it is recorded until it is moved; nothing new can be put there."""
        self.require_open(mandate.effective)
        self.require_shelf(shelf, mandate.effective)
        self.record(happened.ShelfRemoved(**self.next(mandate), shelf=shelf))

    @command("指定管理员", "Appoint the keeper", future=True)
    def appoint_keeper(self, mandate: Mandate, *, keeper: Person) -> None:
        self.require_open(mandate.effective)
        keeper.require_employed(mandate.effective)
        self.record(happened.KeeperAppointed(**self.next(mandate), keeper=keeper.id))

    @command("关闭公物仓", "Close the warehouse", document=True)
    def close(self, mandate: Mandate) -> None:
        """Nothing may still be kept in it from then on: the store refuses otherwise, and says what is."""
        self.require_open(mandate.effective)
        self.record(happened.WarehouseClosed(**self.next(mandate)))

    @property
    def emptied_from(self) -> datetime | None:
        return self.first_as(WAREHOUSE_STATUS, WarehouseStatus.CLOSED)

    def require_open(self, moment: datetime) -> None:
        """Rule: only a warehouse that is open at the moment can act or take anything in."""
        if self.at(WAREHOUSE_STATUS, moment) is not WarehouseStatus.OPEN:
            raise WarehouseNotOpen(id=self.id, at=moment.isoformat())

    def require_lasting(self, moment: datetime) -> None:
        """Rule: nothing is put, with no end known, into a warehouse that is known to close."""
        self.require_open(moment)
        if self.finally_(WAREHOUSE_STATUS) is WarehouseStatus.CLOSED:
            raise WarehouseClosesLater(id=self.id, at=moment.isoformat())

    def require_shelf(self, shelf: str | None, moment: datetime) -> None:
        """Rule: things are put on shelves that are there (no shelf: somewhere in the warehouse)."""
        if shelf is not None and not self.at(SHELVES, moment, shelf):
            raise ShelfUnknown(shelf=shelf, id=self.id, field="shelf")

    def check(self) -> None:
        self.require_nothing_before_birth()
        self._require_address_where_things_are()
        for fact in self.stated(WAREHOUSE_STATUS):
            if fact.value is WarehouseStatus.CLOSED:
                self.require_nothing_after(fact.start)

    def holders(self) -> dict[UUID, datetime | None]:
        return self.held_through(MANAGING_UNIT)

    def _require_address_where_things_are(self) -> None:
        """Rule: a physical warehouse has an address at all times; a virtual one has no shelves."""
        physical = self.finally_(WAREHOUSE_FORM) is WarehouseForm.PHYSICAL
        if physical and any(fact.value is None for fact in self.stated(ADDRESS)):
            raise PhysicalNeedsAddress(field="address")
        if not physical and any(self.stated(SHELVES)):
            raise VirtualHasNoShelves(field="shelf")


class WarehouseNotOpen(Refusal):
    code = "warehouse-not-open"
    zh = "公物仓 {id} 在 {at} 未启用（尚未设立或已关闭），不能办理此事项。"
    en = "Warehouse {id} is not open at {at}: not yet opened, or closed."


class WarehouseClosesLater(Refusal):
    code = "warehouse-closes-later"
    zh = "公物仓 {id} 在 {at} 之后已关闭，不能再补登入库。请改登记到接收其物品的公物仓，或先更正关闭记录。"
    en = "Warehouse {id} has closed after {at}. Record this in the warehouse that took over, or correct the closing first."


class ShelfExists(Refusal):
    code = "shelf-exists"
    zh = "货架“{shelf}”已存在。请换一个编号。"
    en = "There is a shelf {shelf!r} already. Use another code."


class ShelfUnknown(Refusal):
    code = "shelf-unknown"
    zh = "公物仓 {id} 没有货架“{shelf}”。请核对编号，或先增设货架。"
    en = "Warehouse {id} has no shelf {shelf!r}. Check the code, or add the shelf first."


class PhysicalNeedsAddress(Refusal):
    code = "physical-warehouse-needs-address"
    zh = "实体公物仓须有地址。请填写地址；物品分散存放于各单位的，请登记为虚拟仓。"
    en = "A physical warehouse has an address. Give it, or open a virtual warehouse where things stay with their units."


class VirtualHasNoShelves(Refusal):
    code = "virtual-warehouse-has-no-shelves"
    zh = "虚拟公物仓没有货架。请在物品上登记存放位置。"
    en = "A virtual warehouse has no shelves. Record the location of each item instead."
