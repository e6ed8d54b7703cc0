"""Refusals: every rule that says no has a type of its own, carries data, and speaks Chinese and English."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar, Final

_BEIJING: Final = timezone(timedelta(hours=8))

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}[+-][0-9]{2}:[0-9]{2}")


class _Bilingual:
    """Says what it has to say in Chinese and English, from templates over the data it is made with.

    `code` is stable and public; `field` points at the input that must change, if one is to blame.
    """

    code: ClassVar[str] = ""
    zh: ClassVar[str] = ""
    en: ClassVar[str] = ""
    field: str | None = None

    def __init__(self, *, field: str | None = None, **data: Any) -> None:
        self.data = data
        if field is not None:
            self.field = field
        super().__init__()

    @property
    def message_zh(self) -> str:
        return self.zh.format_map(_Shown(self.data))

    @property
    def message_en(self) -> str:
        return self.en.format_map(_Shown(self.data))

    def __str__(self) -> str:
        return self.message_en


class Refusal(_Bilingual, Exception):
    """A rule was broken and nothing was written. A subclass is one rule: what is wrong, where, and what to do."""

    code = "refused"
    zh = "操作被拒绝。"
    en = "Refused."


class InvalidValue(Refusal):
    """A value that no situation could make right (a wrong check digit, a crossing outline)."""

    code = "invalid-value"


class NotFound(Refusal):
    """The asset, unit or person that a command names is not in the registry."""

    code = "not-found"
    zh = "找不到{zh} {id}，或者不在您的管理范围内。请核对。"
    en = "There is no {kind} {id}, or it is outside your reach. Check it."


class Notice(_Bilingual):
    """A warning: the command went through, but a person should look."""

    code = "notice"


class _Shown(dict[str, Any]):
    """Data for a message: lists are joined with a comma, moments are Beijing's, anything missing shows as its own name."""

    def __getitem__(self, key: str) -> str:
        value = super().__getitem__(key)
        if isinstance(value, list | tuple | set | frozenset):
            return ", ".join(_shown(item) for item in value)
        return _shown(value)

    def __missing__(self, key: str) -> str:
        return f"<{key}>"


def _shown(value: object) -> str:
    """In UTC the first of a month would be shown as the last day of the month before."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and _MOMENT.fullmatch(value) else value
        if not isinstance(moment, datetime):
            return str(value)
        local = moment.astimezone(_BEIJING).replace(tzinfo=None, microsecond=0)
    except (ValueError, OverflowError):  # no moment, or one of the last hours of the calendar
        return str(value)
    return local.isoformat(sep=" ", timespec="seconds" if local.second else "minutes")
