"""How large a filter may be."""

from __future__ import annotations

from typing import Final

from maps.features.refusals import FilterTooLarge

CHARACTERS: Final = 8_000
EFFORT: Final = 128_000
"""Of the parser, which reads a text twice for each bracket that it stands in: characters, doubled for each level of them."""
NODES: Final = 500
DEPTH: Final = 40
VERTICES: Final = 5_000


def too_large() -> FilterTooLarge:
    return FilterTooLarge(characters=CHARACTERS, nodes=NODES, depth=DEPTH, vertices=VERTICES)


def effort(text: str) -> int:
    level = deepest = 0
    for character in text:
        level += (character in "([") - (character in ")]")
        deepest = max(deepest, level)
    return len(text) << min(deepest, DEPTH)
