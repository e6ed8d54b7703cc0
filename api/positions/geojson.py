"""Positions as GeoJSON: a Feature or a FeatureCollection of points; everything but the place stands in the properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from api.faults import Fault
from api.positions.lines import Line, Lines, checked, gathered
from domain.kernel.datums import CoordinateSystem

TYPES: Final = frozenset({"Feature", "FeatureCollection"})
_DIMENSIONS: Final = 3


def lines_of(said: Mapping[str, Any]) -> Lines:
    """By RFC 7946 coordinates are WGS 84; whoever has others says so: `system` of the collection, or of a feature's properties."""
    features = said.get("features") if said.get("type") == "FeatureCollection" else [said]
    system = said.get("system", CoordinateSystem.WGS84)
    known = system if system in set(CoordinateSystem) else None
    listed = features if isinstance(features, list) else []
    if known is None:
        # Said of every line, so that none is read in a system that nobody declared.
        return gathered(CoordinateSystem.WGS84, [_line(one, system) for one in listed])
    return gathered(CoordinateSystem(known), [_line(one, None) for one in listed])


def _line(feature: Any, system: Any) -> Line | Sequence[Fault]:
    place = _place(feature)
    if place is None:
        return [
            Fault(code="feature-form", field="/geometry", zh='应为点要素：{"type": "Feature", "geometry": {"type": "Point", …}, …}。',
                  en='Must be a feature with a point: {"type": "Feature", "geometry": {"type": "Point", …}, …}.')
        ]  # fmt: skip
    properties = feature.get("properties")
    said = dict(properties) if isinstance(properties, Mapping) else {}
    return checked({**said, **dict(_declared(system)), **place})


def _declared(system: Any) -> Iterator[tuple[str, Any]]:
    if system is not None:
        yield "system", system


def _place(feature: Any) -> dict[str, Any] | None:
    geometry = feature.get("geometry") if isinstance(feature, Mapping) else None
    if not isinstance(geometry, Mapping) or geometry.get("type") != "Point":
        return None
    numbers = geometry.get("coordinates")
    if not isinstance(numbers, list) or len(numbers) not in (2, _DIMENSIONS):
        return None
    return dict(zip(("x", "y", "altitude"), numbers, strict=False))
