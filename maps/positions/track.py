"""A way that a vehicle went: its marks, length, stops and gaps, and the digest by which it is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Final

from infra.positions.terms import MISPLACED, Fix, Mark
from maps.positions.marks import beside, metres

STOP_METRES: Final = 60.0
STOP_AFTER: Final = timedelta(minutes=3)
GAP: Final = timedelta(minutes=10)
"""A vehicle that was elsewhere after so long a silence was somewhere that nobody knows."""

ASTRAY: Final = MISPLACED | {Mark.JUMP, Mark.DOUBLED}
"""What does not belong to the way, and is shown beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    longitude: float
    latitude: float
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Between two positions; `metres` from the one to the other, as the crow flies."""

    since: datetime
    until: datetime
    metres: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    fixes: Sequence[Fix]
    marks: Sequence[tuple[Mark, ...]]
    metres: int
    stops: Sequence[Stop]
    gaps: Sequence[Gap]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a closing event says of a track, by which it is bound to the log."""

    metres: int
    points: int
    digest: str


def track(fixes: Sequence[Fix]) -> Track:
    """`fixes`: of one vehicle, in order of time."""
    marks = beside(fixes)
    on_way = [fix for fix, found in zip(fixes, marks, strict=True) if ASTRAY.isdisjoint(found)]
    stays = list(_stays(on_way))
    return Track(
        fixes=fixes,
        marks=marks,
        metres=round(_length(stays)),
        stops=[_stop(stay) for stay in stays if _is_stop(stay)],
        gaps=list(_gaps(on_way)),
    )


def summary(fixes: Sequence[Fix]) -> Summary:
    return Summary(metres=track(fixes).metres, points=len(fixes), digest=digest(fixes))


def digest(fixes: Iterable[Fix]) -> str:
    """SHA-256 of a line for each position as it was sent, whatever its marks: moment in UTC, system, x, y, with tabs between."""
    found = hashlib.sha256()
    for fix in sorted(fixes, key=attrgetter("at", "x", "y", "system")):
        at = fix.at.astimezone(UTC).isoformat(timespec="microseconds")
        found.update(f"{at}\t{fix.system}\t{fix.x!r}\t{fix.y!r}\n".encode())
    return found.hexdigest()


def first_received(fixes: Iterable[Fix], count: int) -> list[Fix]:
    """Those that were there first: what comes late does not change what was true of them."""
    received = sorted(fixes, key=attrgetter("received_at", "at", "x", "y", "system"))
    return received[:count]


def _stays(fixes: Sequence[Fix]) -> Iterator[list[Fix]]:
    """The way in pieces, each near where it begins: a vehicle under way makes many of one position, one that stands one of many."""
    piece: list[Fix] = []
    for fix in fixes:
        if piece and metres(piece[0], fix) > STOP_METRES:
            yield piece
            piece = []
        piece.append(fix)
    if piece:
        yield piece


def _is_stop(stay: Sequence[Fix]) -> bool:
    return stay[-1].at - stay[0].at >= STOP_AFTER


def _stop(stay: Sequence[Fix]) -> Stop:
    longitude = sum(fix.longitude or 0.0 for fix in stay) / len(stay)
    latitude = sum(fix.latitude or 0.0 for fix in stay) / len(stay)
    return Stop(longitude=longitude, latitude=latitude, since=stay[0].at, until=stay[-1].at)


def _length(stays: Sequence[Sequence[Fix]]) -> float:
    """What a position wanders while its vehicle stands is no way."""
    on_the_move = [fix for stay in stays for fix in (stay[:1] if _is_stop(stay) else stay)]
    return sum(metres(one, other) for one, other in pairwise(on_the_move))


def _gaps(fixes: Iterable[Fix]) -> Iterator[Gap]:
    for one, other in pairwise(fixes):
        if other.at - one.at > GAP and (away := metres(one, other)) > STOP_METRES:
            yield Gap(since=one.at, until=other.at, metres=round(away))
