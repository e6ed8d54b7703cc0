"""The filters of a list: for every column the control that fits it, what is set, and each setting as a chip that can be taken off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from api.console.lists.question import Question
from api.lists_parameters import about
from projections.queries.listed import LISTED, Listed
from projections.queries.words.divisions import PREFIXES

Control: TypeAlias = Literal["choice", "range", "days", "thing", "words"]
Labels: TypeAlias = Mapping[str, str]
"""What the things are called that a filter names, by their ids."""

_OF_EVERY_KIND: Final = ("q", "sort", "fields", "cursor", "division", "id", "view")
_YES_NO: Final = [("true", "是", "Yes"), ("false", "否", "No")]
DIVISION: Final = "division"


def names_of(kind: str) -> list[str]:
    """All that the address of a list of this kind can say."""
    return [*_OF_EVERY_KIND, *(one.alias for column in LISTED[kind].values() for one in about(column))]


@dataclass(frozen=True, slots=True)
class Field:
    """One filter as the page shows it. `words`: what it can be set to; `things`: those that it is set to, by id and name."""

    name: str
    zh: str
    en: str
    control: Control
    question: Question
    words: tuple[tuple[str, str, str], ...] = ()
    party: str | None = None
    things: tuple[tuple[str, str], ...] = ()
    scalar: str = ""

    @property
    def is_set(self) -> bool:
        return any(name == self.name or name.startswith(f"{self.name}.") for name in self.question.filters)

    def chosen(self, value: str) -> bool:
        return value in self.question.all(self.name)

    def said(self, part: str) -> str:
        return self.question.one(f"{self.name}.{part}")

    @property
    def count(self) -> int:
        return len(self.question.all(self.name))


def fields(kind: str, question: Question, labels: Labels) -> Iterator[Field]:
    """Of every column; a division is asked for in every list, also where it is that of a building or a unit."""
    columns = [column for column in LISTED[kind].values() if column.name != DIVISION]
    yield from (_field(column, question, labels) for column in columns)
    yield Field(
        DIVISION, "行政区划", "Division", "choice", question, tuple((code, name, name) for code, name in PREFIXES)
    )


def _field(column: Listed, question: Question, labels: Labels) -> Field:
    things: tuple[tuple[str, str], ...] = ()
    if column.scalar == "uuid":
        things = tuple((id, labels.get(id, id[:8])) for id in question.all(column.name))
    return Field(
        column.name, column.zh, column.en, control_of(column), question,
        tuple(choices(column)), column.party, things, column.scalar,
    )  # fmt: skip


def control_of(column: Listed) -> Control:
    if column.term is not None or column.scalar == "boolean":
        return "choice"
    if column.scalar == "uuid":
        return "thing"
    if column.is_figure:
        return "range"
    return "days" if column.scalar in ("timestamptz", "date") else "words"


def choices(column: Listed) -> list[tuple[str, str, str]]:
    """What it can be, with the words for it."""
    if column.scalar == "boolean":
        return _YES_NO
    return [] if column.term is None else [(one.value, one.zh, one.en.capitalize()) for one in column.term]


def parties(kind: str, question: Question) -> dict[str, list[str]]:
    """By kind of thing: the ids that filters name, whose names are to be found out."""
    found: dict[str, list[str]] = {}
    for column in LISTED[kind].values():
        if column.scalar == "uuid" and column.party is not None:
            found.setdefault(column.party, []).extend(question.all(column.name))
    return {party: list(dict.fromkeys(ids)) for party, ids in found.items() if ids}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, in words; `without`: the list without it."""

    zh: str
    en: str
    without: Question


def chips(kind: str, question: Question, labels: Labels) -> Iterator[Chip]:
    for name, values in question.filters.items():
        column, _, part = name.partition(".")
        if part == "subtree" and question.all(column):
            continue  # said with the units themselves
        if name == "id":
            yield Chip(f"选定的 {len(values)} 个", f"{len(values)} chosen", question.but({"id": None}))
            continue
        for value in values:
            zh, en = _words(kind, column, part, value, labels)
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
    "subtree": ("{0}：{1}", "{0}: {1}"),
}
_DAYS: Final = {"min": ("{0}自 {1}", "{0} from {1}"), "max": ("{0}至 {1}", "{0} until {1}")}
_NONE: Final = {"true": ("{0}未填写", "No {0}"), "false": ("{0}已填写", "{0} is given")}


def _words(kind: str, name: str, part: str, value: str, labels: Labels) -> tuple[str, str]:
    if name == "q":
        return f"查找“{value}”", f"“{value}”"
    if name == DIVISION and not part:
        return _both(_PARTS[""], ("行政区划", "Division"), _said(PREFIXES, value))
    column = LISTED[kind][name]
    told = (column.zh, column.en)
    if part == "none":
        return _both(_NONE.get(value, _PARTS[""]), told, (value, value))
    days = control_of(column) == "days" and part in _DAYS
    return _both(_DAYS[part] if days else _PARTS[part], told, _value(column, value, labels))


def _value(column: Listed, value: str, labels: Labels) -> tuple[str, str]:
    if column.scalar == "uuid":
        return labels.get(value, value[:8]), labels.get(value, value[:8])
    return next(((zh, en) for one, zh, en in choices(column) if one == value), (value, value))


def _said(words: Iterable[tuple[str, str]], value: str) -> tuple[str, str]:
    name = next((name for code, name in words if code == value), value)
    return name, name


def _both(forms: tuple[str, str], *said: tuple[str, str]) -> tuple[str, str]:
    zh, en = zip(*said, strict=True)
    return forms[0].format(*zh), forms[1].format(*en)


def faults(problem: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What is wrong with the question, by the name in the address that it stands at."""
    return {one["field"].rpartition("/")[2].replace("~1", "/"): one for one in problem.get("errors", ())}
