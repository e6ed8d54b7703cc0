"""What happens to a lot, as tests tell it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from domain.warehouse.lot import Lot
from domain.warehouse.terms import WriteOffGround
from tests.domain.scenario import an_id, day, mandate
from tests.domain.warehouse.situations import a_person, a_unit, a_warehouse

Done = Callable[[Lot], None]


def issued(when: str, quantity: int, unit: str = "信访局") -> Done:
    return lambda it: it.issue(mandate(when), unit=a_unit(unit), quantity=Decimal(quantity), receiver=a_person("李建"))


def brought_back(when: str, quantity: int, unit: str = "信访局") -> Done:
    return lambda it: it.take_back(mandate(when), unit=a_unit(unit), quantity=Decimal(quantity))


def written_off(when: str, quantity: int, ground: WriteOffGround = WriteOffGround.DAMAGED) -> Done:
    return lambda it: it.write_off(mandate(when), ground=ground, quantity=Decimal(quantity), note="受潮")


def moved(when: str, quantity: int, lot: Lot | None = None, shelf: str | None = None) -> Done:
    new = lot or Lot(an_id("part"))
    return lambda it: it.move(
        mandate(when), to=a_warehouse("会展公物仓"), quantity=Decimal(quantity), lot=new, shelf=shelf
    )


def quantities(lot: Lot, *days: str) -> list[int]:
    return [int(lot.quantity_at(day(one))) for one in days]
