"""What people keep while they work: drafts, views, settings. No facts; every question names the account that asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Json

from domain.kernel.errors import Refusal
from domain.kernel.saving import Conflict
from infra.access.calling import Connection

MOST_OF_A_SORT: Final = 200
DRAFTS_KEPT: Final = "30 days"


class Sort(StrEnum):
    """The closed list of what is kept."""

    DRAFT = "draft"
    VIEW = "view"
    COLUMNS = "columns"
    MANDATE = "mandate"
    SETTING = "setting"


class DeskFull(Refusal):
    code = "desk-full"
    zh = "这一类已存满 {most} 份，请先删除不用的。"
    en = "There are {most} of this sort already. Remove some that you do not need."


class PaperChanged(Conflict):
    code = "version-conflict"
    field = "If-Match"
    zh = "这份内容已在别处改过。请先读取现在的内容，再决定保存哪一份。"
    en = "This was changed elsewhere meanwhile. Read what it is now, then decide which to keep."


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    name: str
    content: Any
    version: int
    kept_at: datetime


def of(connection: Connection, account: UUID, sort: Sort) -> list[Paper]:
    """All of a sort, the one kept last first."""
    with connection.cursor(row_factory=class_row(Paper)) as cursor:
        return cursor.execute(
            "SELECT name, content, version, kept_at FROM desk.papers WHERE account = %s AND sort = %s ORDER BY kept_at DESC, name",
            [account, sort],
        ).fetchall()


def find(connection: Connection, account: UUID, sort: Sort, name: str) -> Paper | None:
    with connection.cursor(row_factory=class_row(Paper)) as cursor:
        return cursor.execute(
            "SELECT name, content, version, kept_at FROM desk.papers WHERE account = %s AND sort = %s AND name = %s",
            [account, sort, name],
        ).fetchone()


def keep(
    connection: Connection, account: UUID, sort: Sort, name: str, content: Any, *, expected: int | None = None
) -> Paper:
    """Puts it where what had this name was; only over that version, if one is expected. 0 expects that there is none."""
    if sort is Sort.DRAFT:
        _forget_old_drafts(connection)
    with connection.cursor(row_factory=class_row(Paper)) as cursor:
        kept = cursor.execute(
            "INSERT INTO desk.papers AS kept (account, sort, name, content) SELECT %(account)s, %(sort)s, %(name)s, %(content)s"
            " WHERE coalesce(%(expected)s, 0) = 0 OR EXISTS (SELECT FROM desk.papers WHERE (account, sort, name)"
            " = (%(account)s, %(sort)s, %(name)s))"
            " ON CONFLICT (account, sort, name) DO UPDATE SET content = excluded.content, version = kept.version + 1,"
            " kept_at = clock_timestamp() WHERE %(expected)s IS NULL OR kept.version = %(expected)s"
            " RETURNING name, content, version, kept_at",
            {"account": account, "sort": sort, "name": name, "content": Json(content), "expected": expected},
        ).fetchone()
    if kept is None:
        raise PaperChanged
    if kept.version == 1 and _count(connection, account, sort) > MOST_OF_A_SORT:
        raise DeskFull(most=MOST_OF_A_SORT)
    return kept


def drop(connection: Connection, account: UUID, sort: Sort, name: str, *, expected: int | None = None) -> bool:
    """Whether it was there; a version that is not the expected one stays."""
    found = find(connection, account, sort, name)
    if found is not None and expected not in (None, found.version):
        raise PaperChanged
    connection.execute("DELETE FROM desk.papers WHERE account = %s AND sort = %s AND name = %s", [account, sort, name])
    return found is not None


def _count(connection: Connection, account: UUID, sort: Sort) -> int:
    row = connection.execute(
        "SELECT count(*) FROM desk.papers WHERE account = %s AND sort = %s", [account, sort]
    ).fetchone()
    return 0 if row is None else int(row[0])


def _forget_old_drafts(connection: Connection) -> None:
    """Rule: what was begun and never sent is not kept for ever, whoever began it: it may name people."""
    connection.execute(
        "DELETE FROM desk.papers WHERE sort = %s AND kept_at < clock_timestamp() - %s::interval",
        [Sort.DRAFT, DRAFTS_KEPT],
    )
