"""Reach: what a transaction may see of the read models, and the role that reads for those who may see everything."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0005"
down_revision = "0004"

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    # A colon in SQL is not a parameter here.
    op.execute(text((SQL / "reach.sql").read_text(encoding="utf-8").replace(":", r"\:")))
