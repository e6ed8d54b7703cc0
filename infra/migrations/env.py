"""How Alembic runs: on the owner's connection, under a lock, everything in one transaction."""

from __future__ import annotations

import psycopg
from alembic import context
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from infra.migrations import SCHEMA

LOCK = 7_305_641_120  # any constant of ours: the second migrator waits until the first is done


def _migrate() -> None:
    url = context.config.attributes["owner_url"]
    # psycopg reads libpq's own addresses, which SQLAlchemy's parser does not in full.
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, version_table_schema=SCHEMA)
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            context.run_migrations()


_migrate()
