"""Moments as JSON carries them: a date-time with its offset, or a date alone, which is its start in Asia/Shanghai."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, StringConstraints, WithJsonSchema

from api.faults import fault

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_YEAR, LAST_YEAR = 1900, 2200

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII)
_POSITION = re.compile(r"#[0-9]{1,18}", re.ASCII)
_LEAP_SECOND = re.compile(r"(?<=:[0-9]{2}:)60", re.ASCII)


def moment(text: str) -> datetime:
    """The moment in UTC. RFC 3339 is taken at its word; a year that no public asset has is a wrong value, not a wrong form."""
    day, mark, time = text[:10], text[10:11].upper(), text[11:].upper()
    if not _DATE.fullmatch(day) or (text[10:] and (mark != "T" or not _TIME.fullmatch(time))):
        raise fault("moment-form")
    found = _read(day, _LEAP_SECOND.sub("59", time)) if time else _read(day, "00:00:00")
    if not FIRST_YEAR <= int(day[:4]) <= LAST_YEAR or time[6:8] == "60":
        raise fault("moment-range", first=FIRST_YEAR, last=LAST_YEAR)
    return (found if time else found.replace(tzinfo=ZONE)).astimezone(UTC)


def day(text: str) -> date:
    """A date as on a calendar."""
    if not _DATE.fullmatch(text):
        raise fault("day-form")
    found = _read(text, "00:00:00", "day-form").date()
    if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        raise fault("moment-range", first=FIRST_YEAR, last=LAST_YEAR)
    return found


def _read(day: str, time: str, wrong: str = "moment-form") -> datetime:
    try:
        # A year 0 is in the form but not in Python's calendar; it is refused by its range, like any other such year.
        return datetime.fromisoformat(f"{'2000' if day.startswith('0000') else day[:4]}{day[4:]}T{time}")
    except ValueError:
        raise fault(wrong) from None


_MOMENT_SCHEMA = {
    "type": "string",
    "anyOf": [{"format": "date-time"}, {"format": "date"}],
    "description": "带时区的日期时间；只写日期则为当日零时（北京时间）。 "
    "A date-time with offset, or a date alone: its start in Asia/Shanghai.",
    "examples": ["2026-01-01", "2026-01-01T09:00:00+08:00"],
}

Moment: Any = Annotated[
    str, StringConstraints(strict=True, max_length=64), AfterValidator(moment), WithJsonSchema(_MOMENT_SCHEMA)
]


def known(text: str) -> datetime | int:
    """As of when something was known: a moment, or a position of the log written `#12345`."""
    return int(text[1:]) if _POSITION.fullmatch(text) else moment(text)


_KNOWN_SCHEMA = {
    "type": "string",
    "anyOf": [{"format": "date-time"}, {"format": "date"}, {"pattern": "^#[0-9]{1,18}$"}],
    "description": "当时已知：日期时间、日期，或日志位置（#12345）。 As known at a moment, a date, or a position of the log.",
    "examples": ["2026-01-01", "#12345"],
}

KnownAt: Any = Annotated[
    str, StringConstraints(strict=True, max_length=64), AfterValidator(known), WithJsonSchema(_KNOWN_SCHEMA)
]
Day: Any = Annotated[
    str,
    StringConstraints(strict=True, max_length=10),
    AfterValidator(day),
    WithJsonSchema({"type": "string", "format": "date"}),
]
