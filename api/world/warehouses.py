"""Warehouses with their shelves and keepers."""

from __future__ import annotations

from datetime import timedelta

from api.world.directory import KnownWarehouse
from api.world.places import point, somewhere
from api.world.world import START, Life, World
from domain.kernel.codes import DIVISIONS
from domain.warehouse import warehouse_events as happened
from domain.warehouse.terms import WarehouseForm


def warehouses(world: World, count: int) -> None:
    for number in range(count):
        world.begin(_warehouse(world, number), START + timedelta(days=40, hours=number))


def _warehouse(world: World, number: int) -> Life:
    yield world.now
    stream, unit = world.stream("warehouse"), world.pick(world.directory.units)
    virtual = number % 5 == 4  # noqa: PLR2004 -- every fifth
    event = happened.WarehouseOpened(
        **stream.next(world.now), name=f"{DIVISIONS[unit.division]}公物仓（{number + 1}号）",
        form=WarehouseForm.VIRTUAL if virtual else WarehouseForm.PHYSICAL, managing_unit=unit.id, division=unit.division,
        address=None if virtual else f"{DIVISIONS[unit.division]}工业路{number + 1}号",
        place=None if virtual else point(*somewhere(world, unit.division)),
    )  # fmt: skip
    world.tell(event, "建立公物仓", "warehouse-keeper", document=True)
    world.hold(stream, "managing", unit.id)
    shelves = () if virtual else tuple(f"{row}-{place:02d}" for row in "ABC" for place in range(1, 5))
    yield world.in_days(0.5, 2)
    for shelf in shelves:
        world.tell(happened.ShelfAdded(**stream.next(world.now), shelf=shelf), "货架启用", "warehouse-keeper")
    yield world.in_days(0.5, 2)
    world.directory.warehouses.append(KnownWarehouse(stream.id, shelves))
    while True:
        keeper = world.pick(world.directory.people)
        world.tell(happened.KeeperAppointed(**stream.next(world.now), keeper=keeper), "指定管理员", "warehouse-keeper")
        yield world.in_days(300, 1500)
        if world.chance(0.15):
            to = world.pick(world.directory.units).id
            handed = happened.WarehouseHandedOver(**stream.next(world.now), managing_unit=to)
            world.tell(handed, "变更管理单位", document=True)
            world.hold(stream, "managing", to)
