"""A vector tile of what was where: outlines and points where one can tell them apart, counts by square where one cannot.

A tile of the past is found by the same index as a current one (`projections/places.py`), so it costs the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.premises.room import Room
from projections.cells import GONE, ZOOM, z_order
from projections.places import SHOWN
from projections.queries import counting, lists, squares
from projections.queries.bound import Bound
from projections.queries.colours import COLOURS, carried
from projections.queries.filters import ROW
from projections.queries.lists import Wanted
from projections.queries.remembered import Recall
from projections.queries.seen import wholly
from projections.queries.squares import Squares
from projections.queries.view import View

LARGEST_ZOOM = 22
COUNTED_UP_TO = 12
"""Up to this zoom a tile holds counts: it may cover a hundred thousand things."""
FAR = 8
"""Up to this zoom a look at a tile is one at most of what there is."""
ROOMS_COUNTED_UP_TO = 15
"""Rooms for longer: a whole floor is no larger than a thumb before, and they lie on top of each other."""

_HALF = 20_037_508.342789244  # of the side of the world in web Mercator, in metres
_EXTENT = 4096
_PIXELS = 512  # a tile's side on the screen
_BUFFER = 64
_FINER = 5  # zooms from a tile to its squares: 32 on a side


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What is told of places by other things than they themselves: what lies there, or what was found there.

    `told`: SQL of rows (h) with the id of a `place`; `carries`: what of a row a feature says; `many`: how many a row stands for.
    """

    name: str
    told: Callable[[View, Bound], str]
    carries: str
    many: str = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """Which tile, and what of it: `kinds` empty means all kinds; `floor` chooses among rooms only.

    `wanted`: of one kind, what a list would show; then `colour` is that by which its features are coloured.
    `overlay`: not the things themselves are shown, but what is told of them, in one layer.
    """

    z: int
    x: int
    y: int
    kinds: Sequence[str] = ()
    floor: int | None = None
    wanted: Wanted | None = None
    colour: str | None = None
    overlay: Overlay | None = None

    @property
    def side(self) -> float:
        """In metres of web Mercator."""
        return 2 * _HALF / (1 << self.z)

    @property
    def box(self) -> tuple[float, float, float, float]:
        west, north = self.x * self.side - _HALF, _HALF - self.y * self.side
        return west, north - self.side, west + self.side, north

    @property
    def all_kinds(self) -> list[str]:
        return list(self.kinds or SHOWN)

    @property
    def drawn_kinds(self) -> list[str]:
        return [kind for kind in self.all_kinds if self.z > counted_up_to(kind)]

    @property
    def counted_kinds(self) -> list[str]:
        return [kind for kind in self.all_kinds if self.z <= counted_up_to(kind)]


def counted_up_to(kind: str) -> int:
    return ROOMS_COUNTED_UP_TO if kind == Room.kind else COUNTED_UP_TO


def drawn(view: View, tile: Tile, recall: Recall | None = None) -> bytes:
    """The tile as PostGIS writes it; empty where nothing is. One layer a kind that is drawn, and `counts` of the others.

    `recall`: what was counted for another tile of the same map need not be counted again.
    """
    statement, parameters = question(view, tile, _counted_before(view, tile, recall))
    # The same statement asks about a country and about a street.
    found = view.one(statement, parameters, prepare=False)
    return b"" if found is None or found["tile"] is None else bytes(found["tile"])


def question(view: View, tile: Tile, before: Squares | None = None) -> tuple[str, Mapping[str, Any]]:
    bound = Bound()
    layers = list(_layers(view, tile, bound, is_counted=before is not None))
    clipped = f"WITH clipped AS MATERIALIZED ({_clipped(view, tile)}) " if tile.drawn_kinds else ""
    statement = f"{clipped}SELECT string_agg(layer, ''::bytea ORDER BY name) AS tile FROM ({' UNION ALL '.join(layers)}) AS layers"  # noqa: S608 -- texts of the code
    told = {} if before is None else before.told((tile.z, tile.x, tile.y), _FINER)
    return statement, {**bound.values, **_parameters(view, tile), **told}


