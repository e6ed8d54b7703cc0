"""Who sends for which webhook: several at a time, so that a receiver that is slow holds up nobody but itself."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from uuid import UUID

import psycopg
import psycopg_pool

from api.composition import Services
from api.webhooks.sending import PAUSES, sending
from domain.kernel.errors import Refusal
from infra.webhooks import deliveries, kept

log = logging.getLogger(__name__)

WORKERS: Final = 8
TURN_SECONDS: Final = 5.0
"""How long one that has much to send goes on before others that wait have their turn."""


class Dispatcher:
    """Hands out webhooks to threads; each is with one of them at a time."""

    def __init__(self, given: Services) -> None:
        self._given = given
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="webhook")
        self._busy: set[UUID] = set()
        self._lock = threading.Lock()

    def step(self) -> int:
        """0: there was nothing new to hand out."""
        with self._given.pool.connection() as connection:
            wanted = kept.to_send_for(connection)
        with self._lock:
            free = [id for id in wanted if id not in self._busy]
            self._busy |= set(free)
        for id in free:
            self._workers.submit(self._send, id)
        return 0

    def _wait(self, id: UUID) -> None:
        with self._given.pool.connection() as connection:
            kept.failed(connection, id, PAUSES[-1])

    def close(self) -> None:
        self._workers.shutdown(cancel_futures=True)

    def forget(self) -> int:
        with self._given.pool.connection() as connection:
            deliveries.forget(connection)
        return 0

    def _send(self, id: UUID) -> None:
        until = time.monotonic() + TURN_SECONDS
        try:
            for _ in sending(self._given, id):
                if time.monotonic() > until:
                    return
        except (psycopg.OperationalError, psycopg_pool.PoolTimeout, Refusal) as error:
            log.info("a webhook is tried again: %s", error)
        except Exception:
            # A mistake of ours with one webhook is no reason to be at it again at once.
            log.exception("sending for a webhook failed")
            self._wait(id)
        finally:
            with self._lock:
                self._busy.discard(id)
