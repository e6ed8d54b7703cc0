"""`GET /v1/search`: words looked for among everything at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import psycopg
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api import lists_cursor, openapi
from api.angles_asking import KindOfThing
from api.answers_lists import SearchPage
from api.dependencies import Caller, Given
from api.executing import json_response
from api.lists import USUAL, going_on
from api.lists_cursor import CursorInvalid
from api.lists_parameters import MOST_VALUES, CursorText, Limit, Text
from api.lists_present import both
from api.reading import Viewed, looking, seen
from projections.queries import finding
from projections.queries.finding import Hit
from projections.queries.labels import Labels
from projections.queries.listed import LISTED
from projections.queries.lists import Place
from projections.queries.search import CALLED_AFTER
from projections.queries.words.facets import wording

_DESCRIPTION = """
按名称、编号、号牌、证号等在各类对象中查找；只找到在该时点确有此名称的对象。人员、驾驶员须用 kind 指明（姓名在保险库中）。
By names, numbers, plates and certificates among everything; a name is found at a moment at which it was borne. People and
drivers are looked for where `kind` says so: their names are in the vault.
"""

router = APIRouter(tags=["search"])


@router.get(
    "/v1/search",
    operation_id="search",
    summary="全局查找 · Search everything",
    description=_DESCRIPTION,
    response_class=Response,
    **openapi.reads(SearchPage, 404, 409),
)
def search(
    request: Request,
    given: Given,
    _: Caller,
    viewed: Viewed,
    q: Annotated[Text, Query(description="空格分开的词都要有 · All words must be there")],
    kind: Annotated[list[KindOfThing] | None, Query(max_length=MOST_VALUES)] = None,
    limit: Annotated[Limit, Query()] = USUAL,
    cursor: Annotated[CursorText | None, Query()] = None,
) -> Response:
    start: Place | None = None
    if cursor is not None:
        found = lists_cursor.read(request, cursor, keys=3)
        start, viewed = (found.keys, found.id), replace(viewed, at=found.at, known=found.known, after=None)
    kinds = list(dict.fromkeys(kind or finding.KINDS))
    with looking(given, viewed) as view:
        try:
            hits = finding.hits(view, q, kinds, start, limit + 1)
        except (psycopg.DataError, UnicodeError):
            if cursor is None:
                raise
            raise CursorInvalid from None
        shown = hits[:limit]
        labels = Labels(view).of([hit.id for hit in shown])
        more = going_on(request, view, viewed, shown[-1].place) if len(hits) > limit else None
        told = [_told(hit, labels[hit.id], q) for hit in shown]
        return json_response({**seen(view, viewed), "hits": told, "next": more})


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
