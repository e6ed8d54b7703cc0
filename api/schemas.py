"""The domain's types as request models: one strict model a command, made from the command's own signature.

Nothing about a command is written here twice: a parameter added to a method of the domain is a field of the API.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import re
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import annotated_types as at
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, WithJsonSchema, create_model

from api import scalars
from api.moments import Day, Moment
from domain.approvals.proposal import Papers
from domain.catalogue import COMMANDS
from domain.kernel.aggregate import Aggregate
from domain.kernel.commands import Command
from domain.kernel.mandate import Mandate
from domain.work import aggregate_type, asked_for

# Digests of files that must be here already. Others (a journey's track) are of things kept elsewhere.
UPLOADED = frozenset({"digest", "photos"})
# A list without a bound of its own still has one: the body's size would be a poor limit to explain.
MOST_ITEMS = 100_000
MOST_LINES = 5_000
MOST_PROPOSED = 1_000  # people decide on these, and read them


class Strictly(BaseModel):
    """Base of everything that comes in: no unknown fields, no conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


@functools.cache
def arguments_of(command: Command) -> type[Strictly]:
    """What the command itself asks for; in a batch this is `arguments`."""
    hints = typing.get_type_hints(command.decide, include_extras=True)
    parameters = inspect.signature(command.decide).parameters
    fields = {
        name: (_named_type(name, hints[name]), _default(parameters[name].default))
        for name in list(parameters)[2:]
        if asked_for(hints[name])
    }
    return _model(f"{_camel(command.key)}Arguments", command.decide.__module__, fields, f"{command.zh} · {command.en}")


def name_of_request(command: Command) -> str:
    return _camel(command.key)


@functools.cache
def request_of(command: Command) -> type[Strictly]:
    """The body of the command's own address: its parameters, and with them the mandate."""
    envelope: dict[str, Any] = {"mandate": (MANDATE, ...), "corrects": (CORRECTS, None)}
    if command.creates:
        envelope["id"] = (NEW_ID, None)
    own = arguments_of(command)
    if clash := envelope.keys() & own.model_fields.keys():
        raise TypeError(f"{command.key}: {', '.join(clash)} means something else in every request")
    return create_model(
        name_of_request(command), __base__=own, __module__=command.decide.__module__, __doc__=own.__doc__, **envelope
    )


def field_type(hint: Any) -> Any:
    """How a type of the domain's signatures looks in JSON."""
    marks: tuple[Any, ...] = getattr(hint, "__metadata__", ())
    base = typing.get_args(hint)[0] if marks else hint
    origin = typing.get_origin(base)
    if origin in (typing.Union, types.UnionType):
        return functools.reduce(lambda one, other: one | other, map(_member(marks), typing.get_args(base)))
    if origin is tuple:
        return _tuple(base, marks)
    return _plain_type(base, marks)


def _named_type(name: str, hint: Any) -> Any:
    made = field_type(hint)
    return Annotated[made, AfterValidator(scalars.uploaded)] if name in UPLOADED else made


def _member(marks: tuple[Any, ...]) -> Callable[[Any], Any]:
    """One side of `X | None`: marks around the whole are about X."""
    return lambda hint: None if hint is types.NoneType else field_type(Annotated[hint, *marks] if marks else hint)


def _tuple(base: Any, marks: tuple[Any, ...]) -> Any:
    items = typing.get_args(base)
    if len(items) == 2 and items[1] is Ellipsis:  # noqa: PLR2004  tuple[X, ...]
        shortest, longest = next(((m.min_length, m.max_length) for m in marks if isinstance(m, at.Len)), (0, None))
        return Annotated[
            tuple[field_type(items[0]), ...],  # type: ignore[misc]  # a type made at run time
            Field(min_length=shortest, max_length=longest or MOST_ITEMS),
        ]
    return tuple[tuple(field_type(item) for item in items)]  # type: ignore[misc]  # likewise


_SCALARS: dict[Any, Callable[[tuple[Any, ...]], Any]] = {
    str: scalars.text,
    Decimal: scalars.decimal,
    int: scalars.integer,
    bool: lambda _: scalars.FLAG,
    float: lambda _: scalars.NUMBER,
    datetime: lambda _: Moment,
    date: lambda _: Day,
    UUID: lambda _: scalars.ID,
}


