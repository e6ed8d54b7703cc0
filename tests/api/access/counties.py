"""Two counties that have nothing to do with each other: one thing of every kind in each, and its name in every word of it.

Whatever an answer about the one county says of the other is found by looking for that county's ids and for its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.access.rights import Right
from domain.catalogue import AGGREGATES
from tests.scenarios.bureau import Bureau, Done, line
from tests.scenarios.movables import LONG_AFTER, a_vin

LONG_AGO = "2015-01-01"
POINTS = {"640381": (106.07, 38.02), "640323": (107.40, 37.78)}
PHONE = "13995000001"
PLATES = {"640381": "宁C8A", "640323": "宁C3B"}


@dataclass
class County:
    """`things`: the ids by kind. `named`: all others that tests speak of."""

    name: str
    division: str
    serial: int
    """Where its numbers begin: plates, chassis, assets."""
    things: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    """Of the event that began each of the things."""

    @property
    def secrets(self) -> dict[Right, str]:
        """What of this county is shown only to those who have the right."""
        return {Right.NAMES: f"{self.name}马明", Right.PERSONAL: PHONE, Right.MASKED: f"{self.name}车库unmarked"}

    @property
    def ids(self) -> set[str]:
        return {*self.things.values(), *self.named.values()}

    @property
    def document(self) -> str:
        return f"{self.name}发〔2020〕1号"

    def told(self, effective: str = LONG_AGO) -> dict[str, Any]:
        return {"effective": effective, "document": self.document, "grounds": f"{self.name}登记"}

    def hidden_in(self, said: str) -> str:
        """A text without what tells this county from any other of which one knows as little."""
        for kind, id in self.things.items():
            said = said.replace(id, f"<{kind}>")
        return said.replace(self.name, "<county>").replace(self.division, "<division>")

    def traces(self, text: str) -> list[str]:
        """What of this county stands in a text."""
        return [trace for trace in sorted({*self.ids, self.name}) if trace in text]


def nowhere() -> County:
    """A county of which nothing was ever registered."""
    ghost = County("丙县", "640324", 50)
    ghost.things |= {cls.kind: str(UUID(int=number)) for number, cls in enumerate(AGGREGATES, 1000)}
    ghost.positions |= dict.fromkeys(ghost.things, 10**6)
    return ghost


def settled(bureau: Bureau, name: str, division: str, serial: int) -> County:
    """A county with everything in it."""
    county = County(name, division, serial)
    for kind, done in _things(bureau, county):
        county.things.setdefault(kind, done.id)
        county.positions.setdefault(kind, done.raw["events"][0]["position"])
    return county


def _things(bureau: Bureau, county: County) -> Iterator[tuple[str, Done]]:
    yield from _organisations(bureau, county)
    yield from _premises(bureau, county)
    yield from _vehicles(bureau, county)
    yield from _warehouse(bureau, county)
    yield from _approvals(bureau, county)


def _organisations(bureau: Bureau, county: County) -> Iterator[tuple[str, Done]]:
    said = {"unit_kind": "government", "level": "county", "division": county.division}
    unit = bureau.does("units.establish", unit={"name": f"{county.name}机关事务局", **said}, **county.told())
    yield "units", unit
    below = {"name": f"{county.name}车队", **said}
    county.named["branch"] = bureau.does("units.establish", unit=below, parent=unit, **county.told()).id
    person = bureau.does(
        "people.join",
        unit=unit,
        name=f"{county.name}马明",
        phone=PHONE,
        staff_type="established",
        **county.told(),
    )
    yield "people", person


def _premises(bureau: Bureau, county: County) -> Iterator[tuple[str, Done]]:
    place = {"address": f"{county.name}古峡街1号", "division": county.division}
    compound = bureau.does(
        "compounds.register", name=f"{county.name}大院", outline=_box(county, 0.003), **place, **county.told()
    )
    yield "compounds", compound
    building = {
        "number": f"{county.division}-1", "name": f"{county.name}办公楼", **place, "floors_above": 3, "gross_area": "900.00",
        "structure": "mixed", "footprint": _box(county, 0.001),
    }  # fmt: skip
    house = bureau.does(
        "buildings.register", building=building, owner=county.things["units"], compound=compound, **county.told()
    )
    yield "buildings", house
    room = bureau.does(
        "rooms.register", building=house, floor=3, number=f"{county.name}301", category="office", net_area="24.00",
        **county.told(),
    )  # fmt: skip
    bureau.does("rooms.assign", room, unit=county.things["units"], **county.told("2016-01-01"))
    bureau.does("rooms.move-in", room, person=county.things["people"], **county.told("2016-01-01"))
    yield "rooms", room


def _vehicles(bureau: Bureau, county: County) -> Iterator[tuple[str, Done]]:
    for index, name in enumerate(("car", "unmarked")):
        car = bureau.does(
            "vehicles.register", plate=f"{PLATES[county.division]}{county.serial + index:03}", vin=a_vin(county.serial + index),
            model=f"{county.name}轿车", category="other", body="car", energy="petrol", displacement="1.8", price="175000.00",
            odometer=10, owner=county.things["units"], unmarked=name == "unmarked", **county.told("2020-03-01"),
        )  # fmt: skip
        west, south = POINTS[county.division]
        bureau.does(
            "vehicles.fix-parking", car, name=f"{county.name}车库{name}",
            place={"system": "EPSG:4490", "x": west, "y": south}, **county.told("2020-03-02"),
        )  # fmt: skip
        county.named[name] = car.id
        yield "vehicles", car
    west, south = POINTS[county.division]
    fence = bureau.does(
        "fences.draw", name=f"{county.name}城区四至范围", purpose="no-dispatch", managing_unit=county.things["units"],
        circle={"center": {"system": "EPSG:4490", "x": west, "y": south}, "radius": "800"}, **county.told("2020-03-03"),
    )  # fmt: skip
    yield "fences", fence
    driver = bureau.does(
        "drivers.enrol",
        person=county.things["people"],
        licence="B1",
        valid_until=LONG_AFTER,
        **county.told("2019-01-01"),
    )
    yield "drivers", driver
    journey = bureau.does(
        "journeys.request", unit=county.things["units"], purpose="survey", purpose_text=f"{county.name}调研",
        destination=f"{county.name}牛首山", outside_city=False, passengers=2, planned_from="2030-04-09T08:00:00+08:00",
        planned_until="2030-04-09T19:00:00+08:00", **county.told("2024-04-08"),
    )  # fmt: skip
    yield "journeys", journey


def _warehouse(bureau: Bureau, county: County) -> Iterator[tuple[str, Done]]:
    warehouse = bureau.does(
        "warehouses.open", name=f"{county.name}公物仓", form="physical", managing_unit=county.things["units"],
        division=county.division, address=f"{county.name}仓库街", **county.told("2022-01-01"),
    )  # fmt: skip
    yield "warehouses", warehouse
    item = bureau.does(
        "items.register", asset_number=f"ZC-{county.serial}", asset_class="A02010108", name=f"{county.name}电脑", value="6800.00",
        bought="2021-09-10", owner=county.things["units"], **county.told("2022-02-01"),
    )  # fmt: skip
    yield "items", item
    lot = bureau.does(
        "lots.receive", warehouse=warehouse, asset_class="A07000000", name=f"{county.name}复印纸", measure="箱",
        quantity="200", unit_price="148.00", **county.told("2025-01-06"),
    )  # fmt: skip
    yield "lots", lot


def _approvals(bureau: Bureau, county: County) -> Iterator[tuple[str, Done]]:
    unit = county.things["units"]
    proposal = bureau.does(
        "proposals.submit", title=f"{county.name}调整房间", unit=unit, levels=[unit],
        commands=[line("rooms.change-category", county.things["rooms"], category="service")], **county.told("2025-02-01"),
    )  # fmt: skip
    yield "proposals", proposal


def _box(county: County, width: float) -> dict[str, Any]:
    west, south = POINTS[county.division]
    east, north = round(west + width, 6), round(south + width, 6)
    return {
        "system": "EPSG:4490",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }
