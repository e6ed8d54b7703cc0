"""The scheduler: lives take turns in order of time, and what they tell is gathered into batches."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from uuid import UUID, uuid5

import msgspec

from api.world.batch import Batch
from api.world.directory import Directory
from api.world.offices import Offices
from api.world.stream import FOREVER, Stream
from domain.kernel.events import Event, FactCorrected, FactWithdrawn, Statement

Life = Iterator[datetime]
"""A life tells what happens now and yields the moment of what happens next."""

V = TypeVar("V")

START = datetime(2016, 7, 1, 1, tzinfo=UTC)
END = datetime(2026, 6, 30, tzinfo=UTC)
BATCH = 1000
LATE, WRONG = 0.05, 0.01
MOST_AT_ONCE = 16
"""The most events that one turn of a life tells."""

_NAMES = UUID("0a2f6a1c-5b0e-4c39-9d0b-776f726c6400")


class World:
    """Everything is drawn from one generator in one order: the same seed and size tell the same world."""

    def __init__(self, events: int, seed: int) -> None:
        self.asked = events
        self.random = random.Random(seed)  # noqa: S311 -- a world to measure with, no secret
        self.root = uuid5(_NAMES, f"{seed}:{events}")
        self.now = START
        self.told = 0
        self.directory = Directory()
        self.offices = Offices(self.random)
        self._late = 0
        self._wrong = 0
        self._streams = 0
        self._turns = 0
        self._lives: list[tuple[datetime, int, Life]] = []
        self._batch = Batch()

    # Time --------------------------------------------------------------------------------------------------------------

    def begin(self, life: Life, at: datetime) -> None:
        self._turns += 1
        heapq.heappush(self._lives, (max(at, self.now), self._turns, life))

    def batches(self) -> Iterator[Batch]:
        """Everything that happens until enough is told, a batch at a time; the last few are small costs, one by one."""
        while self.told <= self.asked - MOST_AT_ONCE and self._take_turn():
            if len(self._batch.events) >= BATCH:
                yield self._handed_over()
        while self.told < self.asked:
            self.directory.fill(self)
            if len(self._batch.events) >= BATCH:
                yield self._handed_over()
        if self._batch.events:
            yield self._handed_over()

    def _take_turn(self) -> bool:
        if not self._lives or self._lives[0][0] >= END:
            return False
        self.now, _, life = heapq.heappop(self._lives)
        following = next(life, None)
        if following is not None:
            self.begin(life, max(following, self.now + timedelta(minutes=1)))
        return True

    def _handed_over(self) -> Batch:
        batch, self._batch = self._batch, Batch()
        return batch

    # Telling -----------------------------------------------------------------------------------------------------------

    def stream(self, kind: str) -> Stream:
        self._streams += 1
        return Stream(uuid5(self.root, f"{kind}:{self._streams}"))

    def tell(self, event: Event, reason: str, role: str = "premises-officer", *, document: bool = False) -> None:
        self._batch.add(event, self.offices.mandate(event.effective, self.now, reason, role, document=document))
        self.told += 1

    def tell_person(self, event: Event, reason: str) -> None:
        """Told with personal fields, which need the person's key."""
        self._batch.people.append(event.originator_id)
        self.tell(event, reason, "personnel-officer")

    def tell_or_err(
        self, stream: Stream, event: Event, reason: str, role: str = "premises-officer", **wrong: object
    ) -> None:
        """Now and then a clerk types something else, which is corrected or taken back when it is found out."""
        chance = 0.2 if self._wrong < WRONG * self.told else 0.001
        if self.random.random() >= chance:
            self.tell(event, reason, role)
            return
        self._wrong += 1
        self.tell(msgspec.structs.replace(event, **wrong), reason, role)
        self.begin(self._put_right(stream, event, role), self.in_days(2, 150))

    def late(self, since: datetime, last: datetime) -> datetime | None:
        """When something that is told only now was so: well before what is known already, as often as late facts are due."""
        due = self._late < LATE * self.told
        if not due or last - since < timedelta(days=30) or self.random.random() > 0.5:  # noqa: PLR2004 -- a coin
            return None
        self._late += 1
        return self.between(since + timedelta(days=1), last - timedelta(days=10))

    def _put_right(self, stream: Stream, right: Event, role: str) -> Life:
        of = right.originator_version
        stamp = stream.next(right.effective)
        if self.random.random() < 0.12:  # noqa: PLR2004 -- few are taken back altogether
            stamp["effective"] = self.now
            self.tell(FactWithdrawn(**stamp, of=of), "误登记，撤回原记录", role)
            return
        said = msgspec.structs.replace(right, originator_version=stamp["originator_version"])
        self.tell(
            FactCorrected(**stamp, of=of, statement=Statement.of(said)), "核对凭证，更正原记录", role, document=True
        )
        yield from ()

    # What the log keeps beside the events ------------------------------------------------------------------------------

    def claim(self, scope: str, value: str, stream: Stream) -> None:
        self._batch.claim(scope, value, stream.id)

    def release(self, scope: str, value: str, stream: Stream) -> None:
        self._batch.release(scope, value, stream.id)

    def hold(
        self, stream: Stream, facet: str, holder: UUID | None, since: datetime | None = None, until: datetime = FOREVER
    ) -> None:
        for one, last in stream.name(facet, holder, since or self.now, until).items():
            self._batch.holdings[one, stream.id] = last

    def emptied(self, stream: Stream) -> None:
        self._batch.emptied[stream.id] = self.now

    # Drawing -----------------------------------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, among: list[V] | tuple[V, ...]) -> V:
        return among[int(self.random.random() * len(among))]

    def whole(self, least: int, most: int) -> int:
        return least + int(self.random.random() * (most - least + 1))

    def money(self, least: int, most: int) -> Decimal:
        """Also areas, litres and whatever else has two decimal places."""
        return Decimal(self.whole(least * 100, most * 100)).scaleb(-2)

    def in_days(self, least: float, most: float) -> datetime:
        return self.now + timedelta(minutes=self.whole(int(least * 1440), int(most * 1440)))

    def between(self, since: datetime, until: datetime) -> datetime:
        return since + timedelta(seconds=int(self.random.random() * (until - since).total_seconds()))
