"""Sends what is in the queue: what each mail says is asked when it is sent, of what its reader may see by then."""

from __future__ import annotations

from datetime import datetime

from api.moments import ZONE
from api.notices import smtp, telling
from api.notices.mail import Letter, written
from infra.access import principals
from infra.access.calling import Connection
from infra.database import Pool
from infra.notices import kept, mails, wishes
from infra.notices.mails import Mail
from infra.settings import Settings
from projections.queries import view as views
from projections.queries.view import Asked

MORNING = 8
"""The hour, in Chinese time, from which on daily mails are made."""


class Mailing:
    """Any number may: a mail is sent by whoever has its row."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool = pool
        self._settings = settings

    def step(self) -> int:
        """Whether there was a mail to send."""
        with self._pool.connection() as connection:
            mail = mails.due(connection)
            if mail is None:
                return 0
            letter = self._letter(connection, mail)
            if letter is None:
                mails.dropped(connection, mail.id)
            else:
                self._send(connection, mail, letter)
        return 1

    def _send(self, connection: Connection, mail: Mail, letter: Letter) -> None:
        try:
            smtp.send(self._settings, written(letter, self._settings))
        except smtp.NotSent as failure:
            mails.failed(connection, mail, str(failure), for_good=failure.for_good)
        else:
            mails.sent(connection, mail.id)

    def _letter(self, connection: Connection, mail: Mail) -> Letter | None:
        """None where the account is closed, wishes no mails, or has read or may see none of it any more."""
        principal, wish = principals.of_account(connection, mail.account), wishes.of(connection, mail.account)
        unread = [one for one in kept.these(connection, mail.notices) if one.read_at is None]
        if principal is None or wish.mail == "never" or not unread:
            return None
        with views.opened(self._pool, Asked(sight=principal.sight)) as view:
            told = telling.told(view, unread)
        return Letter(id=mail.id, wish=wish, notices=told, daily=mail.daily) if told else None

    def digests(self) -> int:
        """Once a day, from the morning on: a mail to each who wishes for one and has something unread. Tells to how many it looked."""
        now = datetime.now(ZONE)
        if now.hour < MORNING:
            return 0
        with self._pool.connection() as connection:
            return mails.queue_digests(connection, now.date())
