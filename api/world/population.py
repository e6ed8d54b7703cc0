"""How many there are of everything in a world of so many events: ten years of their lives come to that many."""

from __future__ import annotations

from api.world.compounds import compounds
from api.world.drivers import drivers
from api.world.items import items
from api.world.lots import lots
from api.world.organisations import people, units
from api.world.vehicles import vehicles
from api.world.warehouses import warehouses
from api.world.world import World

# Of each kind, so many for every thousand events.
DEPARTMENTS, PEOPLE, COMPOUNDS, BUILDINGS, ROOMS = 2.3, 7.2, 0.53, 3.4, 36.0
VEHICLES, DRIVERS, WAREHOUSES, ITEMS, LOTS = 0.455, 0.455, 0.03, 13.8, 1.33


def populated(events: int, seed: int) -> World:
    world = World(events, seed)

    def so_many(share: float, least: int = 1) -> int:
        return max(least, round(events * share / 1000))

    units(world, so_many(DEPARTMENTS, 8))
    people(world, so_many(PEOPLE, 12))
    compounds(world, so_many(COMPOUNDS, 2), so_many(BUILDINGS, 4), so_many(ROOMS))
    vehicles(world, so_many(VEHICLES, 2))
    drivers(world, so_many(DRIVERS, 3))
    warehouses(world, so_many(WAREHOUSES, 2))
    items(world, so_many(ITEMS))
    lots(world, so_many(LOTS))
    return world
