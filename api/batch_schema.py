"""What a batch looks like. Its lines are checked one by one against their own commands: see `api.batch_lines`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from annotated_types import Ge, Le
from pydantic import Field, WithJsonSchema

from api import scalars
from api.schemas import CORRECTS, MANDATE, NEW_ID, Strictly
from domain.catalogue import COMMANDS

MOST_LINES = 5_000

# Types that exist only at run time, made from the index of commands.
Key: Any = Annotated[
    Literal[tuple(COMMANDS)],
    Field(description="见 /v1/commands · As in /v1/commands"),
]
Arguments: Any = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {"type": "object", "description": "该命令自己的字段 · The command's own fields: GET /v1/commands/{key}"}
    ),
]
Version: Any = scalars.integer((Ge(0), Le(2**31 - 1)))
Mandate: Any = MANDATE
NewId: Any = NEW_ID
Corrects: Any = CORRECTS


class BatchLine(Strictly):
    """One command. Its arguments are checked as strictly as at the command's own address."""

    command: Key
    id: NewId = None
    corrects: Corrects = None
    expected_version: Version | None = None
    mandate: Mandate | None = None
    arguments: Arguments


class Batch(Strictly):
    """Lines are counted from 1. `mandate` is for all lines that have none of their own."""

    mode: Literal["all-or-nothing", "each"]
    mandate: Mandate | None = None
    commands: Annotated[tuple[BatchLine, ...], Field(min_length=1, max_length=MOST_LINES)]
