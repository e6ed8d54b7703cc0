"""By what the whole map can be coloured: each scheme says for every kind which of its colours answers it (`projections/queries/colours.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from projections.queries.colours import COLOURS, AreaAHead, Idleness, Sealing, Standard


@dataclass(frozen=True, slots=True)
class Value:
    """`paint` is the name of a colour in `map.css`; empty: what its state means, or its place in the list, decides."""

    value: str
    paint: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """`by`: the kind's own name of the colour. Kinds that it does not speak of keep the look of their kind."""

    name: str
    zh: str
    en: str
    by: Mapping[str, str]


SCHEMES: Final = (
    Scheme("kind", "种类", "Kind", {}),
    Scheme("use", "用途与类别", "Use and category",
           {"buildings": "purpose", "rooms": "category", "vehicles": "category", "warehouses": "form"}),
    Scheme("title", "权属状态", "Title", {"buildings": "title"}),
    Scheme("unit", "权属与使用单位", "Owner and using unit",
           {"buildings": "owner", "rooms": "using_unit", "vehicles": "using_unit", "warehouses": "managing_unit"}),
    Scheme("a_head", "人均使用面积", "Area a head", {"buildings": "a_head", "rooms": "a_head"}),
    Scheme("standard", "超面积标准", "Over the standard", {"buildings": "standard", "rooms": "standard"}),
    Scheme("idle", "闲置", "Idle", {"buildings": "idle", "rooms": "idle"}),
    Scheme("condition", "完好状况", "Condition", {"buildings": "condition", "vehicles": "condition"}),
    Scheme("status", "在用状态", "State", {"compounds": "status", "vehicles": "status", "warehouses": "status"}),
    Scheme("sealed", "车辆封存", "Sealed vehicles", {"vehicles": "sealed"}),
)  # fmt: skip

_CARRIED_AS: Final = {"owner": "unit", "using_unit": "unit", "managing_unit": "unit", "form": "category"}
_PAINT: Final[Mapping[str, str]] = {
    **{value.value: f"h{place}" for place, value in enumerate(AreaAHead)},
    Standard.OVER.value: "wrong", Standard.WITHIN.value: "good", Standard.UNTOLD.value: "none",
    Idleness.IDLE.value: "wrong", Idleness.PARTLY.value: "past", Idleness.USED.value: "good",
    Sealing.SEALED.value: "past", Sealing.FREE.value: "good",
}  # fmt: skip
"""Where neither the state's meaning nor the order of the list is the right colour."""


def carried_as(kind: str, colour: str) -> str:
    """The property of a feature that holds it, or nothing: then it is asked for, and comes as `colour`."""
    return "" if COLOURS[kind][colour].spans else _CARRIED_AS.get(colour, colour)


def values(kind: str, colour: str) -> list[Value]:
    """In the order of the list; none where the values are units."""
    term = COLOURS[kind][colour].term
    return [] if term is None else [Value(one.value, _PAINT.get(one.value, "")) for one in term]