def _plain_type(base: Any, marks: tuple[Any, ...]) -> Any:
    if base in _SCALARS:
        return _SCALARS[base](marks)
    if (cls := aggregate_type(base)) is not None:
        return _aggregate_id(cls)
    if base is Papers:  # callers give what is proposed; the digest that the log knows is made of it
        return PROPOSED
    if issubclass(base, StrEnum):
        return Annotated[base, Strict(), Field(description=_words(base))]
    if dataclasses.is_dataclass(base) and isinstance(base, type):
        return value_type(base)
    raise TypeError(f"no JSON form for {base!r}")


def _aggregate_id(cls: type[Aggregate]) -> Any:
    return scalars.id_of(f"{cls.zh}编号", f"Id of a {cls.en}")


@functools.cache
def value_type(cls: type[Any]) -> Any:
    """A value of the domain: checked as a model, handed over as the value itself."""
    model = value_model(cls)  # type: ignore[arg-type]  # any class is hashable

    def make(checked: Any) -> Any:
        return cls(**{name: getattr(checked, name) for name in model.model_fields})

    return Annotated[model, AfterValidator(make)]


@functools.cache
def value_model(cls: type[Any], *names: str) -> type[Strictly]:
    """The fields of a domain value as a model: all of them, or those named."""
    hints = typing.get_type_hints(cls, include_extras=True)
    fields = {
        field.name: (_named_type(field.name, hints[field.name]), _default(field.default))
        for field in dataclasses.fields(cls)
        if not names or field.name in names
    }
    return _model(cls.__name__, cls.__module__, fields, inspect.getdoc(cls) or cls.__name__)


def _model(name: str, module: str, fields: dict[str, Any], doc: str) -> type[Strictly]:
    made: type[Strictly] = create_model(name, __base__=Strictly, __module__=module, __doc__=doc, **fields)
    return made


def _default(given: Any) -> Any:
    return ... if given in (inspect.Parameter.empty, dataclasses.MISSING) else given


def _words(term: type[StrEnum]) -> str:
    """The words for each stored value, where it has words."""
    labels = [f"{one.value}：{one.zh} {one.en}" for one in term if hasattr(one, "zh") and hasattr(one, "en")]
    return "；".join(labels) or inspect.getdoc(term) or term.__name__


def _camel(key: str) -> str:
    return "".join(part.capitalize() for part in re.split(r"[.\-_]", key))


# Who acts and through what comes from the token and the door, never from the body.
MANDATE = value_model(Mandate, "reason", "documents", "effective", "correlation", "causation")
NEW_ID: Any = Annotated[
    scalars.ID | None,
    Field(description="新对象的编号，可省略。 The id of the new one; made by the server if left out."),
]
CORRECTS: Any = Annotated[
    scalars.integer((at.Ge(1),)) | None,
    Field(
        description="本操作更正日志中该位置的记录。 The position in the log of the event that this command corrects."
    ),
]
# Types that exist only at run time, made from the index of commands.
_Key: Any = Annotated[Literal[tuple(COMMANDS)], Field(description="见 /v1/commands · As in /v1/commands")]
_Arguments: Any = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {"type": "object", "description": "该命令自己的字段 · The command's own fields: GET /v1/commands/{key}"}
    ),
]
_Version: Any = scalars.integer((at.Ge(0), at.Le(2**31 - 1)))
_Mandate: Any = MANDATE


class BatchLine(Strictly):
    """One command. Its arguments are checked as strictly as at the command's own address."""

    command: _Key
    id: NEW_ID = None
    corrects: CORRECTS = None
    expected_version: _Version | None = None
    mandate: _Mandate | None = None
    arguments: _Arguments


PROPOSED: Any = Annotated[tuple[BatchLine, ...], Field(min_length=1, max_length=MOST_PROPOSED)]
LINES: Any = Annotated[tuple[BatchLine, ...], Field(min_length=1, max_length=MOST_LINES)]
