"""Refusals: every rule that says no has a type of its own, carries data, and speaks Chinese and English."""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):
    """A rule was broken and nothing was written.

    A subclass is one rule. It names the rule in `code` (stable, public), says in `zh` and `en` what is wrong, where and
    what to do (templates over the data it is raised with), and may point at the input `field` that must change.
    """

    code: ClassVar[str] = "refused"
    zh: ClassVar[str] = "操作被拒绝。"
    en: ClassVar[str] = "Refused."
    field: str | None = None

    def __init__(self, *, field: str | None = None, **data: Any) -> None:
        self.data = data
        if field is not None:
            self.field = field
        super().__init__(self.en.format_map(_Shown(data)))

    @property
    def message_zh(self) -> str:
        return self.zh.format_map(_Shown(self.data))

    @property
    def message_en(self) -> str:
        return self.en.format_map(_Shown(self.data))


class InvalidValue(Refusal):
    """A value that no situation could make right (a wrong check digit, a crossing outline)."""

    code = "invalid-value"


class NotFound(Refusal):
    """The asset, unit or person that a command names is not in the registry."""

    code = "not-found"
    zh = "找不到{kind} {id}。请核对编号。"
    en = "No {kind} with id {id}. Check the id."


class Notice:
    """A warning: the command went through, but a person should look."""

    code: ClassVar[str] = "notice"
    zh: ClassVar[str] = ""
    en: ClassVar[str] = ""
    field: str | None = None

    def __init__(self, *, field: str | None = None, **data: Any) -> None:
        self.data = data
        if field is not None:
            self.field = field

    message_zh = Refusal.message_zh
    message_en = Refusal.message_en


class _Shown(dict[str, Any]):
    """Data for a message: lists are joined with a comma, anything missing shows as its own name."""

    def __getitem__(self, key: str) -> str:
        value = super().__getitem__(key)
        if isinstance(value, list | tuple | set | frozenset):
            return ", ".join(str(item) for item in value)
        return str(value)

    def __missing__(self, key: str) -> str:
        return f"<{key}>"
