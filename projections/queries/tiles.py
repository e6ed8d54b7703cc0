"""A vector tile of what was where: outlines and points where one can tell them apart, counts by square where one cannot.

A tile of the past is found by the same index as a current one (`projections/places.py`), so it costs the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from projections.cells import GONE, ZOOM, z_order
from projections.queries.view import View

LARGEST_ZOOM = 22
COUNTED_UP_TO = 12
"""Up to this zoom a tile holds counts: it may cover a hundred thousand things."""

_HALF = 20_037_508.342789244  # of the side of the world in web Mercator, in metres
_EXTENT = 4096
_PIXELS = 512  # a tile's side on the screen
_BUFFER = 64
_FINER = 5  # zooms from a tile to its squares: 32 on a side


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """Which tile, and what of it: `kinds` empty means all kinds; `floor` chooses among rooms only."""

    z: int
    x: int
    y: int
    kinds: Sequence[str] = ()
    floor: int | None = None

    @property
    def side(self) -> float:
        """In metres of web Mercator."""
        return 2 * _HALF / (1 << self.z)

    @property
    def box(self) -> tuple[float, float, float, float]:
        west, north = self.x * self.side - _HALF, _HALF - self.y * self.side
        return west, north - self.side, west + self.side, north


_OF_KINDS = "(%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s))"

# The box is a constant in the tiles' own system, so that the index of what is drawn answers. What would be smaller than a
# pixel is left out; a point has no size and always shows. OFFSET 0: PostgreSQL must not clip a second time to see what is left.
_SHAPES = f"""
    SELECT * FROM (
        SELECT kind, asset::text AS id, label, status, category, unit::text AS unit, within::text AS within, floor,
               ST_AsMVTGeom(drawn, ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857)::box2d,
                            {_EXTENT}, {_BUFFER}, true) AS geom
          FROM {{map}}
         WHERE drawn && ST_MakeEnvelope(%(west)s - %(margin)s, %(south)s - %(margin)s,
                                        %(east)s + %(margin)s, %(north)s + %(margin)s, 3857)
           AND valid @> %(at)s::timestamptz AND known @> %(known_at)s::bigint
           AND (size = 0 OR size >= %(pixel)s) AND status <> ALL(%(gone)s) AND {_OF_KINDS}
           AND (%(floor)s::integer IS NULL OR kind <> 'rooms' OR floor = %(floor)s)
         OFFSET 0) AS clipped
     WHERE geom IS NOT NULL"""  # noqa: S608 -- numbers of the code


def _middle(code: str) -> str:
    """SQL: the middle of a square in its tile's own units, from one side of its woven number."""
    bits = " | ".join(f"(({code} >> {bit}) & {1 << bit})" for bit in range(_FINER))
    return f"({bits}) * {_EXTENT >> _FINER} + {_EXTENT >> _FINER + 1}"


_COUNTS = f"""
    SELECT kind, count, ST_MakePoint({_middle("code")}, {_middle("(code >> 1)")}) AS geom
      FROM (SELECT kind, (cell >> %(finer)s::integer) & {4**_FINER - 1} AS code, count(*)::integer AS count
              FROM {{cells}}
             WHERE cell >= %(first)s::bigint AND cell < %(last)s::bigint AND {{held}} AND {_OF_KINDS}
             GROUP BY 1, 2) AS counted"""  # noqa: S608 -- numbers of the code

_LAYERS = f"""
    SELECT string_agg(layer, ''::bytea ORDER BY name) AS tile
      FROM (SELECT {{name}} AS name, ST_AsMVT(shown, {{name}}, {_EXTENT}, 'geom') AS layer
              FROM ({{shown}}) AS shown GROUP BY 1) AS layers"""  # noqa: S608 -- texts of the code


def drawn(view: View, tile: Tile) -> bytes:
    """The tile as PostGIS writes it; empty where nothing is. One layer a kind, or the layer `counts`."""
    statement, parameters = question(view, tile)
    found = view.one(statement, parameters)
    return b"" if found is None or found["tile"] is None else bytes(found["tile"])


def question(view: View, tile: Tile) -> tuple[str, Mapping[str, Any]]:
    if tile.z <= COUNTED_UP_TO:
        counted = _COUNTS.format(cells=view.of("cells", "", *tile.kinds), held=view.held())
        return _LAYERS.format(name="'counts'", shown=counted), _square_parameters(tile)
    shapes = _SHAPES.format(map=view.of("map", "", *tile.kinds))
    return _LAYERS.format(name="kind", shown=shapes), _box_parameters(view, tile)


def _square_parameters(tile: Tile) -> dict[str, Any]:
    from_tile = 2 * (ZOOM - tile.z)
    first = z_order(tile.x, tile.y) << from_tile
    return {
        "first": first,
        "last": first + (1 << from_tile),
        "finer": from_tile - 2 * _FINER,
        "kinds": list(tile.kinds) or None,
    }


def _box_parameters(view: View, tile: Tile) -> dict[str, Any]:
    west, south, east, north = tile.box
    return {
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "margin": tile.side * _BUFFER / _EXTENT,
        "pixel": tile.side / _PIXELS,
        "known_at": view.position if view.known is None else view.known,
        "gone": sorted(GONE),
        "kinds": list(tile.kinds) or None,
        "floor": tile.floor,
    }
