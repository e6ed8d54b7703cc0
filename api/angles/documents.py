"""One document from the other side: every event that cites it, what these changed, and the attached file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response

from api.angles.answers_documents import DocumentPage
from api.angles.asking import USUAL, Limit, PositionCursor, going_on, on_page, thing
from api.angles.history import Said, table
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports import types as exports_types
from api.exports.asking import Formed
from api.exports.files import export
from api.reading import Viewed, looking, seen
from api.routing import Routes
from projections.queries import documents, history
from projections.queries.history import Part, Wanted
from projections.queries.things import labels, named

MOST_CHANGED = 1000


def routes() -> Routes:
    router = Routes()
    router.add_api_route(
        "/v1/documents",
        document,
        operation_id="document",
        summary="一份文件办了哪些事 · What was done on a document",
        tags=["events"],
        response_class=Response,
        **exports_types.reads(DocumentPage, 404, 409),
    )
    return router


def document(
    number: Annotated[Said, Query(description="文号 · Its number as printed")],
    request: Request,
    given: Given,
    asked: Viewed,
    _: Caller,
    form: Formed,
    cursor: PositionCursor | None = None,
    limit: Limit | None = None,
) -> Response:
    """引用这份文件的全部事项、涉及的对象（至多一千个）和附件摘要。Every event that cites it, oldest first; the things that these changed
    (a thousand at most); the digests of the files attached on this page. 导出的是各事项。Files hold the events.
    """
    wanted, part = Wanted(document=number), Part(newest_first=False, beyond=cursor, limit=limit)
    if form.is_file:
        cited = partial(history.question, wanted=wanted, part=part, until=asked.at)
        return export(looking(given, asked), form, lambda view: table(view, "document", "文件所办事项", cited(view)))
    limit = limit or USUAL
    with looking(given, asked) as view:
        found = history.changes(view, wanted, replace(part, limit=limit + 1), asked.at)
        page, changed = found[:limit], documents.changed(view, number, MOST_CHANGED, asked.at)
        spoken_of = {str(id) for change in page for id in change.things()}
        names = named(view, spoken_of | {str(row["asset"]) for row in changed})
        last = page[-1] if len(found) > limit else None
        more = None if last is None else going_on(request, view, asked, last.position, of_all_time=True)
        digests = documents.digests(view, number, asked.at)
    told = [row | {"asset": thing(names, row["asset"])} for row in changed]
    return json_response(
        {
            **seen(view, asked),
            "number": number,
            "digests": digests,
            "changed": told,
            "events": [change.told(labels(names)) for change in page],
            "things": on_page(names, spoken_of),
            "next": more,
        }
    )
