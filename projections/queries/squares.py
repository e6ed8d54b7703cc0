"""How many things lie in each square of the whole world, looked at once, and for any tile added up from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from projections.cells import z_order
from projections.queries.view import View

FINE: Final = 17
"""The zoom of the squares that are counted: those of a tile of zoom 12."""
TOLD: Final = "SELECT * FROM unnest(%(told_kinds)s::text[], %(told_squares)s::bigint[], %(told_counts)s::integer[]) AS told(kind, square, count)"
"""SQL: of a tile the kind, the square and how many; its parameters are `told`."""


@dataclass(frozen=True, slots=True)
class Squares:
    """By kind the squares in which something is, in order, and how many things."""

    by_kind: Mapping[str, tuple[NDArray[np.int64], NDArray[np.int64]]]

    def told(self, tile: tuple[int, int, int], finer: int) -> dict[str, Any]:
        """Of a tile (z, x, y) in squares so many zooms finer."""
        z, x, y = tile
        first, inside, coarser = z_order(x, y), 2 * (FINE - z), 2 * (FINE - z - finer)
        kinds: list[str] = []
        squares: list[int] = []
        counts: list[int] = []
        for kind, (all_squares, all_counts) in self.by_kind.items():
            low, high = np.searchsorted(all_squares, [first << inside, first + 1 << inside])
            if low == high:
                continue
            coarse = all_squares[low:high] >> coarser
            starts = np.flatnonzero(np.concatenate(([True], coarse[1:] != coarse[:-1])))
            squares += coarse[starts].tolist()
            counts += np.add.reduceat(all_counts[low:high], starts).tolist()
            kinds += [kind] * len(starts)
        return {"told_kinds": kinds, "told_squares": squares, "told_counts": counts}


def looked_at(view: View, counted: str, parameters: Mapping[str, Any]) -> Squares:
    """`counted`: SQL of `kind`, `square` of the fine zoom, and `count`."""
    rows = view.rows(f"{counted} ORDER BY 1, 2", parameters, prepare=False)
    by_kind: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append((row["square"], row["count"]))
    return Squares({kind: _arrays(found) for kind, found in by_kind.items()})


def _arrays(found: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    both = np.array(found, dtype=np.int64)
    return both[:, 0], both[:, 1]
