"""The columns of a command's sheet, made from its signature: one a field, and those that say which thing a row is about."""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final

from api.imports import cells, closed, words
from api.imports.cells import Reader
from domain.catalogue import COMMANDS
from domain.kernel.commands import Command
from domain.kernel.labels import Term
from domain.work import aggregate_type, asked_for
from projections.queries.words.fields import field_wording

SUBJECT: Final = ("id",)
EFFECTIVE: Final = ("mandate", "effective")

_NOT_IN_SHEETS: Final = frozenset({"people.erase"})
"""What no batch could take back."""

_CODES: Final = frozenset(
    [
        "number",
        "plate",
        "vin",
        "credit_code",
        "phone",
        "id_number",
        "asset_number",
        "serial",
        "certificate",
        "card",
        "policy",
        "slip",
        "case_number",
    ]
)
_READERS: Final[dict[str, Reader]] = {
    **dict.fromkeys(_CODES, cells.number_of),
    "division": closed.division,
    "asset_class": closed.asset_class,
    "floor": cells.floor,
}
"""By the field's name, where its type does not say it all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`path`: where in the command its value goes. `kind`: the value is the name of a thing of this kind."""

    path: tuple[str, ...]
    zh: str
    en: str
    read: Reader
    required: bool = False
    term: type[Term] | None = None
    kind: str | None = None
    is_within: bool = False
    """It says in what the thing lies that the next column names."""
    clears: bool = False
    """Left empty, it says that there is none."""
    also: str = ""
    """The field after whose other names it may be called."""

    @property
    def heads(self) -> frozenset[str]:
        """All headers that it is known by."""
        own = () if self.is_within else (self.path[-1], ".".join(self.path))
        return frozenset(words.head(one) for one in (self.zh, self.en, *own, *words.also(self.also or self.path[-1])))


class NotInASheet(Exception):
    """A field that no cell can hold."""


@cache
def columns_of(command: Command) -> tuple[Column, ...]:
    """In the order in which templates show them; none where the command cannot be sent by the row."""
    if command.name == "withdraw" or command.key in _NOT_IN_SHEETS or not _can_be_named(command):
        return ()
    try:
        fields = tuple(_fields(command))
    except NotInASheet:
        return ()
    subject = () if command.creates else tuple(_naming(SUBJECT, command.aggregate.kind, words.SUBJECTS, required=True))
    zh, en = words.EFFECTIVE
    effective = Column(path=EFFECTIVE, zh=zh, en=en, read=cells.moment)
    return (*subject, *_told_apart(subject, fields), effective)


@cache
def sheets() -> tuple[Command, ...]:
    """All commands that a sheet can hold many of."""
    return tuple(command for command in COMMANDS.values() if columns_of(command))


def _can_be_named(command: Command) -> bool:
    return command.creates or command.aggregate.kind in words.SUBJECTS


def _told_apart(subject: tuple[Column, ...], fields: tuple[Column, ...]) -> Iterator[Column]:
    """A field called like the column that names the thing is what it becomes."""
    taken = {column.zh for column in subject}
    for column in fields:
        is_new = column.zh in taken
        yield dataclasses.replace(column, zh=f"新{column.zh}", en=f"New {column.en}") if is_new else column


def _fields(command: Command) -> Iterator[Column]:
    hints = typing.get_type_hints(command.decide, include_extras=True)
    parameters = inspect.signature(command.decide).parameters
    for name in list(parameters)[2:]:
        if asked_for(hints[name]):
            yield from _field(
                command, (name,), hints[name], required=parameters[name].default is inspect.Parameter.empty
            )


def _field(command: Command, path: tuple[str, ...], hint: Any, *, required: bool) -> Iterator[Column]:
    base, optional = _base(hint)
    if dataclasses.is_dataclass(base) and isinstance(base, type) and not optional:
        hints = typing.get_type_hints(base, include_extras=True)
        for field in dataclasses.fields(base):
            needed = field.default is dataclasses.MISSING
            yield from _field(command, (*path, field.name), hints[field.name], required=needed)
        return
    cls = aggregate_type(base) if isinstance(base, type) else None
    if cls is not None:
        called = {cls.kind: _called(command, path[-1])}
        for column in _naming(path, cls.kind, called, required=required and not optional):
            yield dataclasses.replace(column, clears=required and optional and not column.is_within)
        return
    reader = _reader(path[-1], base)
    if reader is None:
        if required and not optional:
            raise NotInASheet
        return
    term = base if issubclass(base, Term) else None
    zh, en = _called(command, path[-1])
    needed, clears = required and not optional, required and optional
    own = f"{command.aggregate.kind}.{path[-1]}"
    also = own if words.also(own) else ""
    yield Column(path=path, zh=zh, en=en, read=reader, required=needed, term=term, clears=clears, also=also)


def _naming(path: tuple[str, ...], kind: str, called: dict[str, words.Called], *, required: bool) -> Iterator[Column]:
    """The column that names a thing, and before it the one that says where it lies, for kinds whose names are not unique."""
    zh, en = called[kind]
    if kind in words.WITHIN:
        within_zh, within_en = words.WITHIN[kind]
        if path != SUBJECT:
            within_zh, within_en = f"{zh}{within_zh}", f"{en}: {within_en.lower()}"
        inside = kind in ("rooms", "lots")
        yield Column(
            path=path, zh=within_zh, en=within_en, read=cells.text, required=required and inside, is_within=True,
            also=words.ALSO_WITHIN[kind] if path == SUBJECT else "within",
        )  # fmt: skip
    also = words.ALSO_SUBJECT[kind] if path == SUBJECT else ""
    yield Column(path=path, zh=zh, en=en, read=cells.number_of, required=required, kind=kind, also=also)


def _base(hint: Any) -> tuple[Any, bool]:
    """The type itself, and whether nothing may stand in its place."""
    if getattr(hint, "__metadata__", ()):
        return _base(typing.get_args(hint)[0])
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        members = [one for one in typing.get_args(hint) if one is not types.NoneType]
        return _base(members[0])[0], True
    return hint, False


_BY_TYPE: Final[dict[Any, Reader]] = {
    str: cells.text,
    Decimal: cells.decimal,
    int: cells.whole,
    bool: closed.flag,
    datetime: cells.moment,
    date: cells.day,
}


def _reader(name: str, base: Any) -> Reader | None:
    if not isinstance(base, type):
        return None
    if issubclass(base, Term):
        return closed.term(base)
    found: Callable[[Any], Any] | None = _BY_TYPE.get(base)
    return found and _READERS.get(name, found)


def _called(command: Command, field: str) -> words.Called:
    kind = command.aggregate.kind
    own = words.OWN.get(f"{command.key}.{field}") or words.OWN.get(f"{kind}.{field}")
    if own is not None:
        return own
    wording = field_wording("", field)
    return wording.zh, wording.en
