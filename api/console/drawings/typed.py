"""What was typed on the page of a drawing, as the choices that the API takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

POINTS = 4
"""Rows for control points: two are needed, more show whether they agree."""


def merged(told: Mapping[str, Any], step: str, said: Mapping[str, list[str]]) -> dict[str, Any]:
    """The choices with what this step says; what other steps said stays."""
    choices = told["choices"]
    match step:
        case "read":
            return {**choices, **_reading(choices, said)}
        case "place":
            return {**choices, "placing": _placing(said)}
        case _:
            return {**choices, "decisions": _decisions(told, said)}


def _decisions(told: Mapping[str, Any], said: Mapping[str, list[str]]) -> dict[str, str]:
    """What differs from the suggestion: that may become another one, when the drawing is placed."""
    suggested = {one["key"]: one["options"][0]["value"] for one in told["differences"]}
    chosen = {name.removeprefix("do."): one[0] for name, one in said.items() if name.startswith("do.")}
    return {key: decision for key, decision in chosen.items() if decision != suggested.get(key)}


def _reading(choices: Mapping[str, Any], said: Mapping[str, list[str]]) -> dict[str, Any]:
    """Read otherwise, the floors are others: what was said of them says nothing any more."""
    how = {
        "metres": _number(_one(said, "metres")),
        "split": _one(said, "split") or None,
        "layers": said["layer"] if said.get("layer") and _one(said, "layers") == "some" else None,
    }
    if any(choices[name] != value for name, value in how.items()):
        return {**how, "floors": {}, "shifts": {}}
    keys = [name.removeprefix("floor.") for name in said if name.startswith("floor.")]
    floors = {key: _whole(_one(said, f"floor.{key}")) for key in keys}
    shifts = {key: [_number(_one(said, f"{way}.{key}")) or 0.0 for way in ("east", "north")] for key in keys}
    return {**how, "floors": floors, "shifts": shifts}


def _placing(said: Mapping[str, list[str]]) -> dict[str, Any]:
    rows = [[_number(_one(said, f"{name}{row}")) for name in ("x", "y", "east", "north")] for row in range(POINTS)]
    points = [{"drawn": row[:2], "placed": row[2:]} for row in rows if None not in row]
    return {"by": _one(said, "by") or "none", "system": _one(said, "system") or None, "points": points}


def _one(said: Mapping[str, list[str]], name: str) -> str:
    return said.get(name, [""])[0].strip()


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _whole(text: str) -> int | None:
    found = _number(text)
    return None if found is None or not found.is_integer() else int(found)
