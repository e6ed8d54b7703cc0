"""Mails: what goes out of notices, and until when it is tried."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0011"
down_revision = "0010"

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    # A colon in SQL is not a parameter here.
    op.execute(text((SQL / "mails.sql").read_text(encoding="utf-8").replace(":", r"\:")))
