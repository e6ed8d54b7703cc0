"""How often each finding is made, and how many of these lie where one looks: the legend of the layer of findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from psycopg.rows import DictRow

from projections.cells import GONE
from projections.queries.bound import Bound
from projections.queries.layers import ENVELOPE
from projections.queries.overlays import Places, findings
from projections.queries.scopes import Box
from projections.queries.view import View

# The index is over web Mercator: the box is transformed, not the column.
_BOX: Final = f"(SELECT ST_Transform({ENVELOPE.replace('3857', '4490')}, 3857))"


def counts(view: View, found: Mapping[str, Places], box: Box | None) -> dict[str, DictRow]:
    """By the name of a finding `listed`, `placed` and `in_view`; what is made nowhere is left out."""
    bound = Bound()
    within = "true" if box is None else f"m.drawn && {_BOX} AND ST_Intersects(m.drawn, {_BOX})"
    rows = view.rows(
        "SELECT h.finding, sum(h.count)::bigint AS listed,"  # noqa: S608 -- texts of the code; values are bound
        " coalesce(sum(h.count) FILTER (WHERE m.asset IS NOT NULL), 0)::bigint AS placed,"
        f" coalesce(sum(h.count) FILTER (WHERE m.asset IS NOT NULL AND {within}), 0)::bigint AS in_view"
        f" FROM ({findings(found).told(view, bound)}) AS h LEFT JOIN {view.of('map', 'm')} ON m.asset = h.place"
        " AND m.valid @> %(at)s::timestamptz AND m.known @> %(known_at)s::bigint AND m.status <> ALL(%(gone)s)"
        " WHERE h.finding IS NOT NULL GROUP BY h.finding",
        {
            **bound.values,
            **dict(zip(("west", "south", "east", "north"), box or (None,) * 4, strict=True)),
            "known_at": view.position if view.known is None else view.known,
            "gone": sorted(GONE),
        },
    )
    return {row["finding"]: row for row in rows}
