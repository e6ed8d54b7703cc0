"""What a bureau records all day on things that are there: readings, refuellings, valuations, measurements, names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from domain.catalogue import COMMANDS
from domain.kernel.mandate import Actor, Document, Mandate
from domain.work import Call

_AMONG = "status = %s AND until IS NULL AND begins <= now() AND ends = 'infinity'"


def calls(owner_url: str, seed: int) -> Iterator[Call]:
    """Commands without end, each kind in turn, on things of the live view in random order."""
    random = Random(seed)  # noqa: S311 -- repeatable, not secret
    with psycopg.connect(owner_url) as connection:
        row = connection.execute("SELECT schema FROM reading.generations WHERE role = 'live'").fetchone()
        connection.execute("SELECT set_config('search_path', %s, false)", [row[0] if row else ""])

        def some(kind: str, status: str, columns: str = "asset") -> list[tuple[Any, ...]]:
            found = connection.execute(f"SELECT {columns} FROM {kind} WHERE {_AMONG} ORDER BY asset".encode(), [status])  # noqa: S608 -- names of the code
            rows = found.fetchall()
            random.shuffle(rows)
            return rows

        rooms, items, units = some("rooms", "in-service"), some("items", "with-unit"), some("units", "active")
        buildings = some("buildings", "standing")
        vehicles = some("vehicles", "in-service", "asset, odometer, coalesce(fuel_card, '')")
    kinds: list[Callable[[int], Call]] = [
        lambda n: _call("rooms.measure", rooms[n % len(rooms)][0], net_area=Decimal(12 + n % 40)),
        lambda n: _call("items.revalue", items[n % len(items)][0], value=Decimal(100 + n), note="年度评估"),
        lambda n: _reading("vehicles.note-odometer", vehicles[2 * n % len(vehicles)], n),
        lambda n: _call("items.relocate", items[-n % len(items)][0], location=f"综合楼{n}室"),
        lambda n: _call("rooms.measure", rooms[-n % len(rooms)][0], net_area=Decimal(12 + n % 30)),
        lambda n: _call("units.rename", units[n % len(units)][0], name=f"更名后的单位{n}"),
        lambda n: _reading("vehicles.refuel", vehicles[(2 * n + 1) % len(vehicles)], n, card=True),
        lambda n: _call("buildings.revalue", buildings[n % len(buildings)][0], value=Decimal(1_000_000 + n)),
    ]
    return (kind(number) for number in count(1) for kind in kinds)


def _call(command: str, id: UUID, **arguments: Any) -> Call:
    now = datetime.now(UTC)
    mandate = Mandate(
        actor=Actor(user="liwei", unit="640000-机关事务管理局", role="premises-officer"),
        reason="日常登记",
        documents=(Document(number="宁机管发〔2026〕17号"),),
        effective=now - timedelta(seconds=1),
        received=now,
    )
    return Call(command=COMMANDS[command], id=id, arguments=arguments, mandate=mandate)


def _reading(command: str, vehicle: tuple[Any, ...], number: int, *, card: bool = False) -> Call:
    id, odometer, fuel_card = vehicle
    arguments: dict[str, Any] = {"odometer": (odometer or 0) + number}
    if card:
        arguments |= {"card": fuel_card, "litres": Decimal("41.20"), "cost": Decimal("320.00")}
    return _call(command, id, **arguments)
