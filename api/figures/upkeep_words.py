"""Costs in words, and what a distance makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from domain.vehicles.terms import CostKind, Purpose, ServiceKind
from projections.queries.things import Names, called
from projections.queries.upkeep import per_distance

_ENTRIES: dict[str, tuple[str, str]] = {
    "fuel": ("燃油费", "Fuel"),
    "charging": ("充电费", "Charging"),
    "repair": ("维修费", "Repair"),
    "insurance": ("保险费", "Insurance"),
    "inspection": ("年检费", "Inspection"),
    "accident": ("事故损失", "Loss in an accident"),
    "disposal-income": ("处置收入", "Income of its disposal"),
    "major-repair": ("大中修", "Major repair"),
    "daily-repair": ("日常维修", "Daily repair"),
    **{f"service:{kind.value}": (kind.zh, kind.en) for kind in ServiceKind},
    **{kind.value: (kind.zh, kind.en) for kind in CostKind},
}


def entry_words(entry: str) -> dict[str, str]:
    zh, en = _ENTRIES.get(entry, (entry, entry))
    return {"zh": zh, "en": en}


def value_in_words(dimension: str, value: Any, names: Names) -> dict[str, Any]:
    """A value of a dimension: its id or code, and what it is called."""
    if value is None:
        return {"id": None, "label": "（无）", "label_en": "(none)"}
    if isinstance(value, UUID):
        return {"id": value, "label": called(names, value), "label_en": called(names, value)}
    term = next((one for one in Purpose if dimension == "purpose" and one.value == value), None)
    zh, en = (value, value) if term is None else (term.zh, term.en)
    return {"id": value, "label": zh, "label_en": en}


_SUMS: Final = {
    "trips": ("出车次数", "Trips"),
    "distance": ("行驶里程（公里）", "Kilometres"),
    "litres": ("加油量（升）", "Litres"),
    "kilowatt_hours": ("充电量（千瓦时）", "Kilowatt-hours"),
    "fuel": ("燃料和充电费", "Fuel and charging"),
    "repairs": ("维修保养费", "Repairs and service"),
    "insurance": ("保险费", "Insurance"),
    "tolls_and_other": ("过路停车及其他", "Tolls and other"),
    "accident_losses": ("事故损失", "Losses in accidents"),
    "disposal_income": ("处置收入", "Income of disposals"),
    "total": ("运行费用合计", "Total"),
}
MEASURES: Final = {
    **_SUMS,
    "litres_per_100_km": ("百公里油耗（升）", "Litres on 100 km"),
    "cost_per_km": ("每公里费用", "Cost of a kilometre"),
}
"""What `running` tells of, in words."""


def running(row: Mapping[str, Any], distance: int) -> dict[str, Any]:
    """What was driven and what it cost, and what that makes for a kilometre of this distance."""
    return {**{name: row[name] for name in _SUMS}, **per_distance(row, distance)}
