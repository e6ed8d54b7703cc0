"""One stream in the making: its next version, and who holds it until when."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from domain.kernel.events import Stamp

FOREVER = datetime.max.replace(tzinfo=UTC)


class Stream:
    """Counts versions, and keeps what `Aggregate.holders` would say of the stream."""

    __slots__ = ("_ended", "_open", "id", "version")

    def __init__(self, id: UUID) -> None:
        self.id = id
        self.version = 0
        self._open: dict[str, tuple[UUID, datetime]] = {}
        self._ended: dict[UUID, datetime] = {}

    def next(self, effective: datetime) -> Stamp:
        self.version += 1
        return Stamp(originator_id=self.id, originator_version=self.version, effective=effective)

    def name(
        self, facet: str, holder: UUID | None, since: datetime, until: datetime = FOREVER
    ) -> dict[UUID, datetime | None]:
        """From `since` on the facet names this holder. Answers whose holding that changed, and until when it lasts now.

        Facets are told in order of time, and a bounded one only where it had named nobody.
        """
        changed = []
        before = self._open.pop(facet, None)
        if before is not None:
            last = min(before[1], since)
            self._ended[before[0]] = max(self._ended.get(before[0], last), last)
            changed.append(before[0])
        if holder is not None:
            self._open[facet] = (holder, until)
            changed.append(holder)
        return {one: self._until(one) for one in changed}

    def _until(self, holder: UUID) -> datetime | None:
        moments = [until for one, until in self._open.values() if one == holder]
        if holder in self._ended:
            moments.append(self._ended[holder])
        last = max(moments)
        return None if last is FOREVER else last
