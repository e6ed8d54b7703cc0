"""How many things of a kind lie in each square of a region, added up from the pyramid (`projections/pyramid.py`) instead of counted.

It is as exact as a look at every thing: the sum runs to the moment itself, and what was learned after the last whole block of
positions is read from the things themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from projections.cells import ZOOM, z_order
from projections.guards import ADDED_UP
from projections.pyramid import ALWAYS, BLOCK, CORNERS, IS_CORNER, MOMENT, MONTH, YEAR, ZOOMS, span
from projections.queries.view import View

_AT: Final = "%(at)s::timestamptz"
_SPANS: Final = f"""(VALUES
    ({YEAR}, {ALWAYS}, {span("year", _AT)}),
    ({MONTH}, {span("year", _AT)}, {span("month", _AT)}),
    ({MOMENT}, {span("month", _AT)}, {_AT} + interval '1 microsecond')) AS g(grain, within, before)"""
"""SQL: whole years, then whole months of the last one, then moments of the last month; up to the moment that is asked about."""


def can_count(z: int) -> bool:
    """Whether squares of this zoom are added up."""
    return z <= ZOOMS[-1]


def squares(view: View, kinds: Sequence[str]) -> str:
    """SQL: `kind`, `square` and `count` of each square of the zoom `z` in a tile. Its parameters are `axes` and `parameters`."""
    whole = (
        "SELECT c.kind, c.square >> %(coarser)s::integer AS square, c.change"  # noqa: S608 -- texts of the code; values are bound
        f" FROM {_SPANS} JOIN {view.of(ADDED_UP, 'c', *kinds)}"
        "   ON c.grain = g.grain AND c.within = g.within AND c.moment < g.before"
        " WHERE c.zoom = %(added_up)s::smallint AND c.square >= %(from_square)s::bigint AND c.square < %(to_square)s::bigint"
        "   AND c.kind = ANY(%(whole_kinds)s::text[])"
    )
    if view.known is not None:
        whole += f" AND c.block < (%(known)s::bigint + 1) >> {BLOCK} UNION ALL {_learned_since(view, kinds)}"
    return f"SELECT kind, square, sum(change)::integer AS count FROM ({whole}) AS changes GROUP BY 1, 2 HAVING sum(change) <> 0"  # noqa: S608 -- as above


def _learned_since(view: View, kinds: Sequence[str]) -> str:
    """SQL: the changes of the last block, of which only a part was known."""
    first = f"(((%(known)s::bigint + 1) >> {BLOCK}) << {BLOCK})"
    learned = " OR ".join(f"r.{name} BETWEEN {first} AND %(known)s::bigint" for name in ("since", "cut", "until"))
    return (
        "SELECT r.kind, r.cell >> %(finest)s::integer, corner.change"  # noqa: S608 -- texts of the code; values are bound
        f" FROM {view.of('cells', 'r', *kinds)}, LATERAL {CORNERS}"
        f" WHERE ({learned}) AND r.cell >= %(first)s::bigint AND r.cell < %(last)s::bigint AND r.kind = ANY(%(whole_kinds)s::text[])"
        f"   AND {IS_CORNER} AND corner.moment <= {_AT} AND corner.position BETWEEN {first} AND %(known)s::bigint"
    )


def parameters(z: int, x: int, y: int, squares: int, kinds: Sequence[str]) -> dict[str, Any]:
    """Of a tile and the zoom of the squares in it."""
    added_up = next(zoom for zoom in ZOOMS if zoom >= squares)
    first, bits = z_order(x, y), 2 * (added_up - z)
    return {
        "added_up": added_up,
        "coarser": 2 * (added_up - squares),
        "finest": 2 * (ZOOM - squares),
        "from_square": first << bits,
        "to_square": first + 1 << bits,
        "whole_kinds": list(kinds),
    }
