"""How a thing belongs to a jurisdiction: all bonds let it be seen there, not all let it be changed."""

from __future__ import annotations

from enum import StrEnum


class Bond(StrEnum):
    KEEPS = "keeps"
    """It is there, is theirs, or is in their charge."""
    USES = "uses"
    """They use it, borrow it, or are to have it; it is another's."""
    OFFERED = "offered"
    """It was published: anybody who may read such things may see it."""


EVERY_BOND = frozenset(Bond)
