"""Generations: the catalogue of what is built from the log, and the role that builds it."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0003"
down_revision = "0002"

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    # A colon in SQL is not a parameter here.
    op.execute(text((SQL / "reading.sql").read_text(encoding="utf-8").replace(":", r"\:")))
