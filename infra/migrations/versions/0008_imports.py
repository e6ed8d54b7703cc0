"""Imports: spreadsheets on their way into the log, as working papers of whoever sent them."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0008"
down_revision = "0007"

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    # A colon in SQL is not a parameter here.
    op.execute(text((SQL / "imports.sql").read_text(encoding="utf-8").replace(":", r"\:")))
