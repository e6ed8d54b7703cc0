"""Notices: what concerns somebody, what they watch, and how they wish to be told."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0007"
down_revision = "0006"

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    # A colon in SQL is not a parameter here.
    op.execute(text((SQL / "notices.sql").read_text(encoding="utf-8").replace(":", r"\:")))
