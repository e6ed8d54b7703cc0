"""Compares what was acknowledged with what is there, and what is there with itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from domain.catalogue import BIRTHS
from domain.kernel.aggregate import Aggregate
from domain.kernel.events import Event
from domain.registry import projector
from infra.cluster import Urls
from infra.eventstore import RecordedEvent
from infra.eventstore.rows import COLUMNS
from tests.endurance.journal import notes
from tests.stores import MANY, Store, rows

FAR = "infinity"


@dataclass(slots=True)
class Verdict:
    """What was found, and every fault in words."""

    acknowledged: int = 0
    refused: int = 0
    unanswered: int = 0
    recorded: int = 0
    events: int = 0
    faults: list[str] = field(default_factory=list)


def judge(store: Store, urls: Urls, folder: Path, setup: UUID) -> Verdict:
    log = _log(urls)
    verdict = Verdict(events=len(log))
    commands: dict[UUID, list[RecordedEvent]] = defaultdict(list)
    for event in log:
        commands[event.command_id].append(event)
    verdict.recorded = len(commands)
    verdict.faults += [*_order(log), *_halves(commands), *_streams(log)]
    verdict.faults += _promises(folder, commands, verdict, setup)
    verdict.faults += _derived(store, urls)
    return verdict


def _log(urls: Urls) -> list[RecordedEvent]:
    return [RecordedEvent(*row) for row in rows(urls.owner, f"SELECT {COLUMNS} FROM log.events ORDER BY position")]  # noqa: S608 -- a constant


def _order(log: list[RecordedEvent]) -> Iterator[str]:
    if [event.position for event in log] != list(range(1, len(log) + 1)):
        yield "the positions have gaps"
    for one, following in pairwise(log):
        if one.recorded_at >= following.recorded_at:
            yield f"#{following.position} was not recorded later than the one before"


def _halves(commands: dict[UUID, list[RecordedEvent]]) -> Iterator[str]:
    for command_id, events in commands.items():
        if [event.line for event in events] != list(range(events[0].lines)):
            yield f"command {command_id} has lines {[event.line for event in events]} of {events[0].lines}"
        if events[-1].position - events[0].position + 1 != len(events):
            yield f"command {command_id} is torn apart"


def _streams(log: list[RecordedEvent]) -> Iterator[str]:
    versions: dict[UUID, list[int]] = defaultdict(list)
    for event in log:
        versions[event.originator_id].append(event.originator_version)
    for id, found in versions.items():
        if found != list(range(1, len(found) + 1)):
            yield f"the versions of {id} are {found}"


def _promises(folder: Path, commands: dict[UUID, list[RecordedEvent]], verdict: Verdict, setup: UUID) -> Iterator[str]:
    """Everything acknowledged is there at the places that were named; nothing is there that was refused or never sent."""
    sent, done, refused = set[UUID](), dict[UUID, str](), set[UUID]()
    for what, command_id, said in (note for path in sorted(folder.glob("*.journal")) for note in notes(path)):
        match what:
            case "sent":
                sent.add(command_id)
            case "done" if done.setdefault(command_id, said) != said:
                yield f"command {command_id} was answered {done[command_id]} and then {said}"
            case "refused":
                refused.add(command_id)
    verdict.acknowledged, verdict.refused = len(done), len(refused)
    verdict.unanswered = len(sent - done.keys() - refused)
    if verdict.unanswered:
        yield f"{verdict.unanswered} commands were never answered"
    for command_id, said in done.items():
        there = ",".join(str(event.position) for event in commands.get(command_id, []))
        if there != said:
            yield f"command {command_id} was acknowledged at {said} and is at {there or 'no place'}"
    for command_id in commands.keys() & refused - done.keys():
        yield f"command {command_id} was refused and is there"
    for command_id in commands.keys() - sent - {setup}:
        yield f"command {command_id} is there and nobody sent it"


def _derived(store: Store, urls: Urls) -> Iterator[str]:
    """Claims and holdings are what the events say; and every event still loads."""
    claims, holdings = set[tuple[str, str, UUID]](), set[tuple[UUID, UUID, str]]()
    for aggregate in _aggregates(store):
        claims |= {(scope, value, aggregate.id) for scope, value in aggregate.claims()}
        holdings |= {(holder, aggregate.id, str(until or FAR)) for holder, until in aggregate.holders().items()}
    if claims != set(rows(urls.owner, "SELECT scope, value, holder FROM log.claims")):
        yield "the claims are not what the events say"
    if holdings != set(rows(urls.owner, "SELECT holder, held, until::text FROM log.holdings")):
        yield "the holdings are not what the events say"


def _aggregates(store: Store) -> Iterator[Aggregate]:
    streams: dict[UUID, list[Event]] = defaultdict(list)
    for stored in store.recorder.select_notifications(None, MANY):
        event = store.mapper.to_domain_event(stored)
        streams[event.originator_id].append(event)
    for events in streams.values():
        aggregate = projector(BIRTHS[type(events[0])])(None, events)
        if aggregate is not None:
            yield aggregate
