"""The collections that map programs may read, and the attributes of each: an allow-list, of what lists show anyway.

Each stands there twice: with the names and codes of the API, and, under `…-zh`, in Chinese with values in words. So a program
that can name nothing but a collection can have either. What is shown is what a filter compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from domain.catalogue import AGGREGATES
from projections.queries.listed import LISTED, Listed
from projections.queries.words.reads import Reads

POSITIONS: Final = "positions"
"""Where vehicles are: not their parking place, but what they last sent."""
KINDS: Final = ("compounds", "buildings", "rooms", "vehicles", "warehouses", "fences")
NAMED: Final = {"units": "name", "compounds": "name", "buildings": "name", "warehouses": "name", "vehicles": "plate"}
"""By kind: the column that names what is referred to. People are named to some only, and so by no map."""

GEOMETRY: Final = "geometry"
_CHINESE: Final = "-zh"

_JSON: Final = {
    "integer": "integer",
    "bigint": "integer",
    "numeric": "number",
    "boolean": "boolean",
}
_FORMATS: Final = {"date": "date", "timestamptz": "date-time"}


@dataclass(frozen=True, slots=True)
class Property:
    """An attribute as it is called in its collection, and the column that it comes from."""

    name: str
    column: Listed
    in_words: bool

    @property
    def words(self) -> Mapping[str, str] | None:
        """By code, what stands for it, where codes are not shown themselves."""
        term = self.column.term
        return None if term is None or not self.in_words else {one.value: one.zh for one in term}

    @property
    def type(self) -> str:
        """The type of what is shown, as the database calls it."""
        return "text" if self.column.party is not None else self.column.type

    @property
    def title(self) -> str:
        return f"{self.column.zh} · {self.column.en}"

    def schema(self) -> dict[str, object]:
        """As JSON Schema has it."""
        said: dict[str, object] = {"title": self.title, "type": _JSON.get(self.type, "string")}
        if self.type in _FORMATS:
            said["format"] = _FORMATS[self.type]
        if self.column.term is not None:
            said["enum"] = [one.zh if self.in_words else one.value for one in self.column.term]
        return said


@dataclass(frozen=True, slots=True)
class Collection:
    id: str
    kind: str
    zh: str
    en: str
    properties: Mapping[str, Property]
    is_live: bool = False
    """Features lie where they were last heard of, and not where the registry has them."""


def _collections() -> Iterator[Collection]:
    named = {cls.kind: cls for cls in AGGREGATES}
    for kind in KINDS:
        cls = named[kind]
        place = "停放位置" if kind == "vehicles" else ""
        for chinese in (False, True):
            yield Collection(
                id=kind + _CHINESE if chinese else kind,
                kind=kind,
                zh=f"{cls.zh}{place}（中文字段）" if chinese else f"{cls.zh}{place}",
                en=f"{kind}, in Chinese" if chinese else kind,
                properties={one.name: one for one in _properties(kind, in_words=chinese)},
            )
    for chinese in (False, True):
        columns = [*(LISTED["vehicles"][name] for name in _OF_POSITIONS), *_FIXES]
        yield Collection(
            id=POSITIONS + _CHINESE if chinese else POSITIONS,
            kind="vehicles",
            zh="车辆最近位置（中文字段）" if chinese else "车辆最近位置",
            en="where vehicles are, in Chinese" if chinese else "where vehicles are",
            properties={one.name: one for one in (_property(column, in_words=chinese) for column in columns)},
            is_live=True,
        )


def _properties(kind: str, *, in_words: bool) -> Iterator[Property]:
    for column in LISTED[kind].values():
        names_something = column.scalar == "uuid"
        if not column.is_array and (not names_something or column.party in NAMED):
            yield _property(column, in_words=in_words)


def _property(column: Listed, *, in_words: bool) -> Property:
    return Property(column.zh if in_words else column.name, column, in_words)


def _fix(name: str, type: str, zh: str, en: str) -> Listed:
    return Listed(name, type, name, zh, en, None, None, Reads.TEXT)


_OF_POSITIONS: Final = ("plate", "model", "category", "using_unit", "status")
_FIXES: Final = (
    _fix("fixed_at", "timestamptz", "定位时间", "Time of the position"),
    _fix("received_at", "timestamptz", "接收时间", "Received"),
    _fix("speed", "numeric", "速度", "Speed in km/h"),
    _fix("heading", "numeric", "方向", "Heading in degrees"),
)


COLLECTIONS: Final[Mapping[str, Collection]] = {one.id: one for one in _collections()}