def _layers(view: View, tile: Tile, bound: Bound, *, is_counted: bool) -> Iterator[str]:
    if tile.counted_kinds:
        yield _layer("counts", _counts(view, tile, bound, is_counted=is_counted))
    if tile.overlay is not None:
        if tile.drawn_kinds:
            yield _layer(tile.overlay.name, _told(view, tile.overlay, bound))
        return
    for kind in tile.drawn_kinds:
        yield _layer(kind, _features(view, tile, kind, bound))


def _layer(name: str, shown: str) -> str:
    return f"SELECT '{name}' AS name, ST_AsMVT(shown, '{name}', {_EXTENT}, 'geom') AS layer FROM ({shown}) AS shown"  # noqa: S608 -- texts of the code


# The box is a constant in the tiles' own system, so that the index of what is drawn answers. What would be smaller than a
# pixel is left out; a point has no size and always shows. OFFSET 0: PostgreSQL must not clip a second time to see what is left.
_CLIPPED: Final = f"""
    SELECT * FROM (
        SELECT kind, asset, label, status, category, unit, within, floor,
               ST_AsMVTGeom(drawn, ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857)::box2d,
                            {_EXTENT}, {_BUFFER}, true) AS geom
          FROM {{map}}
         WHERE drawn && ST_MakeEnvelope(%(west)s - %(margin)s, %(south)s - %(margin)s,
                                        %(east)s + %(margin)s, %(north)s + %(margin)s, 3857)
           AND valid @> %(at)s::timestamptz AND known @> %(known_at)s::bigint
           AND (size = 0 OR size >= %(pixel)s) AND status <> ALL(%(gone)s)
           AND kind = ANY(%(drawn_kinds)s::text[]){{without_rooms}}
           AND (%(floor)s::integer IS NULL OR kind <> 'rooms' OR floor = %(floor)s)
         OFFSET 0) AS clipped
     WHERE geom IS NOT NULL"""  # noqa: S608 -- numbers of the code


def _clipped(view: View, tile: Tile) -> str:
    # Said as a constant, so that PostgreSQL sees that the index without rooms answers.
    without_rooms = "" if Room.kind in tile.drawn_kinds else f" AND kind <> '{Room.kind}'"
    return _CLIPPED.format(map=view.of("map", "", *tile.drawn_kinds), without_rooms=without_rooms)


_ALL_CARRY: Final = "c.asset::text AS id, c.kind, c.label, c.status, c.category, c.unit::text AS unit, c.within::text AS within, c.floor, c.geom"


def _features(view: View, tile: Tile, kind: str, bound: Bound) -> str:
    """SQL: what lies in the tile, with what the list of its kind says of it at the same moment."""
    carries = {name: sql(view) for name, sql in carried(kind).items()}
    if tile.colour is not None:
        carries["colour"] = f"({COLOURS[kind][tile.colour].sql(view)})::text"
    if not carries and tile.wanted is None:
        return f"SELECT {_ALL_CARRY} FROM clipped AS c WHERE c.kind = '{kind}'"  # noqa: S608 -- texts of the code
    columns = ", ".join([_ALL_CARRY, *(f"{sql} AS {name}" for name, sql in carries.items())])
    listed = lists.conditions(view, tile.wanted or Wanted(kind), bound)
    return (
        f"SELECT {columns} FROM clipped AS c JOIN {view.of(kind, ROW)} ON {ROW}.asset = c.asset"  # noqa: S608 -- texts of the code; values are bound
        f" WHERE c.kind = '{kind}' AND {listed}"
    )


def _told(view: View, overlay: Overlay, bound: Bound) -> str:
    return f"SELECT {_ALL_CARRY}, {overlay.carries} FROM clipped AS c JOIN ({overlay.told(view, bound)}) AS h ON h.place = c.asset"  # noqa: S608 -- texts of the code; values are bound


def _middle(code: str) -> str:
    """SQL: the middle of a square in its tile's own units, from one side of its woven number."""
    bits = " | ".join(f"(({code} >> {bit}) & {1 << bit})" for bit in range(_FINER))
    return f"({bits}) * {_EXTENT >> _FINER} + {_EXTENT >> _FINER + 1}"


