"""Divisions as one asks for all that lies in them: by the beginning of their code."""

from __future__ import annotations

from typing import Final

from domain.kernel.divisions import DIVISIONS, prefix

PREFIXES: Final[tuple[tuple[str, str], ...]] = tuple((prefix(code), name) for code, name in DIVISIONS.items())
"""The beginning of the code, and the name, from the region down."""

NAMES: Final = DIVISIONS
"""By their codes."""
