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
        "INSERT INTO notices.wishes (account, language, mail, address) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (account) DO UPDATE SET language = excluded.language, mail = excluded.mail, address = excluded.address",
        [account, wish.language, wish.mail, wish.address],
    )
