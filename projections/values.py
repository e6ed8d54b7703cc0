"""Values on their way into a generation: as JSON carries them, which is also how COPY reads them."""

from __future__ import annotations

from typing import Any

import msgspec

from projections.tiling import FOREVER, Rectangle, Version

_encode = msgspec.json.Encoder(enc_hook=str, decimal_format="string", order="deterministic").encode

INFINITY = "infinity"


def row_of(head: list[Any], version: Version, tail: list[Any]) -> list[Any]:
    """A row of a versioned table: the six columns of both axes of time (`projections/tables.py`) between the others."""
    end, ended = version.end, version.ended
    return [
        *head,
        version.start,
        INFINITY if end is FOREVER else end,
        version.since,
        version.until,
        version.cut,
        INFINITY if ended is FOREVER else ended,
        *tail,
    ]


def ranges(rectangle: Rectangle) -> tuple[str, str]:
    """The same of a rectangle, as PostgreSQL writes ranges."""
    end = "" if rectangle.end is FOREVER else rectangle.end.isoformat()
    until = "" if rectangle.until is None else rectangle.until
    return f"[{rectangle.start.isoformat()},{end})", f"[{rectangle.since},{until})"


def json(value: Any) -> str:
    """A value for a jsonb column, where there is one; where there is none the row holds None."""
    return _encode(value).decode()
