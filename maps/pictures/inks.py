"""The colours of the map as they stand on white paper: those of `map.css` in the light, by the same names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

INKS: Final[Mapping[str, str]] = {
    "none": "#b8b3a7", "soft": "#6d6a60",
    "compounds": "#e4ead8", "compounds-edge": "#a9b792", "buildings": "#ddc9a6", "buildings-edge": "#9c7f4e",
    "rooms": "#f6ecd8", "rooms-edge": "#b9a277", "vehicles": "#1f7385", "warehouses": "#5b62a8",
    "good": "#3f8a5c", "way": "#2c7f92", "past": "#c78516", "wrong": "#bf4a3f",
    "h0": "#b8b3a7", "h1": "#9c4b8f", "h2": "#5b7fc0", "h3": "#3f9a86", "h4": "#8fae45", "h5": "#d99a2b", "h6": "#c4513d",
    "c1": "#1f7385", "c2": "#b4690e", "c3": "#5b62a8", "c4": "#4c7d35",
    "c5": "#a8476f", "c6": "#7a7368", "c7": "#8a6d1f", "c8": "#3d6fb0",
}  # fmt: skip


def ink(name: str) -> str:
    return INKS[name]


def edge(name: str) -> str:
    """Of what is drawn in the colour of its kind; anything else has an edge of its own colour."""
    return INKS.get(f"{name}-edge", INKS[name])
