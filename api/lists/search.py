"""`GET /v1/search`: words looked for among everything at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Final

import psycopg
from fastapi import Query, Request
from fastapi.responses import Response
from psycopg.rows import DictRow

from api.angles.asking import KindOfThing, kind_words
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports import types as exports_types
from api.exports.asking import Formed
from api.exports.cells import OF_IDS, OF_NAMES, OF_SENTENCES, Column, plain
from api.exports.files import export
from api.exports.table import Table
from api.lists.answers import SearchPage
from api.lists.cursor import CursorInvalid, begun, going_on
from api.lists.parameters import MOST_VALUES, CursorText, Limit, Text
from api.lists.present import both
from api.lists.routes import USUAL
from api.reading import Viewed, looking, seen
from api.routing import Routes
from projections.queries import finding
from projections.queries.finding import Hit
from projections.queries.labels import Labels
from projections.queries.listed import LISTED
from projections.queries.lists import Place
from projections.queries.search import CALLED_AFTER
from projections.queries.view import Asked, View
from projections.queries.words.facets import wording

_DESCRIPTION = """
按名称、编号、号牌、证号等在各类对象中查找；只找到在该时点确有此名称的对象。人员、驾驶员须用 kind 指明（姓名在保险库中）。
By names, numbers, plates and certificates among everything; a name is found at a moment at which it was borne. People and
drivers are looked for where `kind` says so: their names are in the vault.
"""

router = Routes(tags=["search"])


@router.get(
    "/v1/search",
    operation_id="search",
    summary="全局查找 · Search everything",
    description=_DESCRIPTION,
    response_class=Response,
    **exports_types.reads(SearchPage, 404, 409),
)
def search(
    request: Request,
    given: Given,
    _: Caller,
    viewed: Viewed,
    form: Formed,
    q: Annotated[Text, Query(description="空格分开的词都要有 · All words must be there")],
    kind: Annotated[list[KindOfThing] | None, Query(max_length=MOST_VALUES)] = None,
    limit: Annotated[Limit | None, Query()] = None,
    cursor: Annotated[CursorText | None, Query()] = None,
) -> Response:
    viewed, found = begun(request, viewed, cursor, 3)
    start = None if found is None else (found.keys, found.id)
    asked = _Asked(q, list(dict.fromkeys(kind or finding.KINDS)), start)
    try:
        if form.is_file:
            return export(looking(given, viewed), form, partial(_table, asked, limit))
        with looking(given, viewed) as view:
            return json_response(_page(request, view, viewed, asked, limit or USUAL))
    except (psycopg.DataError, UnicodeError):
        if cursor is None:
            raise
        raise CursorInvalid from None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which words are looked for among which kinds, and from which place on."""

    words: str
    kinds: list[str]
    start: Place | None


def _page(request: Request, view: View, viewed: Asked, asked: _Asked, limit: int) -> dict[str, Any]:
    hits = finding.hits(view, asked.words, asked.kinds, asked.start, limit + 1)
    shown = hits[:limit]
    more = going_on(request, view, *shown[-1].place) if len(hits) > limit else None
    return {**seen(view, viewed), "hits": _hits(view, asked.words, shown), "next": more}


_COLUMNS: Final = (
    Column("种类", "Kind", lambda hit: kind_words(hit["kind"])),
    plain("名称", "Name", "label", OF_NAMES),
    plain("编号", "Id", "id", OF_IDS, is_id=True),
    Column(
        "状态", "Status", lambda hit: hit["status_words"] and (hit["status_words"]["zh"], hit["status_words"]["en"])
    ),
    Column("找到之处", "Found in", lambda hit: _places(hit["matched"]), OF_SENTENCES),
)


def _places(matched: list[dict[str, Any]]) -> tuple[str, str]:
    zh = "；".join(f"{one['zh']}：{one['value']}" for one in matched)
    return zh, "; ".join(f"{one['en']}: {one['value']}" for one in matched)


def _table(asked: _Asked, limit: int | None, view: View) -> Table:
    found = finding.found(view, asked.words, asked.kinds, asked.start, limit)

    def told(rows: Sequence[DictRow]) -> list[dict[str, Any]]:
        return _hits(view, asked.words, [finding.hit(row) for row in rows])

    return Table(view=view, name="search", zh="查找结果", columns=_COLUMNS, rows=found.stream(), told=told)


def _hits(view: View, words: str, hits: Sequence[Hit]) -> list[dict[str, Any]]:
    labels = Labels(view).of([hit.id for hit in hits])
    return [_told(hit, labels[hit.id], words) for hit in hits]


def _told(hit: Hit, label: str | None, words: str) -> dict[str, Any]:
    status = LISTED[hit.kind].get("status")
    return {
        "kind": hit.kind,
        "id": hit.id,
        "label": label,
        "status": hit.status,
        "status_words": both(status, hit.status) if status is not None and hit.status is not None else None,
        "matched": _matched(hit, label, words),
    }


def _matched(hit: Hit, label: str | None, words: str) -> list[dict[str, Any]]:
    if hit.kind in CALLED_AFTER:
        return [{"field": "name", "zh": "姓名", "en": "Name", "value": label or ""}]
    return [_found(hit.kind, name, text) for name, text in hit.matched(words)]


def _found(kind: str, name: str, text: str) -> dict[str, Any]:
    column = LISTED[kind].get(name)
    worded = wording(kind, name if column is None else column.facet)
    zh, en = (worded.zh, worded.en) if column is None else (column.zh, column.en)
    return {"field": name, "zh": zh, "en": en, "value": text}
