"""Webhooks: where events are sent to, in whose name, and what became of it."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0012"
down_revision = "0011"

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    # A colon in SQL is not a parameter here.
    op.execute(text((SQL / "webhooks.sql").read_text(encoding="utf-8").replace(":", r"\:")))
