"""How an account wishes to be told: in which language, and by e-mail at once, once a day, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

from psycopg.rows import class_row

from infra.access.calling import Connection

Mail: TypeAlias = Literal["never", "at-once", "daily"]
Language: TypeAlias = Literal["zh", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    language: Language = "zh"
    mail: Mail = "never"
    address: str | None = None


def of(connection: Connection, account: UUID) -> Wish:
    with connection.cursor(row_factory=class_row(Wish)) as cursor:
        statement = "SELECT language, mail, address FROM notices.wishes WHERE account = %s"
        return cursor.execute(statement, [account]).fetchone() or Wish()


def keep(connection: Connection, account: UUID, wish: Wish) -> None:
    connection.execute(
        # What was before somebody wished for a daily mail is not in it.
        "INSERT INTO notices.wishes AS w (account, language, mail, address, digested)"
        " VALUES (%(account)s, %(language)s, %(mail)s, %(address)s,"
        "         (SELECT coalesce(max(id), 0) FROM notices.notices WHERE account = %(account)s))"
        " ON CONFLICT (account) DO UPDATE SET language = excluded.language, mail = excluded.mail, address = excluded.address,"
        " digested = CASE WHEN w.mail = 'daily' THEN w.digested ELSE excluded.digested END",
        {"account": account, "language": wish.language, "mail": wish.mail, "address": wish.address},
    )
