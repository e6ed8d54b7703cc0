"""One field of a form, and how it is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Sort(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    LINES = "lines"
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLAG = "flag"
    CHOICE = "choice"
    DAY = "day"
    MOMENT = "moment"
    TIME = "time"
    THING = "thing"
    FILE = "file"
    POINT = "point"
    OUTLINE = "outline"
    LINE = "line"
    POSITION = "position"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing to fill in. `listed`: as often as these bounds say; `kind`: what sort of thing is picked.

    `facet`: what of the thing it states anew; `kept`: where nothing else is said, that stays as it is.
    """

    name: str
    sort: Sort
    zh: str
    en: str
    required: bool
    default: Any = None
    facet: str | None = None
    kept: bool = False
    hint: Choice | None = None
    reads: str | None = None
    kind: str | None = None
    choices: tuple[Choice, ...] = ()
    open: bool = False
    least: str | None = None
    most: str | None = None
    places: int | None = None
    shortest: int | None = None
    longest: int | None = None
    listed: tuple[int, int] | None = None
    fields: tuple[Field, ...] = ()
