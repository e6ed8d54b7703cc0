"""The records of access, for the audit administrator: who came in or was refused, who changed what, who saw what is watched over."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, TypeAlias
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api import openapi, scalars
from api.access import words as access_words
from api.access.answers import Records, Reviewed
from api.access.asking import Proof, changing, fields, sent, takes
from api.access.sent import Review
from api.dependencies import Given
from api.executing import json_response
from api.moments import Moment
from api.routing import Routes
from infra.access import records
from infra.access.records import Wanted

router = Routes(tags=["access"])
MOST = 1000

_What: Any = scalars.text()
_Before = Annotated[int | None, Field(ge=1, le=2**53 - 1), Query(description="编号小于此 · With a number below this")]
_Limit = Annotated[int, Field(ge=1, le=MOST), Query()]


async def _asked(
    what: Annotated[_What | None, Query()] = None,
    account: Annotated[scalars.ID | None, Query()] = None,
    subject: Annotated[scalars.ID | None, Query()] = None,
    since: Annotated[Moment | None, Query()] = None,
    until: Annotated[Moment | None, Query()] = None,
) -> Wanted:
    return Wanted(what=what, account=account, subject=subject, since=since, until=until)


Asked: TypeAlias = Annotated[Wanted, Depends(_asked)]


@router.get(
    "/v1/access/records",
    operation_id="records",
    summary="访问记录 · Records of access",
    response_class=Response,
    **openapi.reads(Records, 403),
)
def page(
    request: Request,
    given: Given,
    wanted: Asked,
    before: _Before = None,
    limit: _Limit = 100,
) -> Response:
    """最近的在前。查阅本身也留下记录。The latest first. Reading them leaves a record too."""
    with given.pool.connection() as connection:
        found = records.page(connection, replace(wanted, before=before), limit + 1)
        reviewed = records.reviewed(connection)
    next = _after(request, found[limit - 1].number) if len(found) > limit else None
    shown = [{**fields(one), **access_words.told(one.what, one.detail)} for one in found[:limit]]
    return json_response({"records": shown, "reviewed": reviewed, "next": next})


def _after(request: Request, number: int) -> str:
    kept = [(name, text) for name, text in request.query_params.multi_items() if name != "before"]
    return f"{request.url.path}?{urlencode([*kept, ('before', number)])}"


@router.post(
    "/v1/access/records/reviews",
    operation_id="records.review",
    summary="记录已审阅 · Note that records were reviewed",
    response_class=Response,
    responses={200: openapi.answers(Reviewed, "OK"), **openapi.problems(400, 403, 404, 409, 413, 415, 422, 500, 503)},
    **takes(Review),
)
def review(given: Given, proof: Proof, said: Annotated[Review, sent(Review)]) -> Response:
    """审阅也是一条记录，不能更改。A review is a record itself, which nobody changes."""
    with changing(given) as connection:
        records.review(connection, proof, up_to=said.up_to, remark=said.remark)
    return json_response({"reviewed": said.up_to})
