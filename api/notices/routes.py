"""One's own notices: read, marked as read; what one watches; and how one wishes to be told."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from api import openapi
from api.access.asking import changing, sent, takes
from api.angles.asking import YesNo
from api.dependencies import Caller, Given
from api.executing import json_response
from api.notices import telling
from api.notices.answers import Notices, NoticesRead, Unread
from api.notices.refusals import NoticesUnnamed
from api.reading import looking
from api.routing import Routes
from api.scalars import LARGEST_INTEGER, digits
from infra.notices import kept
from projections.queries.view import Asked

USUAL, MOST = 30, 200

Before: TypeAlias = Annotated[
    int,
    Field(ge=1, le=LARGEST_INTEGER, description="接着上一页 · Goes on from the page before"),
    BeforeValidator(digits),
]
Limit: TypeAlias = Annotated[int, Field(ge=1, le=MOST), BeforeValidator(digits)]

router = Routes(tags=["notices"])
REFUSALS = (400, 403, 404, 409, 413, 415, 422, 500, 503)


@router.get(
    "/v1/notices",
    operation_id="notices",
    summary="本人的通知 · One's own notices",
    response_class=Response,
    **openapi.reads(Notices, 403),
)
def own(
    request: Request,
    given: Given,
    caller: Caller,
    unread: Annotated[YesNo | None, Query()] = None,
    before: Annotated[Before | None, Query()] = None,
    limit: Annotated[Limit, Query()] = USUAL,
) -> Response:
    """最近的在前；已无权查看的不再显示。The latest first; what one may see no longer is left out."""
    with given.pool.connection() as connection:
        found = kept.page(connection, caller.account, before=before, limit=limit + 1, unread=unread == "true")
        count = kept.unread(connection, caller.account)
    page = found[:limit]
    return json_response(
        {
            "notices": _told(given, caller, page),
            "unread": count,
            "next": _after(request, page[-1].id) if len(found) > limit else None,
        }
    )


def _told(given: Given, caller: Caller, page: list[kept.Kept]) -> list[dict[str, Any]]:
    if not page:
        return []
    with looking(given, Asked(sight=caller.sight)) as view:
        return telling.told(view, page)


def _after(request: Request, id: int) -> str:
    left = [(name, text) for name, text in request.query_params.multi_items() if name != "before"]
    return f"{request.url.path}?{urlencode([*left, ('before', id)])}"


@router.get(
    "/v1/notices/unread",
    operation_id="notices.unread",
    summary="未读数 · How many are unread",
    response_class=Response,
    **openapi.reads(Unread, 403),
)
def unread(given: Given, caller: Caller) -> Response:
    """最多数到 100。Up to 100."""
    with given.pool.connection() as connection:
        return json_response({"unread": kept.unread(connection, caller.account)})


@router.post(
    "/v1/notices/read",
    operation_id="notices.read",
    summary="标为已读 · Mark as read",
    response_class=Response,
    responses={200: openapi.answers(Unread, "OK"), **openapi.problems(*REFUSALS)},
    **takes(NoticesRead),
)
def read(given: Given, caller: Caller, said: Annotated[NoticesRead, sent(NoticesRead)]) -> Response:
    """`ids`：这些；`up_to`：到这一条为止的全部。Those named, or all up to one: what came since nobody has seen."""
    if (said.ids is None) == (said.up_to is None):
        raise NoticesUnnamed
    with changing(given) as connection:
        if said.ids is not None:
            kept.mark_read(connection, caller.account, said.ids)
        if said.up_to is not None:
            kept.mark_all_read(connection, caller.account, said.up_to)
        return json_response({"unread": kept.unread(connection, caller.account)})
