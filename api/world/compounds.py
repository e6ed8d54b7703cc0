"""Compounds: the yards that buildings stand in."""

from __future__ import annotations

from datetime import timedelta

from api.world.buildings import Site, building
from api.world.places import Box, outline, somewhere, within
from api.world.world import START, Life, World
from domain.premises.events import compound as happened


def compounds(world: World, count: int, buildings: int, rooms: int) -> None:
    for number in range(count):
        share = buildings * (number + 1) // count - buildings * number // count
        at = START + timedelta(days=25) if world.chance(0.7) else world.in_days(60, 2500)
        life = _compound(world, number, share, rooms // max(1, buildings))
        world.begin(life, world.between(at, at + timedelta(days=120)))


def _compound(world: World, number: int, buildings: int, rooms: int) -> Life:
    yield world.now
    stream, seat = world.stream("compound"), world.pick(world.directory.units)
    west, south = somewhere(world, seat.division)
    box: Box = (west, south, 0.004, 0.003)
    address = f"{seat.name[:6]}解放街{1 + number % 300}号"
    event = happened.CompoundRegistered(
        **stream.next(world.now), name=f"{seat.name}院落{number + 1}", address=address, division=seat.division,
        outline=outline(box),
    )  # fmt: skip
    world.tell(event, "房产清查登记")
    for index in range(buildings):
        site = Site(stream.id, seat, address, f"{number + 1}-{index + 1}", within(world, box, 0.2), rooms)
        world.begin(building(world, site), world.in_days(1, 40))
    while True:
        yield world.in_days(900, 3000)
        if world.chance(0.5):
            redrawn = happened.CompoundRedrawn(**stream.next(world.now), outline=outline(within(world, box, 0.97)))
            world.tell(redrawn, "院落范围重新测绘")
        else:
            renamed = happened.CompoundRenamed(**stream.next(world.now), name=f"{seat.name}院落（{world.now.year}）")
            world.tell(renamed, "院落更名")
