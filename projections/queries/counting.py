"""How many things of a kind lie in each square of a region, added up from the pyramid (`projections/pyramid.py`) instead of counted.

It is as exact as a look at every thing: the sum runs to the moment itself, and what was learned after the last whole block of
positions is read from the things themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from projections.cells import ZOOM, z_order
from projections.pyramid import ALWAYS, BLOCK, COARSE, CORNERS, FINE, IS_CORNER, MOMENT, MONTH, YEAR, span
from projections.queries.view import View
from projections.windows import ADDED_UP

_AT: Final = "%(at)s::timestamptz"
_SPANS: Final = f"""(VALUES
    ({YEAR}, {ALWAYS}, {span("year", _AT)}),
    ({MONTH}, {span("year", _AT)}, {span("month", _AT)}),
    ({MOMENT}, {span("month", _AT)}, {_AT} + interval '1 microsecond')) AS g(grain, within, before)"""
"""SQL: whole years, then whole months of the last one, then moments of the last month; up to the moment that is asked about."""
_LAST: Final = f"((%(known)s::bigint + 1) >> {BLOCK})"
"""SQL: the block of which only a part was known, or nothing."""


def can_count(zoom: int) -> bool:
    """Whether squares of this zoom are added up."""
    return zoom <= FINE


def squares(view: View, kinds: Sequence[str], zoom: int) -> str:
    """SQL: `kind`, `square` and `count` of each square of a zoom in a tile. Its parameters are `axes` and `parameters`."""
    changes = _changes(view, kinds, _added_up(view, zoom))
    if view.known is not None:
        changes += f" UNION ALL {_learned_since(view, kinds)}"
    # By the number first: to sort by words takes several times as long.
    return f"SELECT kind, square, sum(change)::integer AS count FROM ({changes}) AS changes GROUP BY 2, 1 HAVING sum(change) <> 0"  # noqa: S608 -- texts of the code


def _added_up(view: View, zoom: int) -> int:
    """The zoom of the squares that a count is added up from: what was known once, only the small ones say."""
    return next((one for one in COARSE if one >= zoom), FINE) if view.known is None else FINE


def _changes(view: View, kinds: Sequence[str], added_up: int) -> str:
    if added_up == FINE:
        known = "" if view.known is None else f" AND c.block < {_LAST}"
        source = f"{view.of(ADDED_UP, 'c', *kinds)} WHERE c.grain = {MOMENT} AND c.within = {ALWAYS} AND c.moment <= {_AT}{known}"
    else:
        at = "c.grain = g.grain AND c.within = g.within AND c.moment < g.before"
        source = f"{_SPANS} JOIN {view.of(ADDED_UP, 'c', *kinds)} ON {at} WHERE true"
    return (
        f"SELECT c.kind, c.square >> %(coarser)s::integer AS square, c.change FROM {source} AND c.zoom = {added_up}"  # noqa: S608 -- as above; values are bound
        " AND c.square >= %(from_square)s::bigint AND c.square < %(to_square)s::bigint AND c.kind = ANY(%(whole_kinds)s::text[])"
    )


def _learned_since(view: View, kinds: Sequence[str]) -> str:
    """SQL: the changes of the last block, as far as they were known."""
    first = f"({_LAST} << {BLOCK})"
    learned = " OR ".join(f"r.{name} BETWEEN {first} AND %(known)s::bigint" for name in ("since", "cut", "until"))
    return (
        "SELECT r.kind, r.cell >> %(finest)s::integer, corner.change"  # noqa: S608 -- as above
        f" FROM {view.of('cells', 'r', *kinds)}, LATERAL {CORNERS}"
        f" WHERE ({learned}) AND r.cell >= %(first)s::bigint AND r.cell < %(last)s::bigint AND r.kind = ANY(%(whole_kinds)s::text[])"
        f" AND {IS_CORNER} AND corner.moment <= {_AT} AND corner.position BETWEEN {first} AND %(known)s::bigint"
    )


def parameters(view: View, kinds: Sequence[str], zoom: int, tile: tuple[int, int, int]) -> dict[str, Any]:
    """Of squares of a zoom in a tile (z, x, y)."""
    z, x, y = tile
    added_up, first = _added_up(view, zoom), z_order(x, y)
    bits, finest = 2 * (added_up - z), 2 * (ZOOM - z)
    return {
        "coarser": 2 * (added_up - zoom),
        "finest": 2 * (ZOOM - zoom),
        "from_square": first << bits,
        "to_square": first + 1 << bits,
        "first": first << finest,
        "last": first + 1 << finest,
        "whole_kinds": list(kinds),
    }
