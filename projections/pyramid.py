"""How many things came and went, by squares and stretches of time: what counts far away are added up from.

To count what lies in a region is to look at each thing, unless it was counted before. A version (`projections/cells.py`) drawn
over both axes of time is an area with corners: where it begins one comes, where it ends one goes, and where that was learned
otherwise later it comes or goes a second time, at the position that taught it. How many there were at a moment, as known at a
position, is the sum of all changes before both. So rows here are changes, added up over all things of a kind in a square.

Small squares keep them by the moment and by blocks of positions. In large ones so much happened that they keep only what is
known by now, by year, by month and by the moment: a sum takes whole years, then whole months of the last one, then moments of
the last month. See `docs/adr/0021-the-pyramid.md`.
"""

from __future__ import annotations

from typing import Final

from projections import cells
from projections.cells import ZOOM
from projections.tables import Column, Model, Sum, Table

FINE: Final = 18
"""The zoom of small squares, some 120 m wide."""
COARSE: Final = (10, 14)
"""The zooms of large ones. A count at another zoom is added up from the next finer squares."""

BLOCK: Final = 8
"""Bits of a position within a block: what was learned is added up by 256 events."""

YEAR, MONTH, MOMENT = 0, 1, 2
ALWAYS: Final = "'-infinity'::timestamptz"

CORNERS: Final = """(VALUES
    (r.begins, r.since, 1), (coalesce(r.ended, r.ends), r.since, -1),
    (r.ended, r.cut, 1), (r.ends, r.cut, -1),
    (r.begins, r.until, -1), (r.ends, r.until, 1)) AS corner(moment, position, change)"""
"""SQL: where a version (r) comes and goes. What never ends, or was not learned, is no corner: `IS_CORNER`."""
IS_CORNER: Final = "corner.position IS NOT NULL AND corner.moment < 'infinity'"


def span(grain: str, moment: str) -> str:
    """SQL: the beginning of the year or month of a moment, the same on every machine."""
    return f"date_trunc('{grain}', {moment}, 'UTC')"


_SIZES = ",".join(map(str, COARSE))
_YEAR, _MONTH = span("year", "fine.moment"), span("month", "fine.moment")
_SUMS = f"""
    WITH fine AS (
        SELECT r.cell >> {2 * (ZOOM - FINE)} AS square, r.kind, corner.moment, (corner.position >> {BLOCK})::integer AS block,
               sum(corner.change * r.times)::integer AS change
          FROM {{rows}} AS r, LATERAL {CORNERS}
         WHERE {IS_CORNER}
         GROUP BY 1, 2, 3, 4 HAVING sum(corner.change * r.times) <> 0)
    SELECT {FINE}, {MOMENT}, {ALWAYS}, square, kind, moment, block, change FROM fine
    UNION ALL
    SELECT z.zoom, g.grain, g.within, square >> (2 * ({FINE} - z.zoom)), kind, g.moment, 0, sum(change)
      FROM fine, unnest(ARRAY[{_SIZES}]) AS z(zoom),
           LATERAL (VALUES ({YEAR}, {ALWAYS}, {_YEAR}), ({MONTH}, {_YEAR}, {_MONTH}), ({MOMENT}, {_MONTH}, fine.moment)) AS g(grain, within, moment)
     GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(change) <> 0
     ORDER BY 1, 2, 3, 4, 5, 6, 7"""  # noqa: S608 -- constants

MODEL = Model(
    "pyramid",
    (
        Table(
            "pyramid",
            (
                Column("zoom", "smallint NOT NULL", "级别", "Zoom"),
                Column("grain", "smallint NOT NULL", "时段粒度", "Grain"),
                Column("within", "timestamptz NOT NULL", "所在时段", "Within"),
                Column("square", "bigint NOT NULL", "网格", "Square"),
                Column("kind", "text NOT NULL", "种类", "Kind"),
                Column("moment", "timestamptz NOT NULL", "时间", "Moment"),
                Column("block", "integer NOT NULL", "登记区段", "Block of positions"),
                Column("change", "integer NOT NULL", "增减", "Change"),
            ),
            key=("zoom", "grain", "within", "square", "kind", "moment", "block"),
            sum=Sum(of=cells.MODEL.name, select=_SUMS, amount="change"),
        ),
    ),
)
