"""By what a map colours things, and what of them a tile carries besides: SQL over the row that a list shows (r), at the same moment.

What spans streams (who sits in a building's rooms, what ranks they have) is worked out only where it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from domain.kernel.labels import Term
from domain.premises.standards import LOWEST, office_standard
from domain.premises.terms import RoomCategory, RoomStatus
from projections.queries.filters import ROW
from projections.queries.listed import LISTED
from projections.queries.view import View


class AreaAHead(Term):
    """Usable square metres for each who sits in a room, or in a building's rooms."""

    EMPTY = "empty", "无人使用", "Nobody"
    TO_6 = "0-6", "人均不足 6 m²", "Less than 6 m² each"
    TO_9 = "6-9", "人均 6–9 m²", "6–9 m² each"
    TO_12 = "9-12", "人均 9–12 m²", "9–12 m² each"
    TO_18 = "12-18", "人均 12–18 m²", "12–18 m² each"
    TO_30 = "18-30", "人均 18–30 m²", "18–30 m² each"
    MORE = "30-", "人均 30 m² 以上", "30 m² each or more"


class Standard(Term):
    OVER = "over", "超面积标准", "Over the standard"
    WITHIN = "within", "未超标准", "Within the standard"
    UNTOLD = "untold", "无法核定", "Cannot be told"


class Idleness(Term):
    IDLE = "idle", "闲置", "Idle"
    PARTLY = "partly", "部分闲置", "Partly idle"
    USED = "used", "在用", "In use"


class Sealing(Term):
    SEALED = "sealed", "已封存", "Sealed"
    FREE = "free", "未封存", "Not sealed"


Sql: TypeAlias = Callable[[View], str]


@dataclass(frozen=True, slots=True)
class Colour:
    """`term`: the closed list of its values; None: ids of units. `spans`: it speaks of other streams too, and costs more."""

    zh: str
    en: str
    sql: Sql
    term: type[Term] | None
    spans: bool = False


def _column(kind: str, name: str) -> Colour:
    column = LISTED[kind][name]
    return Colour(column.zh, column.en, lambda _: f"{ROW}.{name}", column.term)


def _plain(zh: str, en: str, term: type[Term], sql: str) -> Colour:
    return Colour(zh, en, lambda _: sql, term)


_STEPS: Final = (AreaAHead.TO_6, AreaAHead.TO_9, AreaAHead.TO_12, AreaAHead.TO_18, AreaAHead.TO_30)


def _a_head(area: str, people: str) -> str:
    cases = " ".join(f"WHEN {area} < {term.value.partition('-')[2]} * {people} THEN '{term}'" for term in _STEPS)
    return f"CASE WHEN coalesce({people}, 0) = 0 THEN '{AreaAHead.EMPTY}' {cases} ELSE '{AreaAHead.MORE}' END"


def _allowed(view: View, room: str) -> str:
    """SQL: what those in a room may have together (`domain/premises/standards.py`).

    NULL where no standard says, and to whoever does not see all of these people: their ranks are not told by a colour.
    """
    standard = office_standard(view.at)
    if standard is None:
        return "NULL::numeric"
    caps = [(level, rank, cap) for level, ranks in standard.caps.items() for rank, cap in ranks.items()]
    values = ", ".join(f"('{level}', '{rank}', {cap})" for level, rank, cap in caps)
    levels = ", ".join(f"'{level}'" for level in standard.caps)
    return (
        f"(SELECT CASE WHEN count(p.asset) = count(*) THEN sum(coalesce(c.cap, {LOWEST})) END"  # noqa: S608 -- texts of the code
        f" FROM unnest({room}.occupants) AS o(person)"
        f" LEFT JOIN {view.of('people', 'p')} ON p.asset = o.person AND {view.held('p')}"
        f" JOIN {view.of('units', 'u')} ON u.asset = {room}.using_unit AND {view.held('u')} AND u.level IN ({levels})"
        f" LEFT JOIN (VALUES {values}) AS c(level, rank, cap) ON c.level = u.level AND c.rank = p.rank)"
    )


def _over(view: View, room: str = ROW) -> str:
    allowed = _allowed(view, room)
    return (
        f"CASE WHEN {room}.category <> '{RoomCategory.OFFICE}' OR {room}.headcount = 0 THEN '{Standard.UNTOLD}'"  # noqa: S608 -- texts of the code
        f" ELSE (SELECT CASE WHEN a.most IS NULL THEN '{Standard.UNTOLD}' WHEN {room}.net_area > a.most"
        f" THEN '{Standard.OVER}' ELSE '{Standard.WITHIN}' END FROM (SELECT {allowed} AS most) AS a) END"
    )


