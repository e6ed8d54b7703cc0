"""What decisions demand of the log beside their events, judged without the log: from what its book says.

The log itself judges in `log.check_conditions`, under its lock, when something is written. This says the same beforehand, and of
several lines at once; a test sends what it judged and compares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, Protocol
from uuid import UUID

from domain.kernel.aggregate import Claim
from domain.kernel.errors import Refusal
from domain.kernel.events import Event, FactCorrected
from domain.kernel.saving import Conditions, Holding, KeyDestroyed, StillHeld, ValueTaken

FOREVER: Final = datetime.max.replace(tzinfo=UTC)
NAMED: Final = 5
"""How many of the things still held are named."""

Held = Mapping[tuple[UUID, UUID], datetime | None]
"""By holder and held: until when (None: no end known)."""


class Book(Protocol):
    """What only the log knows: who has the unique values, who holds what, who has ended, and who was erased."""

    def holders_of(self, claims: Collection[Claim]) -> Mapping[Claim, UUID]:
        """Those of these values that are taken, and by whom."""
        raise NotImplementedError

    def held_by(self, holders: Collection[UUID]) -> Held:
        """All that these hold."""
        raise NotImplementedError

    def endings_of(self, holders: Collection[UUID]) -> Mapping[UUID, datetime | None]:
        """From when on those of these that ended hold nothing."""
        raise NotImplementedError

    def erased(self, people: Collection[UUID]) -> Collection[UUID]:
        """Those of these of whom nothing personal can be recorded any more."""
        raise NotImplementedError


class Demands:
    """What some lines demand together; of each demand, which line was the last to make it."""

    def __init__(self) -> None:
        self.claims: dict[Claim, dict[UUID, int]] = defaultdict(dict)
        self.releases: dict[Claim, set[UUID]] = defaultdict(set)
        self.holdings: dict[tuple[UUID, UUID], tuple[Holding, int]] = {}
        self.emptied: dict[UUID, tuple[datetime | None, int]] = {}
        self.personal: dict[UUID, int] = {}

    def add(self, line: int, conditions: Conditions, events: Iterable[Event]) -> None:
        for scope, value, holder in conditions.releases:
            if self.claims[scope, value].pop(holder, None) is None:
                self.releases[scope, value].add(holder)
        for scope, value, holder in conditions.claims:
            if holder in self.releases[scope, value]:
                self.releases[scope, value].remove(holder)
            else:
                self.claims[scope, value][holder] = line
        self.holdings |= {(one.holder, one.held): (one, line) for one in conditions.holdings}
        self.emptied |= {holder: (moment, line) for holder, moment in conditions.emptied}
        self.personal |= {event.originator_id: line for event in events if _tells_personal(event)}


def _tells_personal(event: Event) -> bool:
    said = event.statement.event() if isinstance(event, FactCorrected) else event
    return any(getattr(said, name) is not None for name in said.personal)


def judged(demands: Demands, book: Book) -> dict[int, Refusal]:
    """The lines whose demands the log would refuse, each with the first reason."""
    found: dict[int, Refusal] = {}
    for line, refusal in (
        *_taken(demands, book),
        *_held(demands, book),
        *_given(demands, book),
        *_erased(demands, book),
    ):
        found.setdefault(line, refusal)
    return found


def _taken(demands: Demands, book: Book) -> Iterator[tuple[int, Refusal]]:
    """A value has one holder: whoever has it in the log and does not give it up, else the first who claims it here."""
    claims = {claim: holders for claim, holders in demands.claims.items() if holders}
    taken = book.holders_of(claims) if claims else {}
    for (scope, value), holders in claims.items():
        first = taken.get((scope, value))
        if first is None or first in demands.releases.get((scope, value), ()):
            first = min(holders, key=lambda holder: holders[holder])
        for holder, line in holders.items():
            if holder != first:
                yield line, ValueTaken(scope=scope, value=value, holder=str(first))


def _held(demands: Demands, book: Book) -> Iterator[tuple[int, Refusal]]:
    """Who ends holds nothing from then on, counting what these lines hand over."""
    if not demands.emptied:
        return
    left: dict[UUID, list[UUID]] = defaultdict(list)
    for (holder, held), until in book.held_by(demands.emptied).items():
        if (holder, held) not in demands.holdings and _moment(until) > _moment(demands.emptied[holder][0]):
            left[holder].append(held)
    for holder, things in left.items():
        yield demands.emptied[holder][1], _still_held(holder, things)


def _given(demands: Demands, book: Book) -> Iterator[tuple[int, Refusal]]:
    """Nobody who has ended is given anything beyond that moment."""
    given = [(one, line) for one, line in demands.holdings.values() if not one.ended]
    endings = dict(book.endings_of({one.holder for one, _ in given})) if given else {}
    endings |= {holder: moment for holder, (moment, _) in demands.emptied.items()}
    for one, line in given:
        if one.holder in endings and _moment(one.until) > _moment(endings[one.holder]):
            yield max(line, demands.emptied.get(one.holder, (None, line))[1]), _still_held(one.holder, [one.held])


def _erased(demands: Demands, book: Book) -> Iterator[tuple[int, Refusal]]:
    gone = book.erased(demands.personal) if demands.personal else ()
    yield from ((demands.personal[person], KeyDestroyed(id=person)) for person in gone)


def _still_held(holder: UUID, held: list[UUID]) -> StillHeld:
    return StillHeld(holder=str(holder), count=len(held), held=[str(one) for one in sorted(held, key=str)[:NAMED]])


def _moment(given: datetime | None) -> datetime:
    return FOREVER if given is None else given


class Kept:
    """A book as it would read after what was accepted: for lines that stand for themselves."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._claims: dict[Claim, UUID | None] = {}
        self._holdings: dict[tuple[UUID, UUID], Holding] = {}
        self._endings: dict[UUID, datetime | None] = {}

    def keep(self, conditions: Conditions) -> None:
        self._claims |= {(scope, value): None for scope, value, _ in conditions.releases}
        self._claims |= {(scope, value): holder for scope, value, holder in conditions.claims}
        self._holdings |= {(one.holder, one.held): one for one in conditions.holdings}
        self._endings |= dict(conditions.emptied)

    def holders_of(self, claims: Collection[Claim]) -> Mapping[Claim, UUID]:
        found = {
            **self._book.holders_of(claims),
            **{claim: self._claims[claim] for claim in claims if claim in self._claims},
        }
        return {claim: holder for claim, holder in found.items() if holder is not None}

    def held_by(self, holders: Collection[UUID]) -> Held:
        found = dict(self._book.held_by(holders))
        for pair, one in self._holdings.items():
            if pair[0] in holders:
                found[pair] = one.until
                if one.ended:
                    del found[pair]
        return found

    def endings_of(self, holders: Collection[UUID]) -> Mapping[UUID, datetime | None]:
        own = {holder: self._endings[holder] for holder in holders if holder in self._endings}
        return {**self._book.endings_of(holders), **own}

    def erased(self, people: Collection[UUID]) -> Collection[UUID]:
        return self._book.erased(people)
