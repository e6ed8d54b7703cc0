"""Words as the database compares them: no spaces, one case, and nothing in what was typed is a pattern."""

from __future__ import annotations

from typing import Final

from projections.queries.bound import Bound

_SPACES: Final = "".join(char for char in map(chr, range(ord("\u3000") + 1)) if char.isspace())
"""What `normal` takes out, for the database to take out as well. The wide space of Chinese is the last that there is."""


def normal_sql(expression: str, bound: Bound) -> str:
    """As `normal` writes words: no spaces, one case."""
    return f"lower(translate({expression}, {bound(_SPACES, 'text')}, ''))"


def like(term: str) -> str:
    """A pattern that finds the term itself, whatever characters it has."""
    return f"%{escaped(term)}%"


def escaped(term: str) -> str:
    return term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
