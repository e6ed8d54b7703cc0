"""What somebody wants done with a file, and how the work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from domain.access.principal import Principal
from domain.kernel.commands import Command

Tell: TypeAlias = Callable[[str, int, int], None]
"""How far it is: the step, how many are done, of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants done with a file. `said` is the mandate as they gave it."""

    command: Command
    content: bytes
    digest: str
    command_id: UUID
    said: Any
    principal: Principal

    @property
    def source(self) -> str:
        return f"import:{self.digest}"
