"""Is the live view what the log says? Compared with a generation that was built anew, at the same position, in one snapshot."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from psycopg import sql

from infra.problems import Problem
from projections import models
from projections.generations import catalogue, dump, parking
from projections.generations.catalogue import Generation
from projections.generations.connecting import Connection, connect
from projections.generations.differences import Difference, of_table
from projections.generations.parking import Parked
from projections.tables import Table

WAIT_SECONDS = 600.0
LOOK_SECONDS = 0.05
MOST_TOLD = 100

SESSION = {"idle_in_transaction_session_timeout": "0"}
"""While one side is read the other one waits, in a transaction that holds nothing but a snapshot."""


class NotComparable(Problem):
    zh = "世代 {left} 与 {right} 无法比较：{zh}"
    en = "The generations {left} and {right} cannot be compared: {en}"


@dataclass(slots=True)
class Verdict:
    """What was found. All differences are counted; the first of them are told."""

    live: Generation
    shadow: Generation
    position: int
    digests: dict[str, tuple[str, str]] = field(default_factory=dict)
    count: int = 0
    differences: list[Difference] = field(default_factory=list)
    parked: list[Parked] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        return self.count == 0


def verify(url: str, live: int, shadow: int, *, most: int = MOST_TOLD, wait: float = WAIT_SECONDS) -> Verdict:
    """Every row of every table of both, at the same position; waits until they are at one, bounded."""
    with _together(url, live, shadow, wait) as (connection, verdict):
        pair = (verdict.live.id, verdict.shadow.id)
        verdict.parked = [one for one in parking.everything(connection) if one.generation in pair]
        with _beside(url, connection) as other, ThreadPoolExecutor(max_workers=1) as thread:
            for table in models.tables():
                for difference in _differences(connection, other, thread, table, verdict):
                    verdict.count += 1
                    if len(verdict.differences) < most:
                        verdict.differences.append(difference)
    return verdict


def _differences(
    connection: Connection, other: Connection, thread: ThreadPoolExecutor, table: Table, verdict: Verdict
) -> Iterator[Difference]:
    """Digests first, one side in each session; only tables that differ are joined."""
    left, right = verdict.live.schema, verdict.shadow.schema
    faults = [
        *_faults_of_form(connection, table, left, "missing"),
        *_faults_of_form(connection, table, right, "surplus"),
    ]
    if faults:
        yield from faults
        return
    theirs = thread.submit(dump.table_digest, other, right, table)
    mine, built = verdict.digests[table.name] = dump.table_digest(connection, left, table), theirs.result()
    if mine != built:
        found = 0
        for difference in of_table(connection, table, left, right, verdict.position):
            found += 1
            yield difference
        if not found:  # a table that lost its key may hold a row twice
            yield Difference(table.name, {}, None, mine, built, "doubled")


def _faults_of_form(connection: Connection, table: Table, schema: str, kind: str) -> Iterator[Difference]:
    """Columns that are not there, or of another type: then rows cannot be compared."""
    rows = connection.execute(
        "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped",
        [f"{schema}.{table.name}"],
    ).fetchall()
    there = {row[0] for row in rows}
    for column in table.columns:
        if column.name not in there:
            yield Difference(table.name, {}, column.name, None, None, f"{kind} column")


@contextmanager
def _together(url: str, live: int, shadow: int, wait: float) -> Iterator[tuple[Connection, Verdict]]:
    """One snapshot in which both are at the same position."""
    deadline = time.monotonic() + wait
    with connect(url, **SESSION) as connection:
        while True:
            with connection.transaction():
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                left, right = _pair(connection, live, shadow)
                if left.position == right.position and left.is_ready and right.is_ready:
                    yield connection, Verdict(left, right, left.position)
                    return
            if time.monotonic() > deadline:
                raise NotComparable(
                    left=left.schema, right=right.schema,
                    zh=f"位置不同（{left.position}、{right.position}），等待超时。",
                    en=f"they stayed at different positions ({left.position}, {right.position}).",
                )  # fmt: skip
            time.sleep(LOOK_SECONDS)


def _pair(connection: Connection, live: int, shadow: int) -> tuple[Generation, Generation]:
    left, right = catalogue.get(connection, live), catalogue.get(connection, shadow)
    if left is None or right is None:
        raise NotComparable(left=live, right=shadow, zh="其中一个已不存在。", en="one of them is gone.")
    if left.digest != right.digest:
        raise NotComparable(
            left=left.schema, right=right.schema,
            zh="它们的定义不同，行本来就会不同。", en="their definitions differ, and so would their rows.",
        )  # fmt: skip
    return left, right


@contextmanager
def _beside(url: str, connection: Connection) -> Iterator[Connection]:
    """A second session that sees the same snapshot."""
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    with connect(url, **SESSION) as other, other.transaction():
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        other.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(row[0] if row else ""))
        yield other
