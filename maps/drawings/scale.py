"""How long a unit of a drawing is: as the file says, unless the building would be a toy or a city by that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from maps.drawings.raw import Run

_TOY, _CITY = 4.0, 1500.0
"""Metres across: smaller or larger is no building, nor several floors of one beside each other."""
_UNITS: Final = (1.0, 0.001, 0.01)
"""What drawings are made in where they do not say: metres, millimetres, centimetres."""


@dataclass(frozen=True, slots=True)
class Scale:
    """`by`: said by the file, chosen by a person, guessed where nothing is said, or doubted where what is said cannot be."""

    metres: float
    by: Literal["said", "chosen", "guessed", "doubted"]


def scale_of(runs: Sequence[Run], said: float | None, chosen: float | None) -> Scale:
    if chosen is not None:
        return Scale(chosen, "chosen")
    across = _across(runs)
    if said is not None and _TOY <= across * said <= _CITY:
        return Scale(said, "said")
    fitting = [unit for unit in _UNITS if _TOY <= across * unit <= _CITY]
    if not fitting:
        return Scale(said or 1.0, "said" if said else "guessed")
    return Scale(_likeliest(fitting, across), "guessed" if said is None else "doubted")


def _likeliest(fitting: Sequence[float], across: float) -> float:
    """Whole buildings are tens of metres across."""
    return min(fitting, key=lambda unit: abs(np.log(across * unit / 80)))


def _across(runs: Sequence[Run]) -> float:
    """The greater side, without the few points that lie astray."""
    if not runs:
        return 0.0
    points = np.array([point for run in runs for point in (run.points[0], run.points[len(run.points) // 2])])
    low, high = np.percentile(points, [2, 98], axis=0)
    return float(max(high - low))
