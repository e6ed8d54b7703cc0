"""The time bar: on which day, and as known on which day. Every link keeps it, so that a look at the past stays there.

A day is taken as people mean it. "On a day" is its beginning: what takes effect on that day holds by then. "As known on a day" is its
end: what was recorded in the course of that day is known. The API takes every day as its beginning, so the second is sent as a moment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from fastapi import Request

from api.console.showing import SHANGHAI

KEPT = ("at", "known", "case")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LAST: Final = time(23, 59, 59, 999999)


@dataclass(frozen=True, slots=True)
class Moment:
    """What the page looks at; nothing at all is now."""

    at: str = ""
    known: str = ""
    case: str = ""

    @classmethod
    def of(cls, request: Request) -> Moment:
        return cls(*(request.query_params.get(name, "") for name in KEPT))

    @property
    def asked(self) -> dict[str, str]:
        return {name: value for name in KEPT if (value := str(getattr(self, name)))}

    @property
    def is_now(self) -> bool:
        return not self.asked

    def link(self, path: str, more: Mapping[str, Any] | None = None) -> str:
        """An address of ours at the same moment."""
        given = {**{name: value for name, value in (more or {}).items() if value not in (None, "")}, **self.asked}
        return f"{path}?{urlencode(given, doseq=True)}" if given else path


def end_of(day: str) -> str:
    """The last moment of a day as the API takes it; what is no day is left as it is, for the API to refuse in its own words."""
    if not _DAY.fullmatch(day):
        return day
    return f"{day}T{_LAST.isoformat()}+08:00"


def day_of(moment: str, *, ends: bool = False) -> str:
    """The day that a moment would be chosen by in the time bar; `ends`: by whose end. Nothing for a position, or what is no moment."""
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    local = read.replace(tzinfo=SHANGHAI) if read.tzinfo is None else read.astimezone(SHANGHAI)
    if ends and local.time() == time():
        local -= timedelta(microseconds=1)
    return f"{local:%Y-%m-%d}"


def told(moment: str, *, ends: bool = False) -> tuple[str, str]:
    """A moment in words: a day by its beginning or its end, another moment to the minute, a position by its number."""
    day = day_of(moment, ends=ends)
    if moment.startswith("#"):
        return f"账册第 {moment[1:]} 号", f"no. {moment[1:]} of the log"
    if not day:
        return moment, moment
    exact = datetime.fromisoformat(moment)
    local = exact.replace(tzinfo=SHANGHAI) if exact.tzinfo is None else exact.astimezone(SHANGHAI)
    if ends and local.time() in (_LAST, time()):
        return f"{day} 结束时", f"the end of {day}"
    if not ends and local.time() == time():
        return f"{day} 零时", f"the beginning of {day}"
    return (f"{local:%Y-%m-%d %H:%M}",) * 2


def chosen(to: str, on: str, known_on: str, case: str, *, today: date) -> str:
    """The address of the same page at what was chosen. Today, on either axis, is now: nothing is left out then."""
    path, _, query = to.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name not in (*KEPT, "cursor")]
    at = "" if on == today.isoformat() else on
    known = "" if known_on == today.isoformat() else end_of(known_on)
    asked = [(name, value) for name, value in (("at", at), ("known", known), ("case", case)) if value]
    return f"{path}?{urlencode([*kept, *asked])}" if kept or asked else path


@dataclass(frozen=True, slots=True)
class Choice:
    """A day that the time bar offers. `known`: as known on this day, too."""

    zh: str
    en: str
    on: str = ""
    known: str = ""


def choices(moment: Moment, today: date, last: str | None) -> list[Choice]:
    """`last`: when the thing that the page shows changed last."""
    year = today.replace(month=1, day=1)
    ago = today - timedelta(days=365)
    found = [Choice("现在", "Now"), Choice("今年年初", "Start of this year", year.isoformat()),
             Choice("去年年初", "Start of last year", year.replace(year=year.year - 1).isoformat()),
             Choice("一年前", "A year ago", ago.isoformat())]  # fmt: skip
    if last:
        before = date.fromisoformat(day_of(last)) - timedelta(days=1)
        found.append(Choice("最近一次变更的前一天", "The day before its last change", before.isoformat()))
    if moment.at and (on := day_of(moment.at)):
        found.append(Choice("这一天，按当时所知", "This day, as known then", on, on))
    return found
