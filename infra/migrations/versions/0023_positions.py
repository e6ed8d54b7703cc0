"""Positions: where vehicles said that they were."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0023"
down_revision = "0013"

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    # A colon in SQL is not a parameter here.
    op.execute(text((SQL / "positions.sql").read_text(encoding="utf-8").replace(":", r"\:")))
