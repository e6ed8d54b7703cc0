"""Sends for one webhook after the other event, in the order of the log: the next only when this one was taken."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final
from uuid import UUID

import msgspec

from api.composition import Services
from api.feed.cloudevents import cloud_event
from api.feed.reading import Told, look
from api.feed.wanted import Wanted
from api.refusals import PositionUnknown
from api.webhooks import posting, signing
from domain.access.principal import NOWHERE, Sight
from domain.access.rights import Right
from infra.access import keyfile, principals
from infra.access.calling import Connection
from infra.webhooks import deliveries, kept
from infra.webhooks.deliveries import Attempt
from infra.webhooks.kept import Webhook

BATCH: Final = 50
"""Read at a time; each event of it is sent, and noted, by itself."""

TYPE: Final = "application/cloudevents+json"
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 3600))
"""After the first failure, the second …; the last of them again and again."""
JITTER: Final = 0.2
TRIED_FOR: Final = timedelta(days=3)
"""How long one event is tried before the webhook pauses until somebody resumes it."""


@dataclass(slots=True)
class Batch:
    """What was read ahead for a webhook: `sight` it was read with, and where to go on when all of it was taken."""

    sight: Sight
    position: int
    left: deque[Told]
    next: int


class _Stopped(Exception):
    """Nothing may be sent until somebody has seen to it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Sender:
    """For one webhook, as long as there is something to send. What it read ahead counts only as long as nothing changed."""

    def __init__(self, given: Services, id: UUID) -> None:
        self._given = given
        self._id = id
        self._batch: Batch | None = None
        self._secret: bytes | None = None

    def step(self) -> bool:
        """Sends one event, or goes on past what is not wanted. False: there is nothing to do now, or another process does it."""
        with self._given.pool.connection() as connection:
            webhook = kept.taken(connection, self._id)
            if webhook is None:
                return False
            try:
                return self._step(connection, webhook, self._sight(connection, webhook))
            except _Stopped as stopped:
                kept.pause(connection, webhook.id, stopped.why)
            except PositionUnknown:  # this log was restored, and is shorter than what was sent
                kept.pause(connection, webhook.id, "position-unknown")
            return False

    def _step(self, connection: Connection, webhook: Webhook, sight: Sight) -> bool:
        batch = self._read(webhook, sight)
        if batch.left:
            return self._send(connection, webhook, batch)
        self._batch = None
        if batch.next == webhook.position:
            return False
        kept.moved(connection, webhook.id, batch.next)
        return True

    def _sight(self, connection: Connection, webhook: Webhook) -> Sight:
        """What the account sees now where it may follow the feed; where secret work is leaves by no webhook."""
        principal = principals.of_account(connection, webhook.account)
        under = None if principal is None else principal.under([Right.FEED])
        if under is None or not under.grants:
            raise _Stopped("right-missing")
        if not posting.is_allowed(webhook.url, self._given.settings.webhook_origins):
            raise _Stopped("address-not-allowed")
        return replace(under.sight, masked=NOWHERE)

    def _read(self, webhook: Webhook, sight: Sight) -> Batch:
        ahead = self._batch
        if ahead is None or (ahead.sight, ahead.position) != (sight, webhook.position):
            wanted = Wanted(
                sight=sight,
                kinds=tuple(webhook.kinds),
                topics=tuple(webhook.topics),
                unit=webhook.unit,
                division=webhook.division,
            )
            page = look(self._given, wanted, webhook.position, BATCH)
            ahead = self._batch = Batch(sight, webhook.position, deque(page.found), page.next)
        return ahead

    def _send(self, connection: Connection, webhook: Webhook, batch: Batch) -> bool:
        told = batch.left[0]
        position = told.event.position
        began = time.monotonic()
        answer = self._post(connection, webhook, told)
        spent = round((time.monotonic() - began) * 1000)
        deliveries.note(
            connection,
            webhook.id,
            Attempt(
                position=position,
                attempt=webhook.attempts + 1,
                status=answer.status,
                milliseconds=spent,
                error=answer.error,
            ),
        )
        if not answer.is_taken:
            self._failed(connection, webhook, answer)
            return False
        batch.left.popleft()
        batch.position = position if batch.left else batch.next
        kept.moved(connection, webhook.id, batch.position)
        return True

    def _post(self, connection: Connection, webhook: Webhook, told: Told) -> posting.Answer:
        if self._secret is None:
            key = keyfile.webhook_key(self._given.settings.var_dir)
            self._secret = keyfile.unseal(key, kept.sealed(connection, webhook.id), webhook.id.bytes)
        body = msgspec.json.encode(cloud_event(told.event, told.kind), enc_hook=str)
        id = f"{webhook.id.hex}_{told.event.position}"
        signed = signing.headers(self._secret, id, int(time.time()), body)
        return posting.post(webhook.url, body, {"Content-Type": TYPE, **signed})

    def _failed(self, connection: Connection, webhook: Webhook, answer: posting.Answer) -> None:
        self._batch = None
        kept.failed(connection, webhook.id, _pause(webhook, answer))
        since = webhook.failing_since
        if answer.status == HTTPStatus.GONE:
            kept.pause(connection, webhook.id, "gone")
        elif since is not None and datetime.now(UTC) - since > TRIED_FOR:
            kept.pause(connection, webhook.id, "failed-for-days")


def _pause(webhook: Webhook, answer: posting.Answer) -> timedelta:
    """Longer each time, and never the same for all, so that a receiver that comes back is not overrun."""
    usual = PAUSES[min(webhook.attempts, len(PAUSES) - 1)]
    asked = timedelta(seconds=answer.retry_after or 0)
    return max(usual, asked) * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 -- nobody gains by guessing it


def sending(given: Services, id: UUID) -> Iterator[bool]:
    """Step by step, as long as there is something to send."""
    sender = Sender(given, id)
    while sender.step():
        yield True
