"""A world on its way into the log: made in one thread while another one writes, a batch a command."""

from __future__ import annotations

import gc
import hashlib
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from eventsourcing.persistence import StoredEvent

from api.composition import Services
from api.world.batch import Batch
from api.world.population import populated
from api.world.world import BATCH
from domain.kernel.saving import Decision
from infra.eventstore.mapper import EventMapper
from infra.problems import Problem
from infra.vault import BatchVault

WAITING = 3
"""The most batches that wait for the database: what an interruption leaves unwritten."""


class LogNotEmpty(Problem):
    zh = (
        "账中已有 {head} 条记录，且不是这个世界（--events {events} --seed {seed}）的开头，未写入任何内容。"
        "请换一个空的数据库，或先运行 ./dev reset（会删除全部数据）。"
    )
    en = (
        "The log holds {head} records that are not the beginning of this world (--events {events} --seed {seed}); nothing "
        "was written. Use an empty database, or run ./dev reset first, which deletes all data."
    )


@dataclass(slots=True)
class Progress:
    """How far it is, said on one line of stderr about once a second."""

    wanted: int
    done: int
    began: float = field(default_factory=time.monotonic)
    written: int = 0
    said: float = 0.0

    def wrote(self, events: int) -> None:
        self.done += events
        self.written += events
        now = time.monotonic()
        if now - self.said >= 1 or self.done == self.wanted:
            self.said = now
            rate = self.rate
            left = (self.wanted - self.done) / rate if rate else 0
            end = "\n" if self.done == self.wanted else ""
            line = f"\r     · {self.done:,}/{self.wanted:,}  {rate:,.0f}/s  剩余/left {left:,.0f} s   "
            print(line, end=end, file=sys.stderr, flush=True)

    @property
    def rate(self) -> float:
        return self.written / max(1e-9, time.monotonic() - self.began)


def load(services: Services, events: int, seed: int) -> Progress:
    """Fills the empty log, or goes on where an interrupted run of the same world stopped."""
    world = populated(events, seed)
    head = services.log.head()
    if head:
        _require_same_world(services, world.root, head, events, seed)
    progress = Progress(wanted=events, done=head)
    vault = BatchVault(services.pool)
    mapper = EventMapper(vault)

    def write(stored: list[StoredEvent], decision: Decision) -> None:
        services.log.insert_events(stored, decision=decision)
        progress.wrote(len(stored))

    with _no_garbage(), ThreadPoolExecutor(max_workers=1) as writer:
        waiting: list[Future[None]] = []
        for number, batch in _from(world.batches(), head):
            # Encoded here: the writer waits for the database nearly all the time, and this thread goes on meanwhile.
            vault.make_keys(batch.people)
            stored = [mapper.to_stored_event(event) for event in batch.events]
            decision = _decision(world.root, number, batch)
            waiting.append(writer.submit(write, stored, decision))
            if len(waiting) > WAITING:
                waiting.pop(0).result()
        for one in waiting:
            one.result()
    return progress


@contextmanager
def _no_garbage() -> Iterator[None]:
    """A world makes no cycles, and looking for them among a hundred thousand lives takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _from(batches: Iterator[Batch], head: int) -> Iterator[tuple[int, Batch]]:
    """The batches that are not in the log yet: each is there as a whole or not at all."""
    told = 0
    for number, batch in enumerate(batches):
        told += len(batch.events)
        if told > head:
            yield number, batch


def _require_same_world(services: Services, root: UUID, head: int, events: int, seed: int) -> None:
    """Rule: a world goes into an empty log, or after its own beginning and nothing else."""
    first, last = services.log.event_at(1), services.log.event_at(head)
    ours = first is not None and last is not None and first.command_id == _command_id(root, 0)
    if last is None or not ours or last.command_id not in {_command_id(root, n) for n in range(1 + events // BATCH)}:
        raise LogNotEmpty(head=head, events=events, seed=seed)


def _command_id(root: UUID, number: int) -> UUID:
    return uuid5(root, f"batch:{number}")


def _decision(root: UUID, number: int, batch: Batch) -> Decision:
    return Decision(_command_id(root, number), _digest(root, number), batch.mandates, batch.conditions())


def _digest(root: UUID, number: int) -> str:
    return hashlib.sha256(f"{root}:{number}".encode()).hexdigest()
