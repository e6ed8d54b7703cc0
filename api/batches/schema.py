"""What a batch looks like. Its lines are checked one by one against their own commands: see `api/batches/lines.py`."""

from __future__ import annotations

from typing import Any, Literal

from api.schemas import LINES, MANDATE, BatchLine, Strictly

__all__ = ["Batch", "BatchLine"]

# Types that exist only at run time.
Mandate: Any = MANDATE
Lines: Any = LINES


class Batch(Strictly):
    """Lines are counted from 1. `mandate` is for all lines that have none of their own."""

    mode: Literal["all-or-nothing", "each"]
    mandate: Mandate | None = None
    commands: Lines
