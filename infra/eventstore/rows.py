"""A row of the log, as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

COLUMNS = "position, recorded_at, originator_id, originator_version, topic, state, mandate, command_id, line, lines"


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """One event with all that the log knows of it. `state` and `mandate` are the stored bytes (JSON)."""

    position: int
    recorded_at: datetime
    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes
    mandate: bytes
    command_id: UUID
    line: int
    lines: int
