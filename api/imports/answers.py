"""What is sent for an import, and what is told of one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from api.answers import Answered
from api.batches.schema import Mandate
from api.imports.columns import sheets
from api.schemas import Strictly

Sheet: Any = Annotated[
    Literal[tuple(command.key for command in sheets())],
    Field(description="见 /v1/imports/sheets · As in /v1/imports/sheets"),
]
Digest: Any = Annotated[
    str, Field(pattern="^[0-9a-f]{64}$", description="先用 POST /v1/files 上传 · Uploaded with POST /v1/files before")
]


class ImportAsked(Strictly):
    """A file that was uploaded, what its rows are, and the one authority for all of them."""

    command: Sheet
    file: Digest
    name: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
    mandate: Mandate


class UndoAsked(Strictly):
    """On whose authority it is taken back."""

    mandate: Mandate


class FindingTold(Answered):
    severity: Literal["error", "warning"]
    code: str
    row: int | None
    column: str | None
    cell: Annotated[str | None, Field(description="如 C12 · Such as C12")]
    zh: str
    en: str


class ImportTold(Answered):
    id: UUID
    command: str
    zh: str
    en: str
    file: str
    name: str
    mandate: dict[str, Any]
    state: Literal["checking", "checked", "applying", "applied", "undoing", "undone", "unreadable"]
    step: str
    done: int
    total: int
    cut_off: Annotated[bool, Field(description="处理中断，可重新开始 · Its work was cut off; it can be begun again")]
    may: Annotated[list[Literal["check", "apply", "undo"]], Field(description="现在可以做什么 · What can be done now")]
    outcome: Annotated[dict[str, Any] | None, Field(description="核对结果 · What the check found")]
    undoing: Annotated[list[dict[str, Any]] | None, Field(description="不能撤销的行 · Rows that cannot be undone")]
    problem: dict[str, Any] | None
    made_at: datetime
    ended_at: datetime | None


class ImportsTold(Answered):
    imports: list[ImportTold]


class FindingsTold(Answered):
    errors: int
    warnings: int
    findings: list[FindingTold]


class SheetColumn(Answered):
    path: str
    zh: str
    en: str
    required: bool
    words: Annotated[list[dict[str, str]], Field(description="可填的词 · The words that it can be")]
    kind: Annotated[str | None, Field(description="填哪种对象的名称 · Whose name goes there")]


class SheetTold(Answered):
    command: str
    kind: str
    zh: str
    en: str
    creates: bool
    template: str
    columns: list[SheetColumn]


class SheetsTold(Answered):
    sheets: list[SheetTold]


IMPORTS: tuple[Any, ...] = (
    ImportAsked,
    UndoAsked,
    ImportTold,
    ImportsTold,
    FindingTold,
    FindingsTold,
    SheetColumn,
    SheetTold,
    SheetsTold,
)
