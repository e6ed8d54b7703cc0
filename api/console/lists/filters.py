"""The filters of lists: for every column the control that fits it, and each setting as a chip that can be taken off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, TypeAlias

from api.console.lists.question import Question
from api.lists.parameters import about
from projections.queries.listed import LISTS, LOANS, Listed
from projections.queries.words.divisions import PREFIXES

Control: TypeAlias = Literal["choice", "range", "days", "thing", "words", "exact"]
Labels: TypeAlias = Mapping[str, str]
"""What the things are called that a filter names, by their ids."""
Words: TypeAlias = tuple[tuple[str, str, str], ...]

YES_NO: Final = (("true", "是", "Yes"), ("false", "否", "No"))
_OF_EVERY_KIND: Final = ("q", "sort", "fields", "cursor", "division", "id", "view")


@dataclass(frozen=True, slots=True)
class Field:
    """One filter. `words`: what it can be set to; `party`: the kind of thing that it names; `none`: it may be asked for as not given."""

    name: str
    zh: str
    en: str
    control: Control
    words: Words = ()
    party: str | None = None
    scalar: str = ""
    none: bool = False
    below: bool = False
    """A unit stands for itself, or for all below it too."""


_BESIDES: Final[Mapping[str, tuple[str, ...]]] = {LOANS: ("by",)}
"""What one list can be asked and others cannot."""

OF_NO_KIND: Final[Mapping[str, tuple[str, ...]]] = {
    "history": ("q", "order", "document", "actor", "unit", "role", "kind", "recorded.min", "recorded.max", "effective.min", "effective.max",
                "by", "fields", "cursor", "view"),
}  # fmt: skip
"""Lists whose rows are of no kind by themselves: all that their addresses can say."""


def names_of(kind: str) -> list[str]:
    """All that the address of a list of this kind can say."""
    if kind in OF_NO_KIND:
        return list(OF_NO_KIND[kind])
    return [
        *_OF_EVERY_KIND,
        *_BESIDES.get(kind, ()),
        *(one.alias for column in LISTS[kind].values() for one in about(column)),
    ]


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """One a column; a division is asked for in every list, also where it is that of a building or a unit."""
    columns = [column for column in LISTS[kind].values() if column.name != "division"]
    division = Field("division", "行政区划", "Division", "choice", tuple((code, name, name) for code, name in PREFIXES))
    return (*map(_field, columns), division)


def _field(column: Listed) -> Field:
    return Field(
        column.name,
        column.zh,
        column.en,
        _control(column),
        _choices(column),
        column.party,
        column.scalar,
        none=True,
        below=column.party == "units",
    )


def _control(column: Listed) -> Control:
    if column.term is not None or column.scalar == "boolean":
        return "choice"
    if column.scalar == "uuid":
        return "thing"
    if column.is_figure:
        return "range"
    return "days" if column.scalar in ("timestamptz", "date") else "words"


def _choices(column: Listed) -> Words:
    if column.scalar == "boolean":
        return YES_NO
    return () if column.term is None else tuple((one.value, one.zh, one.en.capitalize()) for one in column.term)


def parties(fields: Sequence[Field], question: Question) -> dict[str, list[str]]:
    """By kind of thing: the ids that filters name, whose names are to be found out."""
    found: dict[str, dict[str, None]] = {}
    for field in fields:
        if field.party is not None and question.all(field.name):
            found.setdefault(field.party, {}).update(dict.fromkeys(question.all(field.name)))
    return {party: list(ids) for party, ids in found.items()}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, in words; `without`: the list without it."""

    zh: str
    en: str
    without: Question


def chips(fields: Sequence[Field], question: Question, labels: Labels) -> Iterator[Chip]:
    by_name = {field.name: field for field in fields}
    for name, values in question.filters.items():
        column, _, part = name.partition(".")
        if part == "subtree":
            continue  # said with the units themselves
        if name == "id":
            yield Chip(f"选定的 {len(values)} 个", f"{len(values)} chosen", question.but({"id": None}))
            continue
        for value in values:
            zh, en = _words(by_name.get(column), part, value, labels)
            if question.one(f"{name}.subtree") == "true":
                zh, en = f"{zh}及其下级", f"{en} and below"
            yield Chip(zh, en, _without(question, name, value))


def _without(question: Question, name: str, value: str) -> Question:
    """Without the last unit of a filter there is no “and below” either."""
    left = question.without(name, value)
    return left if left.all(name) else left.but({f"{name}.subtree": None})


_PARTS: Final = {
    "": ("{0}：{1}", "{0}: {1}"),
    "min": ("{0} ≥ {1}", "{0} ≥ {1}"),
    "max": ("{0} ≤ {1}", "{0} ≤ {1}"),
    "has": ("{0}含“{1}”", "{0} has “{1}”"),
}
_DAYS: Final = {"min": ("{0}自 {1}", "{0} from {1}"), "max": ("{0}至 {1}", "{0} until {1}")}
_NONE: Final = {"true": ("{0}未填写", "No {0}"), "false": ("{0}已填写", "{0} is given")}


def _words(field: Field | None, part: str, value: str, labels: Labels) -> tuple[str, str]:
    if field is None:
        return f"查找“{value}”", f"“{value}”"
    forms = _NONE.get(value) if part == "none" else _DAYS.get(part) if field.control == "days" else _PARTS.get(part)
    called = labels.get(value, value[:8])
    said = next(
        ((zh, en) for one, zh, en in field.words if one == value),
        (called, called) if field.control == "thing" else (value, value),
    )
    zh, en = forms or _PARTS[""]
    return zh.format(field.zh, said[0]), en.format(field.en, said[1])


def faults(problem: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What is wrong with the question, by the name in the address that it stands at."""
    return {one["field"].rpartition("/")[2]: one for one in problem.get("errors", ())}
