"""Points and outlines as people write them down: a corner a line, or GeoJSON pasted from a drawing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

USUAL_SYSTEM: Final = "EPSG:4490"
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def point(typed: Mapping[str, list[str]], path: str, _: Mapping[str, Any]) -> dict[str, Any] | None:
    text = _first(typed, path)
    if not text:
        return None
    read = _position(text)
    numbers: list[Any] = [text] if read is None else [*read]
    return {"system": _first(typed, f"{path}@system") or USUAL_SYSTEM, **dict(zip(("x", "y"), numbers, strict=False))}


def outline(typed: Mapping[str, list[str]], path: str, _: Mapping[str, Any]) -> dict[str, Any] | None:
    text = _first(typed, path)
    if not text:
        return None
    return {"system": _first(typed, f"{path}@system") or USUAL_SYSTEM, "coordinates": _rings(text)}


def line(typed: Mapping[str, list[str]], path: str, _: Mapping[str, Any]) -> dict[str, Any] | None:
    text = _first(typed, path)
    if not text:
        return None
    if text.startswith(("{", "[")):
        corners = _coordinates(text)
    else:
        read = [_position(one) for one in text.splitlines() if one.strip()]
        corners = text if any(one is None for one in read) else read
    return {"system": _first(typed, f"{path}@system") or USUAL_SYSTEM, "coordinates": corners}


def _first(typed: Mapping[str, list[str]], path: str) -> str:
    return (typed.get(path) or [""])[0].strip()


def _rings(text: str) -> Any:
    """Lines are one ring, which need not come back to its start; whatever is neither lines nor JSON stays as it is."""
    if text.startswith(("{", "[")):
        return _coordinates(text)
    lines = [line for line in text.splitlines() if line.strip()]
    ring = [_position(line) for line in lines]
    if any(one is None for one in ring):
        return text
    return [ring if ring[0] == ring[-1] else [*ring, ring[0]]]


def _coordinates(text: str) -> Any:
    try:
        found = json.loads(text)
    except ValueError:
        return text
    while isinstance(found, dict):
        found = found.get("geometry") or found.get("coordinates") or next(iter(found.get("features") or [text]), text)
    return found


def _position(line: str) -> list[float] | None:
    numbers = _NUMBER.findall(line.replace("，", ","))
    return [float(one) for one in numbers[:2]] if len(numbers) == 2 else None  # noqa: PLR2004 -- x and y


def typed(value: Mapping[str, Any], path: str) -> dict[str, list[str]]:
    """As it was declared, or as the log keeps what was declared (`raw`)."""
    declared = json.loads(value["raw"])["coordinates"] if "raw" in value else value.get("coordinates")
    if declared is None:
        declared = [value.get("x"), value.get("y")]
    return {path: [_text(declared)], f"{path}@system": [str(value.get("system") or USUAL_SYSTEM)]}


def _text(declared: Any) -> str:
    """A corner a line; an outline with holes as GeoJSON has it."""
    if not isinstance(declared[0], list):
        declared = [declared]
    elif isinstance(declared[0][0], list):
        if len(declared) > 1:
            return json.dumps(declared)
        declared = declared[0]
    return "\n".join(f"{x}, {y}" for x, y in declared)
