"""What a form says beside a field, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from api.forms.given import Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """`value` may be taken over; `source` says by which rule or from which record. `warns`: think twice; the command decides."""

    field: str
    zh: str
    en: str
    source: str
    value: str | None = None
    warns: bool = False


Formula: TypeAlias = Callable[[Filled], Iterator[Suggestion]]
