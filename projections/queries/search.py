"""Things found by words: candidates by the words that they ever had, then only those that have them at the moment."""

from __future__ import annotations

import sys
from typing import Final

from projections.queries.filters import ROW, Bound
from projections.queries.listed import LISTED
from projections.queries.view import View
from projections.search import FACETS, normal, pairs

_SPACES: Final = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace())
"""What `normal` takes out, for the database to take out as well."""

SEARCHED: Final[dict[str, tuple[str, ...]]] = {
    kind: tuple(c.name for c in columns.values() if c.facet in FACETS and c.type == "text")
    for kind, columns in LISTED.items()
}
"""The columns in which words are looked for."""

BESIDES: Final[dict[str, list[str]]] = {"buildings": ["use_agreement", "use_certificate"]}
"""The facets with words that no column shows."""


def terms(words: str) -> list[str]:
    """What was typed, taken apart at its spaces: each part must be found."""
    return sorted({normal(word) for word in words.split()})


def found(view: View, kind: str, wanted: list[str], bound: Bound) -> str:
    """SQL: this row has every one of these words, at the moment and as known at the position."""
    likes = [bound(like(term), "text") for term in wanted]
    return " AND ".join([f"{ROW}.asset IN ({candidates(kind, wanted, bound)})", *_still(view, kind, likes, bound)])


def candidates(kind: str, wanted: list[str], bound: Bound) -> str:
    """SQL: the things of a kind that ever had these words. The index on pairs of characters finds them."""
    two = sorted(set[str]().union(*map(pairs, wanted)))
    conditions = [f"s.kind = {bound(kind, 'text')}"]
    if two:
        conditions.append(f"s.pairs @> {bound(two, 'text[]')}")
    conditions += [f"s.words LIKE {bound(like(term), 'text')}" for term in wanted]
    return f"SELECT s.asset FROM search s WHERE {' AND '.join(conditions)}"  # noqa: S608 -- values are bound


def _still(view: View, kind: str, likes: list[str], bound: Bound) -> list[str]:
    """What matched may be a name that it had once, or has later."""
    spaces = bound(_SPACES, "text")
    own = [normal_sql(f"{ROW}.{column}", spaces) for column in SEARCHED[kind]]
    words = f"concat_ws(E'\\n', {', '.join(own)})" if own else "''"
    return [f"({words} LIKE {one}{_elsewhere(view, kind, one, spaces, bound)})" for one in likes]


def _elsewhere(view: View, kind: str, one: str, spaces: str, bound: Bound) -> str:
    facets = BESIDES.get(kind)
    if facets is None:
        return ""
    said = normal_sql("t.value #>> '{}'", spaces)
    return (
        f" OR EXISTS (SELECT FROM timelines t WHERE t.asset = {ROW}.asset AND t.facet = ANY({bound(facets, 'text[]')})"
        f" AND {view.held('t')} AND {said} LIKE {one})"
    )


def normal_sql(expression: str, spaces: str) -> str:
    """As `normal` writes words: no spaces, one case."""
    return f"lower(translate({expression}, {spaces}, ''))"


def like(term: str) -> str:
    """A pattern that finds the term itself, whatever characters it has."""
    escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
