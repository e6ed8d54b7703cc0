"""What the API says is wrong, at the field that it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from api.console.forms.typed import Fields, Typed

_LINE: Final = re.compile(r"^/commands/[0-9]+")
_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MISSING: Final = ("必须填写。", "Must be given.")
_ENVELOPE: Final = ("arguments", "")


@dataclass(frozen=True, slots=True)
class Fault:
    """In both languages; `path` is that of a field, or empty when no field is to blame."""

    path: str
    zh: str
    en: str


def faults(problem: Mapping[str, Any], paths: Container[str]) -> list[Fault]:
    """`paths`: the fields that there are. What is said of anything else is told on top."""
    told = [Fault(_path(one["field"], paths), one["zh"], one["en"]) for one in problem.get("errors", ())]
    return told or [
        Fault(_path(problem.get("field", ""), paths), str(problem.get("detail", "")), str(problem.get("detail_en", "")))
    ]


def named(told: Iterable[Fault], names: Mapping[str, str]) -> list[Fault]:
    """The same, with what the form itself knows the name of called by it."""

    def put(text: str) -> str:
        return _ID.sub(lambda found: names.get(found[0]) or found[0], text)

    return [replace(one, zh=put(one.zh), en=put(one.en)) for one in told]


def missing(fields: Mapping[str, Mapping[str, Any]], typed: Typed) -> list[Fault]:
    """Of every field at once: the API looks at the mandate first, and at what stands on it when that is there."""
    required = [(path, field) for path, field in fields.items() if field["required"]]
    blank = [path for path, field in required if field["sort"] != "group" and not any(typed.get(path, ()))]
    empty = [
        path for path, field in required if field["listed"] and field["sort"] == "group" and f"{path}.0" not in fields
    ]
    return [Fault(path, *_MISSING) for path in (*blank, *(path for path in empty if "row" not in fields[path]))]


def _path(pointer: str, paths: Container[str]) -> str:
    """The field itself, or the nearest one around it: of a list, its item; of a place, the place."""
    parts = [part for part in _LINE.sub("", pointer).split("/") if part not in _ENVELOPE]
    while parts:
        path = ".".join(parts)
        if path in paths:
            return path
        parts.pop()
    return ""


def fields_by_path(fields: Fields, rows: Callable[[str], int], prefix: str = "") -> dict[str, dict[str, Any]]:
    """Every field by its path, in the order in which they stand, with those of each row. `rows` tells how many rows a group has."""
    found: dict[str, dict[str, Any]] = {}
    for field in fields:
        path = prefix + field["name"]
        found[path] = dict(field)
        if field["sort"] == "group" and field["listed"] is not None:
            for row in range(rows(path)):
                at = {f"{path}.{row}": {**field, "row": row, "zh": str(row + 1), "en": str(row + 1)}}
                found |= at | fields_by_path(field["fields"], rows, f"{path}.{row}.")
        elif field["sort"] == "group":
            found |= fields_by_path(field["fields"], rows, f"{path}.")
    return found
