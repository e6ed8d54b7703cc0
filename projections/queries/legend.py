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
from projections.queries.layers import ENVELOPE, LAYERS, Layer, mercator
from projections.queries.lists import Wanted
from projections.queries.remembered import Recall
from projections.queries.scopes import Box
from projections.queries.seen import wholly
from projections.queries.view import View

_WIDE: Final = 0.4
"""Degrees: about a town."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """`box` None: the whole map is in view. `colour` None: all things are of one colour."""

    wanted: Wanted
    colour: str | None = None
    box: Box | None = None


def counts(view: View, counted: Counted, recall: Recall | None = None) -> list[DictRow]:
    """`value`, `listed`, `placed` and `in_view`; the most frequent first.

    `recall`: what there is does not change with what is in view, and need not be counted again.
    """
    layer = LAYERS[counted.wanted.kind]
    totals = _totals(view, counted, recall)
    if counted.box is None or _has_all(view, layer, counted.box):
        seen = {row["value"]: row["placed"] for row in totals}
    else:
        seen = {row["value"]: row["in_view"] for row in _in_view(view, counted, counted.box, layer)}
    found = [{**row, "in_view": seen.get(row["value"], 0)} for row in totals]
    return sorted(found, key=lambda row: (-row["in_view"], -row["listed"], row["value"] is None, row["value"] or ""))


def _totals(view: View, counted: Counted, recall: Recall | None) -> list[DictRow]:
    asked = "totals", counted.wanted, counted.colour
    return _counted(view, counted) if recall is None else recall.of(asked, lambda: _counted(view, counted))


def _counted(view: View, counted: Counted) -> list[DictRow]:
    bound, layer = Bound(), LAYERS[counted.wanted.kind]
    # Joined and not asked for each row: a set of a million places is more than the database would look things up in.
    statement = (
        "SELECT value, count(*) AS listed, count(placed) AS placed"  # noqa: S608 -- texts of the code; values are bound
        f" FROM (SELECT ({_colour(view, counted)})::text AS value, p.asset AS placed FROM {view.of(layer.kind, ROW)}"
        f" LEFT JOIN ({layer.placed(view)}) AS p ON p.asset = {layer.at}"
        f" WHERE {lists.conditions(view, counted.wanted, bound)} AND {layer.there}) AS coloured GROUP BY value"
    )
    return view.rows(statement, {**bound.values, **_parameters(view, None)})


def _in_view(view: View, counted: Counted, box: Box, layer: Layer) -> list[DictRow]:
    # PostgreSQL, which may not look at what somebody else may not see, takes every box for an empty one and would look up what
    # lies in it thing by thing. Of a street that is quickest; in a wide box it has to go through the list once.
    join, bound = "LEFT JOIN" if box[2] - box[0] > _WIDE else "JOIN", Bound()
    statement = (
        f"SELECT ({_colour(view, counted)})::text AS value, count(w.asset) AS in_view"  # noqa: S608 -- texts of the code; values are bound
        f" FROM {view.of(layer.kind, ROW)} {join} ({layer.within(view, ENVELOPE)}) AS w ON w.asset = {layer.at}"
        f" WHERE {lists.conditions(view, counted.wanted, bound)} AND {layer.there} GROUP BY 1"
    )
    return view.rows(statement, {**bound.values, **_parameters(view, box)}, prepare=False)


def _colour(view: View, counted: Counted) -> str:
    return "NULL" if counted.colour is None else COLOURS[counted.wanted.kind][counted.colour].sql(view)


def _has_all(view: View, layer: Layer, box: Box) -> bool:
    """Whether every place lies in the box: then none has to be looked for. Where one sees but a part, to find that out is no quicker."""
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
    known = {"known_at": view.position if view.known is None else view.known}
    if box is None:
        return known
    (west, south), (east, north) = mercator(*box[:2]), mercator(*box[2:])
    return {**known, "west": west, "south": south, "east": east, "north": north}
