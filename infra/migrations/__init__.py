"""Migrations of what is kept: the log, access, telemetry. Read models are never migrated; they are built anew.

A revision is plain SQL run in one transaction with all others that are due: either the database is of this version
afterwards, or nothing changed.
"""

from __future__ import annotations

import re
from pathlib import Path

import psycopg

from infra.problems import Problem

SCHEMA = "zhangtu_meta"
FOLDER = Path(__file__).parent
_REVISION = re.compile(r'^(down_)?revision = "([0-9]+)"', re.MULTILINE)


class DatabaseFromTheFuture(Problem):
    zh = "数据库由更新的版本建立（{reason}）。请更新程序，或换一个数据库。"
    en = "The database was made by a newer version ({reason}). Update the program, or use another database."


def migrate(owner_url: str) -> None:
    """Bring the database to the version of this program. Two at once wait for each other."""
    if _is_newest(owner_url):
        return
    # Alembic brings a library as large as this program with it: where nothing is due, as nearly always, nobody waits for it.
    from alembic import command  # noqa: PLC0415 -- see above
    from alembic.config import Config  # noqa: PLC0415 -- as above
    from alembic.util import CommandError  # noqa: PLC0415 -- as above

    config = Config()
    # A per cent sign in the path would be taken for an interpolation.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["owner_url"] = owner_url
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseFromTheFuture(reason=error) from error


def _is_newest(owner_url: str) -> bool:
    with psycopg.connect(owner_url) as connection:
        if connection.execute("SELECT to_regclass(%s)", [f"{SCHEMA}.alembic_version"]).fetchone() == (None,):
            return False
        found = connection.execute(f"SELECT version_num FROM {SCHEMA}.alembic_version").fetchall()  # noqa: S608 -- a name of ours
    return {row[0] for row in found} == newest()


def newest() -> set[str]:
    """The revision that no other comes after: what Alembic calls the head. It is one, or somebody has to merge."""
    texts = [path.read_text(encoding="utf-8") for path in (FOLDER / "versions").glob("[0-9]*.py")]
    found = [(bool(below), number) for text in texts for below, number in _REVISION.findall(text)]
    return {number for below, number in found if not below} - {number for below, number in found if below}
