"""What was found in a drawing, as tests compare it."""

from __future__ import annotations

from maps.drawings.reading import Read


def told(found: Read) -> dict[int | None, list[str]]:
    """The numbers by floor."""
    return {one.floor: sorted(room.number for room in one.found.outlines if room.number) for one in found.storeys}


def marks(found: Read) -> list[str]:
    return [mark.code for one in found.storeys for mark in one.found.marks]
