"""What a command asks for, as a form does: each field with its words, its bounds, and what it may be chosen from.

Made from the command's own signature, as its request is (`api/schemas.py`): a parameter added in the domain is a field here.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import types
import typing
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import annotated_types as at

from api.forms.field import Choice, Field, Sort
from api.forms.filling import scalar, terms
from api.forms.stating import stated
from api.schemas import MOST_ITEMS, UPLOADED
from domain.kernel.areas import DeclaredLine
from domain.kernel.commands import AtPosition, Command
from domain.kernel.mandate import Mandate
from domain.kernel.places import DeclaredPoint, DeclaredPolygon
from domain.vehicles.terms import VehicleCategory
from domain.work import aggregate_type, asked_for
from projections.queries.words.parameters import HINTS, parameter_wording
from projections.queries.words.reads import Reads, Wording

CLOSED: Final = {"units.set-vehicle-establishment.category": VehicleCategory}
"""Texts of which another context holds the closed list."""


_PLACES: Final = {DeclaredPoint: Sort.POINT, DeclaredPolygon: Sort.OUTLINE, DeclaredLine: Sort.LINE}


@functools.cache
def fields_of(command: Command) -> tuple[Field, ...]:
    """The command's own fields, in the order in which its signature has them."""
    hints = typing.get_type_hints(command.decide, include_extras=True)
    parameters = inspect.signature(command.decide).parameters
    return tuple(
        _field(command.key, name, hints[name], parameters[name].default)
        for name in list(parameters)[2:]
        if asked_for(hints[name])
    )


@functools.cache
def mandate_of(command: Command) -> tuple[Field, ...]:
    """Why, on which document, effective when. What the door says of the caller is not asked."""
    hints = typing.get_type_hints(Mandate, include_extras=True)
    found = {name: _field(command.key, f"mandate.{name}", hints[name]) for name in ("reason", "documents", "effective")}
    documents = dataclasses.replace(found["documents"], required=command.document)
    return (found["reason"], documents, found["effective"])


def _field(command: str, path: str, hint: Any, default: Any = inspect.Parameter.empty) -> Field:
    """`path` leads to it through groups: `unit.name`."""
    base, marks = _bare(hint)
    name = path.rpartition(".")[2]
    words = parameter_wording(command, path)
    listed = _listed(base, marks)
    if listed is not None:
        base, marks = _bare(typing.get_args(base)[0])
    is_given = default not in (inspect.Parameter.empty, dataclasses.MISSING)
    is_required = not is_given and not _is_optional(hint) and not (listed and not listed[0])
    filled = _filled(command, path, base, marks, words)
    if filled["sort"] is Sort.GROUP and listed is None and not is_required:
        # As a whole or not at all: who leaves it out is not asked for its parts.
        filled["fields"] = tuple(dataclasses.replace(part, required=False) for part in filled["fields"])
    return Field(
        name=name,
        zh=words.zh,
        en=words.en,
        required=is_required,
        default=_plain(default) if is_given else None,
        **stated(command, path, is_required),
        hint=None
        if name not in HINTS or path.startswith("mandate.")
        else Choice(value=name, zh=HINTS[name][0], en=HINTS[name][1]),
        reads=words.reads.value if isinstance(words.reads, Reads) else None,
        listed=listed,
        **filled,
    )


def _filled(  # noqa: PLR0911 -- one case a type: a table
    command: str, path: str, base: Any, marks: tuple[Any, ...], words: Wording
) -> dict[str, Any]:
    """How it is filled in, by its type."""
    name = path.rpartition(".")[2]
    if f"{command}.{path}" in CLOSED:
        return {"sort": Sort.CHOICE, "choices": terms(CLOSED[f"{command}.{path}"])}
    cls = aggregate_type(base)
    if cls is not None:
        return {"sort": Sort.THING, "kind": cls.kind}
    if any(isinstance(mark, AtPosition) for mark in marks):
        return {"sort": Sort.POSITION, "least": "1"}
    if name in UPLOADED:
        return {"sort": Sort.FILE}
    if base in _PLACES:
        return {"sort": _PLACES[base], "choices": terms(typing.get_type_hints(base)["system"])}
    if dataclasses.is_dataclass(base) and isinstance(base, type):
        return {"sort": Sort.GROUP, "fields": _parts(command, path, base)}
    return scalar(name, base, marks, words)


def _parts(command: str, path: str, cls: type[Any]) -> tuple[Field, ...]:
    hints = typing.get_type_hints(cls, include_extras=True)
    return tuple(
        _field(command, f"{path}.{field.name}", hints[field.name], field.default) for field in dataclasses.fields(cls)
    )


def _bare(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """The type itself, without `| None` and without marks; and all marks, from wherever they stood."""
    marks: tuple[Any, ...] = getattr(hint, "__metadata__", ())
    base = typing.get_args(hint)[0] if marks else hint
    if typing.get_origin(base) in (typing.Union, types.UnionType):
        (inner,) = (one for one in typing.get_args(base) if one is not types.NoneType)
        base, more = _bare(inner)
        return base, (*marks, *more)
    return base, marks


def _is_optional(hint: Any) -> bool:
    base = typing.get_args(hint)[0] if getattr(hint, "__metadata__", ()) else hint
    return types.NoneType in typing.get_args(base)


def _listed(base: Any, marks: tuple[Any, ...]) -> tuple[int, int] | None:
    if typing.get_origin(base) is not tuple:
        return None
    return next(((m.min_length, m.max_length or MOST_ITEMS) for m in marks if isinstance(m, at.Len)), (0, MOST_ITEMS))


def _plain(given: Any) -> Any:
    return (
        None
        if given in (None, ())
        else given.value
        if isinstance(given, StrEnum)
        else str(given)
        if isinstance(given, Decimal)
        else given
    )
