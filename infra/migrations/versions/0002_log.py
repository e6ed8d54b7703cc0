"""The log: events, claims, holdings, the one function that appends, and the keys of people."""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    for name in ("log.sql", "append.sql"):
        # A colon in SQL is not a parameter here.
        op.execute(text((SQL / name).read_text(encoding="utf-8").replace(":", r"\:")))
