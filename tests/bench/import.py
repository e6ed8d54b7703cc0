"""Events a second in bulk: encoded, checked, stored with mandates, in commands of a thousand events.

Reference `copy` is a raw COPY of the very same rows into a table with the same columns and indexes. A second line, without a
reference, is the same through the application's commands: each one decided by its aggregate before it is stored.
"""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import psycopg

from infra.eventstore.rows import COLUMNS
from tests.bench._measure import by_clients, in_turns, options, rate_of, report
from tests.bench._world import Store, a_call, a_decision, an_event, durable_store

BATCH = 1_000
CLIENTS = 2  # while the database writes one command, the next is encoded

COPY_TABLE = "CREATE TABLE raw_events (LIKE log.events INCLUDING ALL)"


def main(argv: list[str]) -> int:
    asked = options("import", __doc__ or "", n=100_000, argv=argv)
    each = max(BATCH, asked.n // asked.turns // BATCH * BATCH)
    with durable_store() as store, psycopg.connect(store.server.urls.superuser, autocommit=True) as raw:
        raw.execute(COPY_TABLE)
        measured = {
            "ours": lambda: bulk(store, each),
            "copy": lambda: raw_copy(raw, each),
            "commands": lambda: commands(store, each // 5),
        }
        rates = in_turns(measured, asked.turns)
    report("import", each * asked.turns, rates["ours"], "events/s", {"copy": rates["copy"]})
    report("import-commands", each // 5 * asked.turns, rates["commands"], "commands/s", {})
    return 0


def bulk(store: Store, n: int) -> float:
    batches = [[an_event() for _ in range(BATCH)] for _ in range(n // BATCH)]
    decisions = [a_decision(events) for events in batches]

    record = store.registry.record
    jobs = [partial(record, events, decision) for events, decision in zip(batches, decisions, strict=True)]
    return rate_of(n, lambda: by_clients(CLIENTS, jobs))


def commands(store: Store, n: int) -> float:
    batches = [[a_call() for _ in range(BATCH)] for _ in range(n // BATCH)]
    return rate_of(n, lambda: [store.registry.execute(uuid4(), calls, request="0" * 64) for calls in batches])


def raw_copy(connection: psycopg.Connection[tuple[object, ...]], n: int) -> float:
    """The newest rows of the log, as bytes ready to send: the reference neither encodes nor checks anything."""
    newest = f"SELECT {COLUMNS} FROM log.events ORDER BY position DESC LIMIT {n}"  # noqa: S608 -- a constant and a number
    with connection.cursor().copy(f"COPY ({newest}) TO STDOUT (FORMAT binary)".encode()) as out:
        rows = b"".join(bytes(data) for data in out)
    connection.execute("TRUNCATE raw_events")

    def work() -> None:
        with connection.cursor().copy(f"COPY raw_events ({COLUMNS}) FROM STDIN (FORMAT binary)".encode()) as into:
            into.write(rows)

    return rate_of(n, work)