def _of_rooms(view: View, figure: str) -> str:
    """SQL: a figure over the rooms of a building (x), which the index of the timelines finds by what they name."""
    return (
        f"(SELECT {figure} FROM {view.of('timelines', 't', 'rooms')} JOIN {view.of('rooms', 'x')} ON x.asset = t.asset"  # noqa: S608 -- texts of the code
        f" WHERE t.ref = {ROW}.asset AND t.facet = 'building' AND {view.held('t')} AND {view.held('x')}"
        f" AND x.status = '{RoomStatus.IN_SERVICE}')"
    )


def _idle_rooms() -> str:
    return (
        f"CASE WHEN count(x.using_unit) = count(*) THEN '{Idleness.USED}'"
        f" WHEN count(x.using_unit) = 0 THEN '{Idleness.IDLE}' ELSE '{Idleness.PARTLY}' END"
    )


def _any_over(view: View) -> str:
    over = _over(view, "x")
    return (
        f"CASE WHEN bool_or({over} = '{Standard.OVER}') THEN '{Standard.OVER}'"
        f" WHEN bool_or({over} = '{Standard.WITHIN}') THEN '{Standard.WITHIN}' ELSE '{Standard.UNTOLD}' END"
    )


_ROOM_IDLE = f"CASE WHEN {ROW}.using_unit IS NULL THEN '{Idleness.IDLE}' ELSE '{Idleness.USED}' END"
_SEALED = f"CASE WHEN {ROW}.sealed IS NULL THEN '{Sealing.FREE}' ELSE '{Sealing.SEALED}' END"
_HEAD, _STANDARD, _IDLE = ("人均使用面积", "Area a head"), ("面积标准", "Area standard"), ("闲置", "Idle")

COLOURS: Final[Mapping[str, Mapping[str, Colour]]] = {
    "compounds": {"status": _column("compounds", "status")},
    "buildings": {
        "purpose": _column("buildings", "purpose"),
        "title": _column("buildings", "title"),
        "condition": _column("buildings", "condition"),
        "disposal": _column("buildings", "disposal"),
        "owner": _column("buildings", "owner"),
        "a_head": Colour(
            *_HEAD, lambda view: _of_rooms(view, _a_head("sum(x.net_area)", "sum(x.headcount)")), AreaAHead, True
        ),
        "standard": Colour(*_STANDARD, lambda view: _of_rooms(view, _any_over(view)), Standard, True),
        "idle": Colour(*_IDLE, lambda view: _of_rooms(view, _idle_rooms()), Idleness, True),
    },
    "rooms": {
        "category": _column("rooms", "category"),
        "using_unit": _column("rooms", "using_unit"),
        "idle": _plain(*_IDLE, Idleness, _ROOM_IDLE),
        "a_head": _plain(*_HEAD, AreaAHead, _a_head(f"{ROW}.net_area", f"{ROW}.headcount")),
        "standard": Colour(*_STANDARD, _over, Standard, True),
    },
    "vehicles": {
        "category": _column("vehicles", "category"),
        "status": _column("vehicles", "status"),
        "condition": _column("vehicles", "condition"),
        "energy": _column("vehicles", "energy"),
        "using_unit": _column("vehicles", "using_unit"),
        "sealed": _plain("封存", "Sealed", Sealing, _SEALED),
    },
    "warehouses": {
        "form": _column("warehouses", "form"),
        "status": _column("warehouses", "status"),
        "managing_unit": _column("warehouses", "managing_unit"),
    },
    "fences": {
        "purpose": _column("fences", "purpose"),
        "status": _column("fences", "status"),
        "managing_unit": _column("fences", "managing_unit"),
    },
    "items": {
        "grade": _column("items", "grade"),
        "status": _column("items", "status"),
        "using_unit": _column("items", "using_unit"),
    },
}
"""By kind, then by name."""

_CARRIED_ANYWAY: Final = frozenset({"status", "category", "using_unit", "managing_unit", "owner"})
"""What every feature has already, as `status`, `category` or `unit` (`projections/places.py`)."""

_FIGURES: Final[Mapping[str, Mapping[str, str]]] = {
    "rooms": {"headcount": f"{ROW}.headcount", "net_area": f"{ROW}.net_area::float8"},
    "buildings": {"gross_area": f"{ROW}.gross_area::float8", "using_units": f"cardinality({ROW}.using_units)"},
}


def carried(kind: str) -> dict[str, Sql]:
    """By name, what a feature of a kind carries beside what all carry."""
    colours = {
        name: one.sql for name, one in COLOURS.get(kind, {}).items() if not one.spans and name not in _CARRIED_ANYWAY
    }
    return colours | {name: _as_it_is(sql) for name, sql in _FIGURES.get(kind, {}).items()}


def _as_it_is(sql: str) -> Sql:
    return lambda _: sql
