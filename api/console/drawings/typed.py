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
            return {**choices, **_reading(said)}
        case "place":
            return {**choices, "placing": _placing(said)}
        case _:
            return {**choices, "decisions": _decisions(told, said)}


def _decisions(told: Mapping[str, Any], said: Mapping[str, list[str]]) -> dict[str, str]:
    """What differs from the suggestion: that may become another one, when the drawing is placed."""
    suggested = {one["key"]: one["options"][0]["value"] for one in told["differences"]}
    chosen = {name.removeprefix("do."): one[0] for name, one in said.items() if name.startswith("do.")}
    return {key: decision for key, decision in chosen.items() if decision != suggested.get(key)}


def _reading(said: Mapping[str, list[str]]) -> dict[str, Any]:
    floors = {name.removeprefix("floor."): _whole(one[0]) for name, one in said.items() if name.startswith("floor.")}
    shifts = {
        name.removeprefix("east."): [_number(one[0]) or 0.0, _number(_one(said, f"north.{name[5:]}")) or 0.0]
        for name, one in said.items()
        if name.startswith("east.")
    }
    changed = _one(said, "was") != "|".join((_one(said, "metres"), _one(said, "split"), *said.get("layer", [])))
    return {
        "metres": _number(_one(said, "metres")),
        "split": _one(said, "split") or None,
        "layers": said["layer"] if said.get("layer") and _one(said, "layers") == "some" else None,
        # Read otherwise, the floors are others: what was said of them says nothing any more.
        "floors": {} if changed else floors,
        "shifts": {} if changed else shifts,
    }


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
