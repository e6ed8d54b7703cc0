"""The layers of a map that show things: of which kind they are, and which thing's place is theirs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from domain.warehouse.item import Item
from domain.warehouse.terms import ItemStatus
from domain.warehouse.warehouse import Warehouse
from projections.cells import GONE, PLACED
from projections.places import SHOWN
from projections.queries.filters import ROW
from projections.queries.view import View

ENVELOPE: Final = "ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857)"
"""SQL: a box in web Mercator, which tiles and their index are in. Said in numbers, so that PostgreSQL knows how much lies in it."""
_EARTH: Final = 6_378_137.0


def mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """From degrees to metres of web Mercator."""
    return math.radians(longitude) * _EARTH, math.asinh(math.tan(math.radians(latitude))) * _EARTH


@dataclass(frozen=True, slots=True)
class Layer:
    """`place`: of what kind of thing the place is, whose id `at` reads from a row (r) of the kind."""

    kind: str
    place: str
    at: str
    gone: frozenset[str]
    """The statuses in which a thing is there no longer."""

    @property
    def gathers(self) -> bool:
        """Many things lie at one place: a tile shows the place, and how many there are."""
        return self.kind != self.place

    @property
    def there(self) -> str:
        """SQL: the thing of the row is there still."""
        return f"{ROW}.status <> ALL ('{{{','.join(sorted(self.gone))}}}')"

    def placed(self, view: View) -> str:
        """SQL: the ids of all places."""
        return f"SELECT c.asset FROM {view.of('cells', 'c', self.place)} WHERE c.kind = '{self.place}' AND {view.held('c')}"  # noqa: S608 -- names of the code

    def within(self, view: View, box: str) -> str:
        """SQL: the ids of the places that meet a box. What lies in it whole, as most do, needs no closer look."""
        return (
            f"SELECT m.asset FROM {view.of('map', 'm', self.place)} WHERE m.kind = '{self.place}' AND m.drawn && {box}"  # noqa: S608 -- names of the code
            f" AND m.valid @> %(at)s::timestamptz AND m.known @> %(known_at)s::bigint AND (m.drawn @ {box} OR ST_Intersects(m.drawn, {box}))"
        )


LAYERS: Final = {
    **{kind: Layer(kind, kind, f"{ROW}.asset", PLACED[kind][2] if kind in PLACED else GONE) for kind in SHOWN},
    # Where else an item stands is told in words only (存放地点).
    Item.kind: Layer(Item.kind, Warehouse.kind, f"{ROW}.warehouse", frozenset([ItemStatus.DISPOSED])),
}
"""By the name of the layer, which is the kind's."""
