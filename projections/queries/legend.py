"""What the colours of a map mean: of each value, how many things there are, how many of them have a place, how many are in view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from psycopg.rows import DictRow

from projections.queries import lists
from projections.queries.bound import Bound
from projections.queries.colours import COLOURS
from projections.queries.filters import ROW
from projections.queries.layers import LAYERS
from projections.queries.lists import Wanted
from projections.queries.scopes import Box
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
    placed = f"{layer.at} IN ({layer.placed(view)})"
    in_view = placed if counted.box is None else f"{layer.at} IN ({layer.within(view, _BOX)})"
    statement = (
        "SELECT value, count(*) AS listed, count(*) FILTER (WHERE placed) AS placed, count(*) FILTER (WHERE in_view) AS in_view"  # noqa: S608 -- texts of the code; values are bound
        f" FROM (SELECT ({colour})::text AS value, {placed} AS placed, {in_view} AS in_view FROM {view.of(kind, ROW)}"
        f" WHERE {lists.conditions(view, counted.wanted, bound)} AND {layer.there}) AS coloured"
        " GROUP BY value ORDER BY 4 DESC, 2 DESC, value"
    )
    return view.rows(statement, {**bound.values, **_parameters(view, counted.box)})


def _parameters(view: View, box: Box | None) -> dict[str, Any]:
    sides = dict(zip(("west", "south", "east", "north"), box or (None,) * 4, strict=True))
    return {**sides, "known_at": view.position if view.known is None else view.known}
