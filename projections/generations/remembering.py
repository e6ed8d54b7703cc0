"""Folded streams that are likely to get another event soon, so that they need not be read whole again. Bounded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from projections.stream import Stream

MOST_EVENTS = 150_000
"""Of all remembered streams together: what a folded event takes is about 1.6 kB, so some 250 MB."""


@dataclass(slots=True)
class Remembered:
    """The streams that were used last. Each is as of its version; one that missed an event is not given out."""

    most_events: int = MOST_EVENTS
    _streams: OrderedDict[UUID, Stream] = field(default_factory=OrderedDict)
    _events: int = 0

    def take(self, id: UUID, next_version: int) -> Stream | None:
        """The stream, if its next event is the one of this version. It is out of here until it is kept again."""
        stream = self._streams.get(id)
        self.forget(id)
        return stream if stream is not None and stream.version + 1 == next_version else None

    def keep(self, streams: Iterable[Stream]) -> None:
        for stream in streams:
            self.forget(stream.id)
            self._streams[stream.id] = stream
            self._events += stream.version
        while self._events > self.most_events:
            self._events -= self._streams.popitem(last=False)[1].version

    def forget(self, id: UUID) -> None:
        stream = self._streams.pop(id, None)
        if stream is not None:
            self._events -= stream.version
