"""What the colours of a map mean: of each value, how many things there are, how many of them have a place, how many are in view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from psycopg.rows import DictRow

from projections.queries import lists
from projections.queries.bound import Bound
from projections.queries.colours import COLOURS
from projections.queries.extent import extent
from projections.queries.filters import ROW
from projections.queries.layers import LAYERS, Layer
from projections.queries.lists import Wanted
from projections.queries.scopes import Box
from projections.queries.seen import wholly
from projections.queries.view import View

# The index is over web Mercator: the box is transformed, not the column.
_BOX: Final = "(SELECT ST_Transform(ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4490), 3857))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """`box` None: the whole map is in view. `colour` None: all things are of one colour."""

    wanted: Wanted
    colour: str | None = None
    box: Box | None = None


def counts(view: View, counted: Counted) -> list[DictRow]:
    """`value`, `listed`, `placed` and `in_view`; the most frequent first."""
    bound, kind, layer = Bound(), counted.wanted.kind, LAYERS[counted.wanted.kind]
    colour = "NULL" if counted.colour is None else COLOURS[kind][counted.colour].sql(view)
    in_view = layer.placed(view) if _has_all(view, layer, counted.box) else layer.within(view, _BOX)
    # Joined and not asked for each row: a set of a million places is more than the database would look things up in.
    statement = (
        "SELECT value, count(*) AS listed, count(placed) AS placed, count(in_view) AS in_view"  # noqa: S608 -- texts of the code; values are bound
        f" FROM (SELECT ({colour})::text AS value, p.asset AS placed, w.asset AS in_view FROM {view.of(kind, ROW)}"
        f" LEFT JOIN ({layer.placed(view)}) AS p ON p.asset = {layer.at} LEFT JOIN ({in_view}) AS w ON w.asset = {layer.at}"
        f" WHERE {lists.conditions(view, counted.wanted, bound)} AND {layer.there}) AS coloured"
        " GROUP BY value ORDER BY 4 DESC, 2 DESC, value"
    )
    return view.rows(statement, {**bound.values, **_parameters(view, counted.box)})


def _has_all(view: View, layer: Layer, box: Box | None) -> bool:
    """Whether every place lies in the box: then none has to be looked for. Where one sees but a part, to find that out is no quicker."""
    if box is None:
        return True
    if not wholly(view.sight, layer.place):
        return False
    reached = extent(view, [layer.place])
    west, south, east, north = box
    return (
        reached is not None
        and west <= reached[0]
        and south <= reached[1]
        and reached[2] <= east
        and reached[3] <= north
    )


def _parameters(view: View, box: Box | None) -> dict[str, Any]:
    sides = dict(zip(("west", "south", "east", "north"), box or (None,) * 4, strict=True))
    return {**sides, "known_at": view.position if view.known is None else view.known}
