"""Things found by words: candidates by the words that they ever had, then only those that have them at the moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from projections.queries.bound import Bound
from projections.queries.filters import ROW
from projections.queries.listed import LISTS, LOANS, kind_of
from projections.queries.matching import like, normal_sql
from projections.queries.names import names
from projections.queries.view import View
from projections.search import FACETS, normal, pairs

SEARCHED: Final[dict[str, tuple[str, ...]]] = {
    kind: tuple(c.name for c in columns.values() if c.facet in FACETS and c.type == "text")
    for kind, columns in LISTS.items()
}
"""The columns in which words are looked for."""

BESIDES: Final[dict[str, list[str]]] = {"buildings": ["use_agreement", "use_certificate"], LOANS: ["serial"]}
"""The facets with words that no column shows."""


CALLED_AFTER: Final = {"people": f"{ROW}.asset", "drivers": f"{ROW}.person"}
"""What is called by the name of a person, which the vault keeps."""

_TEXT: Final = "t.value #>> '{}'"


def terms(words: str) -> list[str]:
    """What was typed, taken apart at its spaces: each part must be found."""
    return sorted({normal(word) for word in words.split()})


def found(view: View, kind: str, wanted: list[str], bound: Bound) -> str:
    """SQL: this row has every one of these words, at the moment and as known at the position."""
    if kind in CALLED_AFTER:
        return by_name(view, kind, wanted, bound)
    still_has = still(view, kind, own_words(kind, bound), wanted, bound)
    if not any(
        map(pairs, wanted)
    ):  # single characters, of which the index knows nothing: all rows are looked at anyway
        return " AND ".join(still_has)
    return " AND ".join([f"{ROW}.asset IN ({ever_had(view, [kind_of(kind)], wanted, bound)})", *still_has])


def ever_had(view: View, kinds: Sequence[str], wanted: list[str], bound: Bound) -> str:
    """SQL: the things of these kinds that ever had these words. The index on pairs of characters finds them."""
    two = sorted(set[str]().union(*map(pairs, wanted)))
    conditions = [f"s.kind = ANY({bound(list(kinds), 'text[]')})"]
    if two:
        conditions.append(f"s.pairs @> {bound(two, 'text[]')}")
    conditions += [f"s.words LIKE {bound(like(term), 'text')}" for term in wanted]
    return f"SELECT s.asset FROM {view.of('search', 's', *kinds)} WHERE {' AND '.join(conditions)}"  # noqa: S608 -- values are bound


def by_name(view: View, kind: str, wanted: list[str], bound: Bound) -> str:
    """SQL: who bears such a name. No index knows one: those of everybody at that moment are read, and let go again."""
    person = CALLED_AFTER[kind]
    everybody = view.rows(f"SELECT {person} AS id FROM {view.of(kind, ROW)} WHERE {view.held(ROW)}")  # noqa: S608 -- names of the code
    called = names(view, [row["id"] for row in everybody if row["id"] is not None])
    matching = [id for id, name in called.items() if all(part in normal(name) for part in wanted)]
    return f"{person} = ANY({bound(matching, 'uuid[]')})"


def still(view: View, kind: str, words: str, wanted: list[str], bound: Bound) -> list[str]:
    """SQL: its words have these. What it was found by may be a name that it had once, or has later."""
    likes = [bound(like(term), "text") for term in wanted]
    return [f"({words} LIKE {one}{_elsewhere(view, kind, one, bound)})" for one in likes]


def own_words(kind: str, bound: Bound) -> str:
    """SQL: all words of a row, each on a line."""
    lines = [normal_sql(f"{ROW}.{column}", bound) for column in SEARCHED[kind]]
    return f"concat_ws(E'\\n', '', {', '.join(lines)}, '')" if lines else "''"


def _elsewhere(view: View, kind: str, one: str, bound: Bound) -> str:
    facets = BESIDES.get(kind)
    if facets is None:
        return ""
    return (
        f" OR EXISTS (SELECT FROM {view.of('timelines', 't', kind_of(kind))} WHERE t.asset = {ROW}.asset AND t.facet = ANY({bound(facets, 'text[]')})"
        f" AND {view.held('t')} AND {normal_sql(_TEXT, bound)} LIKE {one})"
    )
