"""Rows of the log as records to fold, read without the vault: what is personal stays sealed and is no part of any fact."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.kernel.events import EVENTS, Event, FactCorrected, revive
from projections.stream import Record

COLUMNS = "originator_id, originator_version, topic, state, position, recorded_at, mandate"
"""What of a row of log.events `record` asks for, in this order."""

_DECODERS = {
    topic: msgspec.json.Decoder(cls).decode
    for topic, cls in EVENTS.items()
    if cls.class_version == 1 and not cls.personal and cls is not FactCorrected
}


def record(row: tuple[UUID, int, str, bytes, int, datetime, bytes]) -> Record:
    _, _, topic, state, position, recorded_at, mandate = row
    decode = _DECODERS.get(topic)
    event = _carefully(topic, state) if decode is None else decode(state)
    return Record(position, recorded_at, event, mandate)


def _carefully(topic: str, stored: bytes) -> Event:
    state: dict[str, Any] = msgspec.json.decode(stored)
    _blank(EVENTS[topic], state)
    return revive(topic, state.pop("class_version", 1), state)


def _blank(cls: type[Event], state: dict[str, Any]) -> None:
    """Puts nothing in the place of every sealed field, also within what a correction says instead."""
    if issubclass(cls, FactCorrected):
        said = state["statement"]
        _blank(EVENTS[said["topic"]], said["state"])
    for name in cls.personal:
        if state.get(name) is not None:
            state[name] = ""
