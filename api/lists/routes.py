"""`GET /v1/{kind}`: the things of one kind at a moment, as known at a moment; as a page, or as a file of all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import psycopg
from fastapi import Depends, Request
from fastapi.responses import Response

from api import openapi
from api.composition import Services
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports.asking import Form, map_form, table_form
from api.exports.files import export
from api.exports.types import TYPES, reads
from api.lists import files as lists_files
from api.lists.answers import COLLECTIONS, PAGES
from api.lists.asked import ListAsked, parameters_of
from api.lists.cursor import CursorInvalid, begun, going_on
from api.lists.listing import LISTINGS, Listing
from api.lists.present import Telling, heading, summed
from api.reading import Viewed, looking, seen
from api.routing import Routes
from projections.queries import lists, totals
from projections.queries.labels import Labels
from projections.queries.totals import Totals
from projections.queries.view import Asked, View

USUAL = 100

_DESCRIPTION = """
所列为某一时点已登记的对象，含已注销、已处置的（可按状态筛选）。同一列可重复给出多个值（任一即可），不同列须同时满足。
What is there at the moment, also what has ended (filter by status). Values of one column: any of them; columns: all of them.

中文按数据库的排序规则排序；未登记的值排在最后。 Texts are in the order of the database's collation; nothing comes last.
"""


def routes() -> Routes:
    router = Routes()
    for one in LISTINGS:
        router.add_api_route(
            f"/v1/{one.name}",
            _list(one),
            operation_id=f"{one.name}.list",
            summary=f"{one.zh}列表 · List of {one.name}",
            description=_DESCRIPTION,
            tags=[one.tag],
            response_class=Response,
            **_documented(one.name),
        )
    return router


def _documented(name: str) -> dict[str, Any]:
    told = reads(PAGES[name], 404, 409)
    if name in COLLECTIONS:
        told["responses"][200]["content"][TYPES["geojson"]] = {"schema": openapi.ref(COLLECTIONS[name])}
    return told


def _list(listing: Listing) -> Any:
    parameters: Any = Depends(parameters_of(listing.name))
    formed: Any = Depends(map_form if listing.name in COLLECTIONS else table_form)

    def endpoint(
        request: Request,
        given: Given,
        _: Caller,
        viewed: Viewed,
        asked: ListAsked = parameters,
        form: Form = formed,
    ) -> Response:
        viewed, cursor = begun(request, viewed, asked.cursor, len(asked.wanted.order))
        start = None if cursor is None else (cursor.keys, cursor.id)
        asked = replace(asked, wanted=replace(asked.wanted, start=start, shape=form.name == "geojson"))
        try:
            return _answer(given, listing, request, viewed, asked, form)
        except (psycopg.DataError, UnicodeError):
            if asked.cursor is None:
                raise
            raise CursorInvalid from None  # its keys are none that such columns have

    return endpoint


def _answer(
    given: Services, listing: Listing, request: Request, viewed: Asked, asked: ListAsked, form: Form
) -> Response:
    if form.is_file:
        return export(looking(given, viewed), form, lambda view: lists_files.file(view, listing, viewed, asked, form))
    with looking(given, viewed) as view:
        return json_response(page(view, listing.name, request, viewed, asked))


def page(view: View, kind: str, request: Request, viewed: Asked, asked: ListAsked) -> dict[str, Any]:
    wanted, limit = asked.wanted, asked.limit or USUAL
    rows = lists.page(view, wanted, limit + 1)
    telling = Telling(kind, asked.fields, Labels(view))
    more = len(rows) > limit
    sums = totals.totals(view, wanted) if asked.totals else None
    place = lists.place_of(rows[limit - 1], wanted) if more else None
    return {
        **seen(view, viewed),
        "kind": kind,
        "columns": heading(telling.columns),
        "rows": telling.rows(rows[:limit]),
        "words": telling.words(),
        "count": _count(view, asked, sums),
        "totals": None if sums is None else summed(sums),
        "next": None if place is None else going_on(request, view, *place),
    }


def _count(view: View, asked: ListAsked, sums: Totals | None) -> int | None:
    if not asked.count:
        return None
    return lists.count(view, asked.wanted) if sums is None else sums.count
