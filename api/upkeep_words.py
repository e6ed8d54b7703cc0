"""Costs in words, and what a distance makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
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


_MEASURES = (
    "trips", "distance", "litres", "kilowatt_hours", "fuel", "repairs", "insurance", "tolls_and_other", "accident_losses",
    "disposal_income", "total",
)  # fmt: skip


def running(row: Mapping[str, Any], distance: int) -> dict[str, Any]:
    """What was driven and what it cost, and what that makes for a kilometre of this distance."""
    return {**{name: row[name] for name in _MEASURES}, **per_distance(row, distance)}
