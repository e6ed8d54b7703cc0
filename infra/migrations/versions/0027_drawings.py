"""Drawings of buildings on their way into the log, as working papers of whoever brings them in."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0027"
down_revision = "0023"

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    # A colon in SQL is not a parameter here.
    op.execute(text((SQL / "drawings.sql").read_text(encoding="utf-8").replace(":", r"\:")))