def _counts(view: View, tile: Tile, bound: Bound, *, is_counted: bool) -> str:
    """SQL: how many of each kind are in each square, complete also where a filter leaves some out."""
    whole, others = _whole_kinds(view, tile), _other_kinds(view, tile)
    found = [counting.squares(view, whole, tile.z + _FINER)] if whole else []
    if others:
        found += [squares.TOLD if is_counted else _each(view, tile, others, bound)]
    code = f"(square & {4**_FINER - 1})"
    return (
        f"SELECT kind, count, ST_MakePoint({_middle(code)}, {_middle(f'({code} >> 1)')}) AS geom"  # noqa: S608 -- texts of the code
        f" FROM ({' UNION ALL '.join(found)}) AS counted ORDER BY square, kind"
    )


def _whole_kinds(view: View, tile: Tile) -> list[str]:
    """The kinds of which everything counts and is in sight: these were added up before."""
    narrowed = tile.overlay is not None or (tile.wanted is not None and tile.wanted.is_narrowed)
    if narrowed or not counting.can_count(tile.z + _FINER):
        return []
    return [kind for kind in tile.counted_kinds if wholly(view.sight, kind)]


def _other_kinds(view: View, tile: Tile) -> list[str]:
    whole = _whole_kinds(view, tile)
    return [kind for kind in tile.counted_kinds if kind not in whole]


def _counted_before(view: View, tile: Tile, recall: Recall | None) -> Squares | None:
    """What has to be looked at one by one is looked at for all far tiles at once, for one of them takes as long; a nearer one takes
    what is there.
    """
    others = _other_kinds(view, tile)
    if recall is None or tile.overlay is not None or not others or tile.z > COUNTED_UP_TO:
        return None
    asked = "squares", others, tile.wanted
    if tile.z > FAR and not recall.holds(asked):
        return None
    return recall.of(asked, lambda: _all_squares(view, tile, others))


def _all_squares(view: View, tile: Tile, kinds: Sequence[str]) -> Squares:
    bound = Bound()
    counted = _each(view, tile, kinds, bound)
    everywhere = {"finer": 2 * (ZOOM - squares.FINE), "first": 0, "last": 1 << 2 * ZOOM}
    return squares.looked_at(view, counted, {**bound.values, **_parameters(view, tile), **everywhere})


def _each(view: View, tile: Tile, kinds: Sequence[str], bound: Bound) -> str:
    """SQL: the same by a look at each thing."""
    joined, listed, kind, many = "", "", "c.kind", "count(*)"
    if tile.overlay is not None:
        joined = f" JOIN ({tile.overlay.told(view, bound)}) AS h ON h.place = c.asset"
        kind, many = f"'{tile.overlay.name}'::text", f"sum({tile.overlay.many})"
    elif tile.wanted is not None:
        joined = f" JOIN {view.of(tile.wanted.kind, ROW)} ON {ROW}.asset = c.asset"
        listed = f" AND {lists.conditions(view, tile.wanted, bound)}"
    return (
        f"SELECT {kind} AS kind, c.cell >> %(finer)s::integer AS square, {many}::integer AS count"  # noqa: S608 -- texts of the code; values are bound
        f" FROM {view.of('cells', 'c', *kinds)}{joined}"
        f" WHERE c.cell >= %(first)s::bigint AND c.cell < %(last)s::bigint AND {view.held('c')}"
        f" AND c.kind = ANY({bound(list(kinds), 'text[]')}){listed} GROUP BY 2, 1"
    )


def _parameters(view: View, tile: Tile) -> dict[str, Any]:
    west, south, east, north = tile.box
    from_tile, whole = 2 * (ZOOM - tile.z), _whole_kinds(view, tile)
    first = z_order(tile.x, tile.y) << max(from_tile, 0)
    return {
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "margin": tile.side * _BUFFER / _EXTENT,
        "pixel": tile.side / _PIXELS,
        "known_at": view.position if view.known is None else view.known,
        "gone": sorted(GONE),
        "floor": tile.floor,
        "drawn_kinds": tile.drawn_kinds,
        "first": first,
        "last": first + (1 << max(from_tile, 0)),
        "finer": from_tile - 2 * _FINER,
        **(counting.parameters(view, whole, tile.z + _FINER, (tile.z, tile.x, tile.y)) if whole else {}),
    }
