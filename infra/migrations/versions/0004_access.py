"""Access: accounts, what they are granted, their sessions and tokens, and the records of what was done about it.

Tokens made before speak for a name and not for an account: they end here.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op
from sqlalchemy import text

revision = "0004"
down_revision = "0003"

SQL = Path(__file__).parent.parent / "sql"
PARTS = (
    "access",
    "access_asking",
    "access_accounts",
    "access_tokens",
    "access_passwords",
    "access_signing",
    "access_records",
    "access_uploads",
    "access_rights",
)


def upgrade() -> None:
    for part in PARTS:
        # A colon in SQL is not a parameter here.
        op.execute(text((SQL / f"{part}.sql").read_text(encoding="utf-8").replace(":", r"\:")))
