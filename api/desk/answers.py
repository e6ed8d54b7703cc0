"""What one keeps on the desk, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from api.answers import Answered
from infra.desk import Sort


class PaperTold(Answered):
    name: str
    content: dict[str, Any]
    version: Annotated[int, Field(description="即 ETag · Its ETag")]
    kept_at: datetime


class PapersTold(Answered):
    sort: Sort
    papers: list[PaperTold]


class Dropped(Answered):
    dropped: Annotated[int, Field(description="0：原本就没有 · 0: there was none")]


DESK: tuple[type[Answered], ...] = (PaperTold, PapersTold, Dropped)
