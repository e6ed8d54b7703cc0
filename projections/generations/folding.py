"""One stream folded to rows; where it cannot go on, up to there, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

from projections import models
from projections.records import record
from projections.stream import Rows, Stream

Logged: TypeAlias = tuple[UUID, int, str, bytes, int, datetime, bytes]
"""A row of the log: `projections.records.COLUMNS`."""

ID: Final = 0
VERSION: Final = 1
TOPIC: Final = 2
POSITION: Final = 4


@dataclass(frozen=True, slots=True)
class Stop:
    """The event at which a stream cannot go on."""

    stream: UUID
    position: int
    topic: str
    error: str


@dataclass(frozen=True, slots=True)
class Folded:
    """The rows that changed; the stream to go on from, or why it cannot go on."""

    id: UUID
    rows: Rows
    stream: Stream | None = None
    stop: Stop | None = None


def fold(id: UUID, logged: Sequence[Logged], after: int = 0) -> Folded:
    """A stream read whole. Its rows are those that events after a position made or changed."""
    stream = Stream(id, models.parts_of)
    try:
        return _taken(stream, logged, after)
    except Exception:  # noqa: BLE001 -- whatever an event causes parks its stream, and nothing else
        return _up_to_the_fault(id, logged, after)


def go_on(stream: Stream, logged: Sequence[Logged], after: int, whole: Callable[[], Sequence[Logged]]) -> Folded:
    """A stream that was folded before and has new events; if they cannot be taken it is read `whole` again."""
    try:
        return _taken(stream, logged, after)
    except Exception:  # noqa: BLE001 -- as above
        return _up_to_the_fault(stream.id, whole(), after)


def _taken(stream: Stream, logged: Sequence[Logged], after: int) -> Folded:
    for row in logged:
        stream.take(record(row))
    return Folded(stream.id, models.rows(stream, after), stream)


def _up_to_the_fault(id: UUID, logged: Sequence[Logged], after: int) -> Folded:
    """Event by event. What the rows show then does not depend on which events came in one batch."""
    good, error = _good(id, logged)
    bad = logged[good]
    stream = Stream(id, models.parts_of)
    for row in logged[:good]:
        stream.take(record(row))
    rows = models.rows(stream, after) if good else {}
    return Folded(id, rows, None, Stop(id, bad[POSITION], bad[TOPIC], error))


def _good(id: UUID, logged: Sequence[Logged]) -> tuple[int, str]:
    stream = Stream(id, models.parts_of)
    for count, row in enumerate(logged):
        before = stream.position
        try:
            stream.take(record(row))
            models.rows(stream, before)
        except Exception as error:  # noqa: BLE001 -- as above; it is kept and shown
            return count, f"{type(error).__name__}: {error}"
    return len(logged) - 1, "its rows can be made event by event, but not together"
