"""What maps tell of places by other things: how many items lie in a warehouse, and what looks wrong or waits, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from projections.queries import lists, statistics
from projections.queries.bound import Bound
from projections.queries.filters import ROW
from projections.queries.layers import LAYERS
from projections.queries.lists import Wanted
from projections.queries.statistics import Which
from projections.queries.tiles import Overlay
from projections.queries.view import View

Places: TypeAlias = Callable[[View, Bound], str]
"""SQL: the ids of places, as `place`, once for each thing there."""

FINDINGS: Final = "findings"
_SUMS: Final = (
    "count(*)::integer AS count, count(*) FILTER (WHERE r.idle)::integer AS idle, sum(r.value)::float8 AS value"
)


def items(wanted: Wanted) -> Overlay:
    """How many items lie in each warehouse, how many of them are idle, and what they are worth."""
    layer = LAYERS[wanted.kind]

    def told(view: View, bound: Bound) -> str:
        where = f"{lists.conditions(view, wanted, bound)} AND {layer.there}"
        return f"SELECT {layer.at} AS place, {_SUMS} FROM {view.of(layer.kind, ROW)} WHERE {where} GROUP BY 1"  # noqa: S608 -- texts of the code; values are bound

    return Overlay(name=layer.kind, told=told, carries="h.count, h.idle, h.value", many="h.count")


def findings(found: Mapping[str, Places]) -> Overlay:
    """By the name of a finding, where it was made: a place of which several are made is shown for each."""

    def told(view: View, bound: Bound) -> str:
        each = [
            f"SELECT '{name}'::text AS finding, f.place, count(*)::integer AS count FROM ({places(view, bound)}) AS f GROUP BY f.place"  # noqa: S608 -- names of the code
            for name, places in found.items()
        ]
        return " UNION ALL ".join(each) or "SELECT NULL::text AS finding, NULL::uuid AS place, 0 AS count WHERE false"

    return Overlay(name=FINDINGS, told=told, carries="h.finding, h.count", many="h.count")


def of_list(view: View, wanted: Wanted, bound: Bound) -> str:
    """SQL: where the things of a list lie."""
    where = lists.conditions(view, wanted, bound)
    return f"SELECT {LAYERS[wanted.kind].at} AS place FROM {view.of(wanted.kind, ROW)} WHERE {where}"  # noqa: S608 -- texts of the code; values are bound


def of_figure(view: View, kind: str, which: Which, measure: str, bound: Bound) -> str:
    """SQL: where the things behind a figure lie."""
    things, parameters = statistics.things(view, which, measure)
    bound.values.update(parameters)
    where = f"{view.held(ROW)} AND {ROW}.asset IN ({things})"
    return f"SELECT {LAYERS[kind].at} AS place FROM {view.of(kind, ROW)} WHERE {where}"  # noqa: S608 -- texts of the code; values are bound
