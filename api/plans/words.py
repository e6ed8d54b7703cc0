"""A line of a plan in words: what is to be done, to what, and with which particulars."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from domain.catalogue import COMMANDS
from domain.kernel.commands import Command
from domain.kernel.labels import Term
from projections.queries.words.fields import FIELD_WORDS
from projections.queries.words.reads import Reads
from projections.queries.words.values import Names, Words, words


def about(said: Mapping[str, Any], names: Names) -> dict[str, Any]:
    command = COMMANDS[said["command"]]
    id = said.get("id")
    return {
        "zh": command.zh,
        "en": command.en,
        "asset": None if id is None else {"id": id, "kind": command.aggregate.kind, "label": names.get(id, id)},
        "particulars": list(_particulars(command, said["arguments"], names)),
    }


def _particulars(command: Command, arguments: Mapping[str, Any], names: Names) -> Iterator[dict[str, str]]:
    hints = typing.get_type_hints(command.decide)
    for name, value in arguments.items():
        yield from _told(name, value, hints.get(name), names)


def _told(name: str, value: Any, hint: Any, names: Names) -> Iterator[dict[str, str]]:
    """A value with parts is told part by part; what was left out is not told at all."""
    if isinstance(value, dict) and "coordinates" not in value:
        inner = _hints(hint)
        for part, one in value.items():
            yield from _told(part, one, inner.get(part), names)
    elif value not in (None, "", []):
        zh, en = _value(value, hint, names)
        called = FIELD_WORDS.get(name)
        yield {"zh": called.zh if called else name, "en": called.en if called else name, "value_zh": zh, "value_en": en}


def _value(value: Any, hint: Any, names: Names) -> Words:
    if isinstance(value, list):
        told = [_value(one, hint, names) for one in value]
        return "、".join(zh for zh, _ in told), ", ".join(en for _, en in told)
    term = _term(hint)
    if term is not None:
        return words(str(value), term, names)
    if isinstance(value, bool):
        return words(value, Reads.YES_NO, names)
    if isinstance(value, dict):
        return "已给出", "given"
    return words(str(value), Reads.THING if _is_id(value) else Reads.TEXT, names)


def _is_id(value: Any) -> bool:
    try:
        return bool(UUID(str(value)))
    except ValueError:
        return False


def _term(hint: Any) -> type[Term] | None:
    """The closed list that a value is a member of, through Optional, tuple and Annotated."""
    if inspect.isclass(hint):
        return hint if issubclass(hint, Term) else None
    return next((found for one in typing.get_args(hint) if (found := _term(one)) is not None), None)


def _hints(hint: Any) -> dict[str, Any]:
    """The parts of a value that has parts."""
    for one in (hint, *typing.get_args(hint)):
        if isinstance(one, type) and hasattr(one, "__dataclass_fields__"):
            return typing.get_type_hints(one)
    return {}
