"""Migrations of what is kept: the log, access, telemetry. Read models are never migrated; they are built anew.

A revision is plain SQL run in one transaction with all others that are due: either the database is of this version
afterwards, or nothing changed.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from infra.problems import Problem

SCHEMA = "zhangtu_meta"


class DatabaseFromTheFuture(Problem):
    zh = "数据库由更新的版本建立（{reason}）。请更新程序，或换一个数据库。"
    en = "The database was made by a newer version ({reason}). Update the program, or use another database."


def migrate(owner_url: str) -> None:
    """Bring the database to the version of this program. Two at once wait for each other."""
    config = Config()
    # A per cent sign in the path would be taken for an interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["owner_url"] = owner_url
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseFromTheFuture(reason=error) from error
