"""Figures as they are told: each group in words, and with the address of the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from api.angles.asking import KINDS, kind_words
from api.figures.asking import names_of
from domain.kernel.labels import Term
from projections.queries.idle import idle_since
from projections.queries.statistics import Figures, Group, Which
from projections.queries.statistics_subjects import DIMENSIONS, Subject
from projections.queries.things import Names, labels
from projections.queries.view import Asked, View
from projections.queries.words.facets import Reads
from projections.queries.words.values import Words, words


def about(subject: Subject) -> dict[str, Any]:
    measures = {name: {"zh": one.zh, "en": one.en} for name, one in subject.measures.items()}
    return {"subject": subject.name, "zh": subject.zh, "en": subject.en, "measures": measures}


def dimensions_told(subject: Subject) -> list[dict[str, Any]]:
    """By what figures can be broken down; those of closed lists with their values."""
    return [_dimension(subject, name) for name in subject.dimensions]


def _dimension(subject: Subject, name: str) -> dict[str, Any]:
    dimension = DIMENSIONS[name]
    closed = subject.terms.get(name, (dimension.reads,) if isinstance(dimension.reads, type) else ())
    values = [{"id": term.value, "label": term.zh, "label_en": term.en} for cls in closed for term in cls]
    return {"name": name, "zh": dimension.zh, "en": dimension.en, "values": values}


_THINGS = ("unit", "owner", "compound", "building", "warehouse", "person")
"""The columns of a row that name other things."""


def groups(
    view: View, asked: Asked, which: Which, by: Sequence[str], found: Mapping[Group, Figures]
) -> list[dict[str, Any]]:
    """The figures of each group, in the order of what the groups are called."""
    values = [dict(zip(by, group, strict=True)) for group in found]
    names = names_of(view, values, by)
    told = [
        _told_group(view, asked, which, group, figures, names)
        for group, figures in zip(values, found.values(), strict=True)
    ]
    return sorted(told, key=lambda group: [value["label"] for value in group["dimensions"].values()])


def _told_group(
    view: View, asked: Asked, which: Which, group: dict[str, Any], figures: dict[str, Any], names: Names
) -> dict[str, Any]:
    return {
        "dimensions": {name: in_words(which.subject, name, value, names) for name, value in group.items()},
        "figures": figures,
        "drill": drill(view, asked, which, group),
    }


def in_words(subject: Subject, name: str, value: Any, names: Names) -> dict[str, Any]:
    """A value of a dimension: its id or code, and what it is called."""
    zh, en = ("（无）", "(none)") if value is None else _words(subject, name, value, names)
    return {"id": None if value is None else str(value), "label": zh, "label_en": en}


def _words(subject: Subject, name: str, value: Any, names: Names) -> Words:
    reads = DIMENSIONS[name].reads
    if reads is not None:
        return words(value, reads, labels(names) if reads is Reads.THING else {})
    found = next((term for cls in subject.terms.get(name, ()) for term in _of(cls, value)), None)
    return (value, value) if found is None else (found.zh, found.en)


def _of(cls: type[Term], value: str) -> list[Term]:
    return [term for term in cls if term.value == value]


def drill(view: View, asked: Asked, which: Which, group: dict[str, Any]) -> str:
    """The address of the rows of a group: what was chosen, with the group's own values in the place of what it divides."""
    branch = group.get("branch")
    own = {("unit" if name == "branch" else name): value for name, value in group.items()}
    values: dict[str, list[Any]] = {name: list(chosen) for name, chosen in which.values.items() if name not in own}
    values |= {name: [value] for name, value in own.items() if value is not None}
    none = {name for name in which.none if name not in own} | {name for name, value in own.items() if value is None}
    told = [(name, str(value)) for name, chosen in sorted(values.items()) for value in chosen]
    told += [(f"{name}.none", "true") for name in sorted(none)]
    if branch is not None or (which.subtree and "unit" not in own and which.values.get("unit")):
        told.append(("unit.subtree", "true"))
    if which.idle_before is not None:
        told.append(("idle_before", which.idle_before.isoformat()))
    return f"/v1/statistics/{which.subject.name}/rows?{urlencode([*told, *_moment(view, asked)])}"


def _moment(view: View, asked: Asked) -> list[tuple[str, str]]:
    known = view.position if view.known is None else view.known
    case = [] if asked.case is None else [("case", asked.case)]
    return [("at", view.at.isoformat()), ("known", f"#{known}"), *case]


def things_named(view: View, rows: Sequence[dict[str, Any]]) -> Names:
    """What the things are called that rows name beside their own."""
    return names_of(view, rows, _THINGS)


def rows_told(view: View, which: Which, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    idle = idle_since(view, [(row["kind"], row["asset"]) for row in rows if row["idle"]])
    return [_shown_row(row, which.subject.dimensions, idle) for row in rows]


def _shown_row(row: dict[str, Any], dimensions: tuple[str, ...], idle_since: dict[UUID, Any]) -> dict[str, Any]:
    plain = ("kind", "label", "line", "person", "idle", "area", "value", "quantity", "posts", "amount")
    return {
        "id": row["asset"],
        **{name: row[name] for name in plain},
        "dimensions": {name: row[name] for name in dimensions if name != "branch"},
        "idle_since": idle_since.get(row["asset"]) if row["idle"] else None,
    }


def codes_told(subject: Subject, rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, dict[str, str]]]:
    """The codes that these rows show, by dimension, in Chinese and English; what is a thing is named beside them."""
    shown = [name for name in subject.dimensions if name != "branch" and DIMENSIONS[name].reads is not Reads.THING]
    kinds = {kind: counted_kind(kind) for kind in {row["kind"] for row in rows}}
    return {
        "kind": _both(kinds),
        **{name: _codes(subject, name, {row[name] for row in rows} - {None}) for name in shown},
    }


def _codes(subject: Subject, name: str, values: Iterable[str]) -> dict[str, dict[str, str]]:
    return _both({value: _words(subject, name, value, {}) for value in sorted(values)})


def _both(told: Mapping[str, Words]) -> dict[str, dict[str, str]]:
    return {value: {"zh": zh, "en": en} for value, (zh, en) in told.items()}


_COUNTED: Final = {
    "occupancies": ("房间使用人", "Occupant of a room"),
    "allocations": ("房屋分配", "Allocation of a building"),
    "posts": ("人员编制", "Staff establishment"),
    "quotas": ("车辆编制", "Vehicle establishment"),
}
"""What is counted, and no thing by itself."""


def counted_kind(kind: str) -> Words:
    return kind_words(kind) if kind in KINDS else _COUNTED[kind]
