"""What is handed to the log at once: about a thousand events with their mandates, and what the log keeps beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.kernel.events import Event
from domain.kernel.mandate import Mandate
from domain.kernel.saving import Conditions, Holding

Value = tuple[str, str]


@dataclass(slots=True)
class Batch:
    """One command. A value claimed and given up within it leaves no trace, and of a holding only the last word counts."""

    events: list[Event] = field(default_factory=list)
    mandates: dict[tuple[UUID, int], Mandate] = field(default_factory=dict)
    people: list[UUID] = field(default_factory=list)
    claims: dict[Value, UUID] = field(default_factory=dict)
    releases: dict[Value, UUID] = field(default_factory=dict)
    holdings: dict[tuple[UUID, UUID], datetime | None] = field(default_factory=dict)
    emptied: dict[UUID, datetime] = field(default_factory=dict)

    def add(self, event: Event, mandate: Mandate) -> None:
        self.events.append(event)
        self.mandates[event.originator_id, event.originator_version] = mandate

    def claim(self, scope: str, value: str, holder: UUID) -> None:
        self.claims[scope, value] = holder

    def release(self, scope: str, value: str, holder: UUID) -> None:
        if self.claims.pop((scope, value), None) is None:
            self.releases[scope, value] = holder

    def conditions(self) -> Conditions:
        return Conditions(
            claims=[(scope, value, holder) for (scope, value), holder in self.claims.items()],
            releases=[(scope, value, holder) for (scope, value), holder in self.releases.items()],
            holdings=[Holding(holder, held, until) for (holder, held), until in self.holdings.items()],
            emptied=list(self.emptied.items()),
        )
