"""Words looked for among things of every kind at once: the same words first, then what begins with them, then the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from psycopg.rows import DictRow

from projections.queries.bound import Bound
from projections.queries.filters import ROW
from projections.queries.listed import LISTED
from projections.queries.lists import Place
from projections.queries.matching import escaped
from projections.queries.question import Question
from projections.queries.search import (
    BESIDES,
    CALLED_AFTER,
    SEARCHED,
    by_name,
    ever_had,
    own_words,
    still,
    terms,
)
from projections.queries.view import View
from projections.search import normal

KINDS: Final = tuple(kind for kind in LISTED if kind not in CALLED_AFTER)
"""Where words are looked for unless kinds are named: people are found by name only where they are asked for."""

PLACES: Final = {kind: number for number, kind in enumerate(LISTED)}

_WORDS: Final = f"{ROW}.words"


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str
    id: UUID
    status: str | None
    texts: dict[str, str | None]
    place: Place

    def matched(self, words: str) -> list[tuple[str, str]]:
        """The columns that have one of the words, with what they say."""
        wanted = terms(words)
        return [(name, text) for name, text in self.texts.items() if text and any(t in normal(text) for t in wanted)]


def found(view: View, words: str, kinds: Sequence[str], start: Place | None, limit: int | None) -> Question:
    """What has these words at the moment, from a place on; `hit` reads its rows."""
    bound = Bound()
    parts = " UNION ALL ".join(f"({_part(view, kind, words, start, limit, bound)})" for kind in kinds)
    statement = (
        f"WITH had AS MATERIALIZED ({ever_had(view, kinds, terms(words), bound)}) SELECT * FROM ({parts}) hits"  # noqa: S608 -- names of the code; values are bound
        f" ORDER BY rank, place, called, asset LIMIT {bound(limit, 'bigint')}"
    )
    return Question(view, statement, bound.values)


def hits(view: View, words: str, kinds: Sequence[str], start: Place | None, limit: int) -> list[Hit]:
    return [hit(row) for row in found(view, words, kinds, start, limit).rows()]


def _part(view: View, kind: str, words: str, start: Place | None, limit: int | None, bound: Bound) -> str:
    columns = SEARCHED[kind]
    status = f"{ROW}.status" if "status" in LISTED[kind] else "NULL::text"
    called = f"coalesce({ROW}.{columns[0]}, '')" if columns else "''"
    texts = ", ".join([f"'{column}', {ROW}.{column}" for column in columns] + _besides(view, kind, bound))
    rank = _rank(words, bound)
    conditions = "true"
    if kind not in CALLED_AFTER:
        conditions = " AND ".join(still(view, kind, _WORDS, terms(words), bound))
    if start is not None:
        keys, id = start
        after = (
            f"{bound(keys[0], 'integer')}, {bound(keys[1], 'integer')}, {bound(keys[2], 'text')}, {bound(id, 'uuid')}"
        )
        conditions += f" AND ({rank}, {PLACES[kind]}, {called}, {ROW}.asset) > ({after})"
    return (
        f"SELECT '{kind}' AS kind, {rank} AS rank, {PLACES[kind]} AS place, {called} AS called, {ROW}.asset,"  # noqa: S608 -- names of the code; values are bound
        f" {status} AS status, jsonb_build_object({texts}) AS texts FROM {_worded(view, kind, words, bound)}"
        f" WHERE {conditions} ORDER BY rank, called, {ROW}.asset LIMIT {bound(limit, 'bigint')}"
    )


def _worded(view: View, kind: str, words: str, bound: Bound) -> str:
    """The candidates with all their words, which are put together once (OFFSET keeps them so) and looked at several times."""
    held = [view.held(ROW), f"{ROW}.asset IN (TABLE had)"]
    if kind in CALLED_AFTER:
        held[1] = by_name(view, kind, terms(words), bound)
    return f"(SELECT {ROW}.*, {own_words(kind, bound)} AS words FROM {view.of(kind, ROW)} WHERE {' AND '.join(held)} OFFSET 0) {ROW}"  # noqa: S608 -- names of the code; values are bound


def _besides(view: View, kind: str, bound: Bound) -> list[str]:
    """What no column shows, as it was said of the thing or of one of its members."""
    return [
        f"'{facet}', (SELECT string_agg(t.value #>> '{{}}', ' ' ORDER BY t.member) FROM {view.of('timelines', 't', kind)}"  # noqa: S608 -- names of the code; values are bound
        f" WHERE t.asset = {ROW}.asset AND t.facet = {bound(facet, 'text')} AND {view.held('t')})"
        for facet in BESIDES.get(kind, ())
    ]


def _rank(words: str, bound: Bound) -> str:
    """0: a name or number that is just these words; 1: one that begins with them; 2: any other."""
    whole = escaped(normal(words))
    same, begins = bound(f"%\n{whole}\n%", "text"), bound(f"%\n{whole}%", "text")
    return f"(CASE WHEN {_WORDS} LIKE {same} THEN 0 WHEN {_WORDS} LIKE {begins} THEN 1 ELSE 2 END)"


def hit(row: DictRow) -> Hit:
    place: Place = ((str(row["rank"]), str(row["place"]), row["called"]), row["asset"])
    return Hit(row["kind"], row["asset"], row["status"], row["texts"], place)
