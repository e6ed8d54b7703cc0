"""The geofences of the demonstration: one of each purpose, each drawn in another way. They are invented like all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.demo.step import CAR, OFFICE, TOWN, VERGE, YARD, Step, ref

_SYSTEM = "EPSG:4326"
_ROUND_TOWN = [
    [106.195, 38.455], [106.275, 38.452], [106.290, 38.480], [106.278, 38.512], [106.205, 38.515], [106.188, 38.486],
    [106.195, 38.455],
]  # fmt: skip
_STATION = [[106.205, 38.470], [106.205, 38.478], [106.216, 38.478], [106.216, 38.470], [106.205, 38.470]]
"""Cars are sent to the station, though the town lies all around it."""
_RING_ROAD = [[106.241, 38.4995], [106.249, 38.5005], [106.257, 38.4990]]


def fences() -> Iterator[Step]:
    yield _drawn(
        TOWN, "2022-01-01", "no-dispatch", "划定市区四至范围，范围内不派车", "银机管发〔2021〕58号",
        polygon={"system": _SYSTEM, "coordinates": [_ROUND_TOWN, _STATION]},
    )  # fmt: skip
    yield _drawn(
        YARD, "2022-03-01", "parking", "确定固定停放点", "银机管发〔2022〕9号", for_vehicles=[ref(CAR)],
        circle={"center": {"system": _SYSTEM, "x": 106.2316, "y": 38.4858}, "radius": "60"},
    )  # fmt: skip
    yield _drawn(
        VERGE, "2024-10-01", "sealing", "国庆节期间公务用车封存", "银机管发〔2024〕40号", until="2024-10-08",
        corridor={"line": {"system": _SYSTEM, "coordinates": _RING_ROAD}, "width": "40"},
    )  # fmt: skip
    yield Step(
        command="fences.put-in-force", subject=VERGE, effective="2025-01-28", reason="春节期间公务用车封存",
        document="银机管发〔2025〕3号", arguments={"until": "2025-02-05"},
    )  # fmt: skip


def _drawn(name: str, since: str, purpose: str, reason: str, document: str, **arguments: Any) -> Step:
    return Step(
        command="fences.draw", subject=name, effective=since, reason=reason, document=document, user="demo-zhang",
        arguments={"name": f"{name}（演示）", "purpose": purpose, "managing_unit": ref(OFFICE), **arguments},
    )  # fmt: skip
