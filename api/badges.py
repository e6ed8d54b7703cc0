"""How a state looks: one mapping for the words of all closed lists that say how something stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Tone: TypeAlias = Literal["good", "way", "past", "wrong", ""]

COLUMNS: Final = frozenset({"status", "title", "condition", "grade", "repair", "disposal", "sealed"})
"""The columns of lists that say how a thing stands."""

_GOOD: Final = (
    "active", "open", "standing", "in-service", "on-duty", "roadworthy", "registered", "sound", "fairly-sound",
    "with-unit", "stored", "a", "b", "accepted", "carried-out", "in-force",
)  # fmt: skip
"""In force, and as it should be."""
_UNDER_WAY: Final = (
    "approved", "dispatched", "departed", "returned", "inspected", "lent", "in-transfer", "loan-approved", "under-way",
)  # fmt: skip
_WAITING: Final = (
    "requested", "entry-requested", "loan-requested", "disposal-requested", "disposal-approved", "disposal-decided",
    "filed", "worn", "c", "suspended", "opened", "holiday", "idle", "investigation", "other",
    "sent-back",
)  # fmt: skip
"""Somebody has to do something, or should know."""
_WRONG: Final = ("unknown", "disputed", "badly-damaged", "dangerous", "out-of-service", "refused", "d")
_OVER: Final = (
    "merged", "abolished", "closed", "swapped", "auctioned", "demolished", "split", "retired", "disposed", "released",
    "cancelled", "completed", "abandoned", "taken-back", "dormant",
)  # fmt: skip

TONES: Final[Mapping[str, Tone]] = {
    **dict.fromkeys(_GOOD, "good"),
    **dict.fromkeys(_UNDER_WAY, "way"),
    **dict.fromkeys(_WAITING, "past"),
    **dict.fromkeys(_WRONG, "wrong"),
    **dict.fromkeys(_OVER, ""),
}


def tone(value: str) -> Tone:
    """Of a state; what has no meaning of its own is plain."""
    return TONES.get(value, "")
