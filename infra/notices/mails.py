"""The queue of mails. Whoever sends one holds its row locked meanwhile, so that no two send it; what fails waits longer and longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from infra.access.calling import Connection

PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
"""After the first failure, the second …; the last of them again and again."""
TRIED_FOR: Final = timedelta(days=3)
LONGEST_ERROR: Final = 500
MOST_IN_ONE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    id: UUID
    account: UUID
    notices: list[int]
    daily: bool
    attempts: int


def queue(connection: Connection, notices: Sequence[int]) -> None:
    """Of these notices, those of accounts that wish to be told at once: one mail an account."""
    connection.execute(
        "INSERT INTO notices.mails (account, notices)"
        " SELECT n.account, array_agg(n.id ORDER BY n.id) FROM notices.notices n"
        " JOIN notices.wishes w ON w.account = n.account AND w.mail = 'at-once' WHERE n.id = ANY(%s) GROUP BY n.account",
        [list(notices)],
    )


_DIGESTS = """
WITH readers AS (
    SELECT account, digested FROM notices.wishes WHERE mail = 'daily' AND digest_day < %(today)s FOR UPDATE SKIP LOCKED),
news AS (
    SELECT r.account, array_agg(n.id ORDER BY n.id DESC) AS ids
      FROM readers r JOIN notices.notices n ON n.account = r.account AND n.id > r.digested AND n.read_at IS NULL
     GROUP BY r.account),
made AS (
    INSERT INTO notices.mails (account, notices, daily) SELECT account, ids[:%(most)s], true FROM news RETURNING account)
UPDATE notices.wishes w
   SET digest_day = %(today)s, digested = greatest(w.digested, (SELECT max(id) FROM notices.notices n WHERE n.account = w.account))
  FROM readers r WHERE r.account = w.account
RETURNING w.account
"""


def queue_digests(connection: Connection, today: date) -> int:
    """To how many it was looked whether there is anything to tell them on this day."""
    return connection.execute(_DIGESTS, {"today": today, "most": MOST_IN_ONE}).rowcount


def due(connection: Connection) -> Mail | None:
    """The next that is to be sent; nobody else gets it to the end of the transaction."""
    with connection.cursor(row_factory=class_row(Mail)) as cursor:
        return cursor.execute(
            "SELECT id, account, notices, daily, attempts FROM notices.mails"
            " WHERE sent_at IS NULL AND given_up_at IS NULL AND next_at <= clock_timestamp()"
            " ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED"
        ).fetchone()


def sent(connection: Connection, mail: UUID) -> None:
    connection.execute(
        "UPDATE notices.mails SET sent_at = clock_timestamp(), attempts = attempts + 1, error = NULL WHERE id = %s",
        [mail],
    )


def dropped(connection: Connection, mail: UUID) -> None:
    """There is nothing to tell any more, or nobody to tell it to."""
    connection.execute("DELETE FROM notices.mails WHERE id = %s", [mail])


def failed(connection: Connection, mail: Mail, error: str, *, for_good: bool = False) -> None:
    """Tried again later, or given up after days."""
    connection.execute(
        "UPDATE notices.mails SET attempts = attempts + 1, error = %(error)s, next_at = clock_timestamp() + %(pause)s,"
        " given_up_at = CASE WHEN %(for_good)s OR made_at < clock_timestamp() - %(tried_for)s THEN clock_timestamp() END"
        " WHERE id = %(id)s",
        {
            "error": error[:LONGEST_ERROR],
            "pause": PAUSES[min(mail.attempts, len(PAUSES) - 1)],
            "for_good": for_good,
            "tried_for": TRIED_FOR,
            "id": mail.id,
        },
    )


def health(connection: Connection) -> dict[str, Any]:
    row = connection.execute(
        "SELECT count(*) FILTER (WHERE given_up_at IS NULL), count(*) FILTER (WHERE given_up_at > clock_timestamp() - interval '7 days')"
        "  FROM notices.mails WHERE sent_at IS NULL"
    ).fetchone()
    waiting, given_up = row or (0, 0)
    return {"waiting": waiting, "given_up": given_up}
