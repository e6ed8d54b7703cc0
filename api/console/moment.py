"""The time bar: on which day, and as known on which day. Every link keeps it, so that a look at the past stays there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

KEPT = ("at", "known", "case")


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
