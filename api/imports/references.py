"""Names in cells as the things they name: by everything that people write for a thing, looked up once for the whole file.

What is known are the things that the sender may name: those in sight, and of units and places all that the directory tells.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from api.imports.cells import Unreadable, key, shown
from domain.catalogue import AGGREGATES
from projections.jurisdiction import DIRECTORY
from projections.queries.names import names
from projections.queries.view import View

_NAMED: Final = {
    "units": ("name", "credit_code"),
    "compounds": ("name",),
    "buildings": ("name", "number"),
    "rooms": ("number",),
    "vehicles": ("plate", "vin"),
    "fences": ("name",),
    "warehouses": ("name",),
    "items": ("asset_number", "serial"),
    "lots": ("name", "batch"),
}
"""By kind: the columns that a thing is known by; people, and drivers, by their names."""

_INSIDE: Final = {"people": "unit", "rooms": "building", "lots": "warehouse"}
_IN_KIND: Final = {"people": "units", "drivers": "units", "rooms": "buildings", "lots": "warehouses"}
_OVER: Final = frozenset(
    ["merged", "abolished", "closed", "swapped", "auctioned", "demolished", "split", "retired", "disposed", "released"]
)
_ZH: Final = {cls.kind: (cls.zh, cls.en) for cls in AGGREGATES}
_MOST_TOLD: Final = 3


@dataclass(frozen=True, slots=True)
class Thing:
    id: UUID
    label: str
    inside: UUID | None
    is_over: bool


@dataclass(slots=True)
class Known:
    """The things of one kind, by each way of writing their names."""

    by_key: dict[str, list[Thing]] = field(default_factory=lambda: defaultdict(list))

    def put(self, thing: Thing, *called: Any) -> None:
        for one in {key(one) for one in called if one}:
            self.by_key[one].append(thing)


class Directory:
    """Of one view. `made` are things that the file itself makes: they may be named in it as well."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._kinds: dict[str, Known] = {}
        self._near: dict[tuple[str, str], list[str]] = {}

    def made(self, kind: str, id: UUID, *called: Any) -> None:
        self._of(kind).put(Thing(id, str(called[0]), None, is_over=False), *called)

    def find(self, kind: str, said: str, within: str | None = None) -> UUID:
        """The one thing of this name, or what to write instead."""
        inside = None if not within else self.find(_IN_KIND[kind], within)
        try:
            return UUID(said) if len(said) == len(str(UUID(int=0))) else self._one(kind, said, within, inside)
        except ValueError:
            return self._one(kind, said, within, inside)

    def _one(self, kind: str, said: str, within: str | None, inside: UUID | None) -> UUID:
        found = {one.id: one for one in self._of(kind).by_key.get(key(said), ())}
        if inside is not None:
            found = {id: one for id, one in found.items() if one.inside == inside}
        if len(found) > 1:
            found = {id: one for id, one in found.items() if not one.is_over} or found
        if not found:
            raise self._unknown(kind, said, within)
        if len(found) > 1:
            raise self._ambiguous(kind, said, list(found.values()))
        return next(iter(found))

    def _of(self, kind: str) -> Known:
        if kind not in self._kinds:
            self._kinds[kind] = Known()
            for thing, called in self._read(kind):
                self._kinds[kind].put(thing, *called)
        return self._kinds[kind]

    def _read(self, kind: str) -> Iterator[tuple[Thing, list[Any]]]:
        if kind in ("people", "drivers"):
            yield from self._people(kind)
            return
        columns, inside = _NAMED[kind], _INSIDE.get(kind, "NULL::uuid")
        seen = set[UUID]()
        for row in self._rows(kind, f"{inside} AS inside, status, {', '.join(columns)}"):
            called = [row[column] for column in columns]
            if kind == "lots":
                called = [called[0], " ".join(filter(None, called))]
            seen.add(row["id"])
            yield Thing(row["id"], str(called[0]), row["inside"], row["status"] in _OVER), called
        yield from self._listed(kind, seen)

    def _listed(self, kind: str, seen: Collection[UUID]) -> Iterator[tuple[Thing, list[Any]]]:
        """What is out of sight, but whose name everybody may know."""
        if kind not in DIRECTORY or self._view.sight.of(kind).everything:
            return
        name, inside = _NAMED[kind][0], "building" if kind == "rooms" else "NULL::uuid"
        for row in self._rows(kind, f"{inside} AS inside, {name} AS name", of=self._view.called(kind, "r")):
            if row["id"] not in seen:
                yield Thing(row["id"], str(row["name"]), row["inside"], is_over=False), [row["name"]]

    def _people(self, kind: str) -> Iterator[tuple[Thing, list[Any]]]:
        units = {row["id"]: row["inside"] for row in self._rows("people", "unit AS inside")}
        if kind == "people":
            called = names(self._view, units)
            for id, unit in units.items():
                yield Thing(id, called.get(id, ""), unit, is_over=unit is None), [called.get(id)]
            return
        drivers = self._rows("drivers", "person, status")
        called = names(self._view, [row["person"] for row in drivers])
        for row in drivers:
            name = called.get(row["person"])
            yield Thing(row["id"], name or "", units.get(row["person"]), row["status"] in _OVER), [name]

    def _rows(self, kind: str, columns: str, of: str = "") -> list[Any]:
        view = self._view
        return view.rows(f"SELECT asset AS id, {columns} FROM {of or view.of(kind, 'r')} WHERE {view.held('r')}")  # noqa: S608 -- names of the code

    def _unknown(self, kind: str, said: str, within: str | None) -> Unreadable:
        zh, en = _ZH[kind]
        where_zh, where_en = (f"“{shown(within)}”中", f" in “{shown(within)}”") if within else ("", "")
        hint_zh, hint_en = self._hint(kind, said, within)
        said = shown(said)
        return Unreadable(
            f"{where_zh}没有找到{zh}“{said}”。{hint_zh}", f"There is no {en} “{said}”{where_en}. {hint_en}"
        )

    def _hint(self, kind: str, said: str, within: str | None) -> tuple[str, str]:
        zh, _ = _ZH[kind]
        if within and self._of(kind).by_key.get(key(said)):
            inside_zh, inside_en = _ZH[_IN_KIND[kind]]
            return f"这个名称在别的{inside_zh}中有，请核对{inside_zh}。", f"It is in another {inside_en}: check that."
        near = self._like(kind, said)
        if near:
            return f"是否为：{'、'.join(near)}？", f"Did you mean {', '.join(near)}?"
        return f"请核对写法，或先登记该{zh}。", "Check how it is written, or register it first."

    def _ambiguous(self, kind: str, said: str, found: list[Thing]) -> Unreadable:
        zh, en = _ZH[kind]
        told = [f"{one.label} {one.id}" for one in found[:_MOST_TOLD]]
        how_zh, how_en = _TELL_APART.get(kind, ("请改填编号", "Enter the id instead"))
        return Unreadable(
            f"名为“{said}”的{zh}有 {len(found)} 个（{'；'.join(told)}）。{how_zh}。",
            f"There are {len(found)} of “{said}” ({en}: {'; '.join(told)}). {how_en}.",
        )

    def _like(self, kind: str, said: str) -> list[str]:
        """Names that are nearly so, or say more; each name is looked for once, however many rows have it."""
        asked = (kind, key(said))
        if len(asked[1]) > _LONGEST_NAME:
            return []
        if asked not in self._near and len(self._near) < _MOST_LOOKED_FOR:
            by_key = self._of(kind).by_key
            close = difflib.get_close_matches(asked[1], by_key, n=_MOST_TOLD, cutoff=0.75)
            close += [one for one in by_key if asked[1] in one] if len(asked[1]) > 1 else []
            self._near[asked] = list(dict.fromkeys(by_key[one][0].label for one in close))[:_MOST_TOLD]
        return self._near.get(asked, [])


_MOST_LOOKED_FOR: Final = 50
_LONGEST_NAME: Final = 100
_TELL_APART: Final = {
    "units": ("请改填统一社会信用代码", "Enter the credit code instead"),
    "buildings": ("请改填房屋编号", "Enter the number of the building instead"),
    "people": ("请填写所在单位；同一单位内同名的请改填编号", "Say in which unit; where a unit has two of the name, enter the id"),
    "drivers": ("请填写所在单位", "Say in which unit"),
    "rooms": ("请填写楼栋", "Say in which building"),
    "lots": ("请填写所在仓库，并在名称后加批次", "Say in which warehouse, and put the batch after the name"),
}  # fmt: skip
