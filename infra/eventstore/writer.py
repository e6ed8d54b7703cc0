"""Appends to the log. Commands that arrive while others are being written share the next transaction.

The log's lock is held until a commit is safe on disk, so commits cannot overlap: with a transaction for each command every
client would wait for the disk of all the others. So whoever comes first leads, and carries all who wait in one call.
Each command still succeeds or fails alone, because the append function answers refusals instead of raising them.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow
from psycopg_pool import PoolTimeout

from infra.database import Pool
from infra.eventstore import arrays

APPEND = "SELECT outcome, first_position, detail FROM log.append(%s, %s, %s, %s, %s, %s, %s, %s)"
GROUP = 64
"""The most commands in one transaction: what a failure of one could make the others repeat."""

Outcome = tuple[str, int, dict[str, Any] | None]


@dataclass(slots=True)
class Append:
    """One command's rows on their way into the log, and what came of it."""

    command_id: UUID
    conditions: str
    mandates: Sequence[bytes]
    ids: Sequence[UUID]
    versions: Sequence[int]
    topics: Sequence[str]
    states: Sequence[bytes]
    outcome: Outcome | None = None
    error: BaseException | None = None
    # Held while its thread waits: released when the command is done, or when it is this thread's turn to lead.
    turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_done(self) -> bool:
        return self.outcome is not None or self.error is not None


class Writer:
    """Any number of threads may append; one of them leads at a time, and hands over when its group is committed."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._mutex = threading.Lock()
        self._waiting: deque[Append] = deque()
        self._is_led = False
        self._connection: psycopg.Connection[TupleRow] | None = None

    def append(self, mine: Append) -> Outcome:
        mine.turn.acquire()
        with self._mutex:
            self._waiting.append(mine)
            leads, self._is_led = not self._is_led, True
        if not leads:
            mine.turn.acquire()
        if not mine.is_done:
            self._lead()
        if mine.outcome is None:
            raise mine.error or AssertionError("a command was neither recorded nor refused")
        return mine.outcome

    def close(self) -> None:
        """Gives the connection back, so that the pool can close it."""
        with self._mutex:
            if self._connection is not None:
                # One that broke unnoticed cannot be asked anything; the pool throws it away.
                with suppress(psycopg.OperationalError):
                    self._connection.autocommit = False
                self._pool.putconn(self._connection)
                self._connection = None

    def _lead(self) -> None:
        """Carries everyone who waits, the leader's own command first, then gives the lead to the next."""
        group: list[Append] = []
        try:
            with self._mutex:
                group = [self._waiting.popleft() for _ in range(min(GROUP, len(self._waiting)))]
            self._carry(group)
        finally:
            with self._mutex:
                following = self._waiting[0] if self._waiting else None
                self._is_led = following is not None
            # The next leader first: its call to the database can begin while the others go back to their callers.
            for append in ([following] if following else []) + group[1:]:
                append.turn.release()

    def _carry(self, group: list[Append]) -> None:
        try:
            self._call(group)
        except PoolTimeout as error:
            _fail(group, error)
        except BaseException as error:  # noqa: BLE001 -- whatever it is, it belongs to the threads whose commands these are
            if len(group) == 1 and not isinstance(error, psycopg.OperationalError):
                group[0].error = error
                return
            # Something unforeseen in one of them, or the connection is gone and nobody knows what was committed. Each alone
            # gets its own answer: one that was recorded after all is answered as a repeat, and written once.
            self._try_each_again(group)

    def _try_each_again(self, group: list[Append]) -> None:
        for number, append in enumerate(group):
            try:
                self._call([append])
            except PoolTimeout as error:
                return _fail(group[number:], error)
            except BaseException as error:  # noqa: BLE001 -- handed to the thread whose command it is
                append.error = error
        return None

    def _call(self, group: list[Append]) -> None:
        rows = self._connected().execute(APPEND, _parameters(group), binary=True).fetchall()
        # The call is its own transaction: it is committed when it has answered.
        for append, row in zip(group, rows, strict=True):
            append.outcome = (row[0], row[1], row[2])

    def _connected(self) -> psycopg.Connection[TupleRow]:
        """The connection that leaders use, one after the other; a broken one is given back to the pool to be replaced."""
        if self._connection is not None and self._connection.closed:
            self._pool.putconn(self._connection)
            self._connection = None
        if self._connection is None:
            self._connection = self._pool.getconn()
            self._connection.autocommit = True
            arrays.register(self._connection)
        return self._connection


def _fail(group: list[Append], error: PoolTimeout) -> None:
    """The server cannot be reached: if each waited for it in turn, a full group would take half an hour to say so."""
    for append in group:
        append.error = PoolTimeout(*error.args)


def _parameters(group: list[Append]) -> tuple[Any, ...]:
    return (
        arrays.uuid_array([append.command_id for append in group]),
        arrays.int_array([len(append.ids) for append in group]),
        arrays.text_array([append.conditions for append in group]),
        arrays.bytea_array(list(chain.from_iterable(append.mandates for append in group))),
        arrays.uuid_array(list(chain.from_iterable(append.ids for append in group))),
        arrays.int_array(list(chain.from_iterable(append.versions for append in group))),
        arrays.text_array(list(chain.from_iterable(append.topics for append in group))),
        arrays.bytea_array(list(chain.from_iterable(append.states for append in group))),
    )
