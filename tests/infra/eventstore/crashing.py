"""What tests that kill clients, connections and lines do to them, and look for afterwards."""

from __future__ import annotations

from uuid import UUID

from tests.stores import Store


def commands(store: Store) -> list[tuple[UUID, int, int]]:
    """What is in the log, as (command, line, lines)."""
    found = [store.recorder.event_at(position) for position in range(1, store.recorder.head() + 1)]
    return [(event.command_id, event.line, event.lines) for event in found if event is not None]
