"""A county with a few things on the map, looked at by map programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.api.conftest import Office
from tests.api.seeing import Seeing, seeing
from tests.scenarios.movables import a_car

ROOMS = 7
CIRCLE = {"center": {"system": "EPSG:4490", "x": 106.05, "y": 38.02}, "radius": "500"}


@dataclass(frozen=True)
class Mapped:
    """The county's map service; `token` opens it."""

    desk: Seeing
    ids: dict[str, str]

    @property
    def address(self) -> str:
        return f"{str(self.desk.client.base_url).rstrip('/')}/ogc"

    @property
    def token(self) -> str:
        return str(self.desk.client.headers["authorization"].partition(" ")[2])

    def items(self, collection: str, **asked: Any) -> httpx.Response:
        given = {name.replace("_", "-"): value for name, value in asked.items()}
        return self.desk.client.get(f"/ogc/collections/{collection}/items", params=given)

    def found(self, collection: str, **asked: Any) -> list[dict[str, Any]]:
        answer = self.items(collection, **asked)
        assert answer.status_code == 200, answer.text
        features: list[dict[str, Any]] = answer.json()["features"]
        return features

    def refused(self, collection: str, **asked: Any) -> str:
        answer = self.items(collection, **asked)
        assert answer.status_code == 400, answer.text
        problem = answer.json()
        assert problem["detail"]
        assert problem["detail_en"]
        return str(problem["code"])


def box(west: float, south: float, width: float) -> dict[str, Any]:
    east, north = round(west + width, 6), round(south + width, 6)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"system": "EPSG:4490", "coordinates": [ring]}


@pytest.fixture(scope="module")
def county(office: Office) -> Iterator[Mapped]:
    with seeing(office) as desk:
        ids = _made(desk)
        desk.sees("/v1/rooms")  # so that the view has all of it
        yield Mapped(desk, ids)


def _made(desk: Seeing) -> dict[str, str]:
    does = desk.bureau.does
    unit = does("units.establish", effective="2010-01-01",
                unit={"name": "青铜峡市财政局", "unit_kind": "government", "level": "county", "division": "640381"})  # fmt: skip
    place = {"address": "古峡东街1号", "division": "640381"}
    yard = does(
        "compounds.register", effective="2015-01-01", name="市民大院", outline=box(106.05, 38.01, 0.01), **place
    )
    building = {"number": "Q-1", "name": "一号楼", **place, "floors_above": 3, "gross_area": "900.00", "structure": "mixed",
                "footprint": box(106.051, 38.011, 0.002)}  # fmt: skip
    house = does("buildings.register", effective="2015-01-01", building=building, owner=unit, compound=yard)
    rooms = [
        does(
            "rooms.register", effective="2016-01-01", building=house, floor=1 + number % 2, number=f"10{number}",
            category="office" if number < 5 else "service", net_area=f"{20 + number}.50",
            outline=box(round(106.0511 + number * 0.0002, 6), 38.0111, 0.0001),
        )
        for number in range(ROOMS)
    ]  # fmt: skip
    does("rooms.assign", rooms[-1], effective="2017-01-01", unit=unit)
    fence = does(
        "fences.draw", effective="2024-01-01", name="<script>alert(1)</script>四至范围", purpose="no-dispatch",
        managing_unit=unit, circle=CIRCLE, until="2025-01-01",
    )  # fmt: skip
    car = a_car(desk.bureau, unit, "宁C60001", 61)
    return {"car": car.id, "unit": unit.id, "building": house.id, "room": rooms[-1].id, "fence": fence.id}
