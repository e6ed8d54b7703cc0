"""The parameters of a statement, each under a name of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Bound:
    """The parameters of a statement, each with its type, or the planner would guess one."""

    values: dict[str, Any] = field(default_factory=dict)

    def __call__(self, value: Any, type: str) -> str:
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"%({name})s::{type}"
