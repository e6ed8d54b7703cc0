"""The desk: what people keep while they work (drafts, views, columns, mandates, settings). Nobody sees another one's."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from fastapi import Depends, Path, Request
from fastapi.responses import Response
from pydantic import RootModel

from api import openapi
from api.access.asking import Entered, changing, fields
from api.angles.asking import one_of
from api.bodies import JSON, parsed, raw_body, validated
from api.dependencies import Given, expected_version
from api.desk.answers import Dropped, PapersTold, PaperTold
from api.executing import json_response
from api.refusals import PaperUnknown
from api.routing import Routes
from infra import desk
from infra.desk import Paper, Sort

LARGEST_PAPER = 256 * 1024
_REFUSALS = (400, 403, 409, 412, 413, 415, 422, 500, 503)

router = Routes(tags=["desk"])

SortName: Any = one_of(*Sort)
Name: TypeAlias = Annotated[
    str,
    Path(min_length=1, max_length=200, json_schema_extra={"pattern": r"^[^/\x00-\x1f]+$"}),
]


class Content(RootModel[dict[str, Any]]):
    """Any object."""


async def content(request: Request, _: Entered) -> Any:
    raw = await raw_body(request, LARGEST_PAPER, JSON)
    parsed(raw)
    return validated(Content, raw).root


async def expected(request: Request) -> int | None:
    return expected_version(request)


Expected: TypeAlias = Annotated[int | None, Depends(expected)]


@router.get(
    "/v1/desk/{sort}",
    operation_id="desk",
    summary="本人保存的工作资料 · What one keeps",
    response_class=Response,
    **openapi.reads(PapersTold, 403),
)
def papers(sort: SortName, given: Given, entered: Entered) -> Response:
    """草稿、视图、列、依据、设置；只答复本人。Drafts, views, columns, mandates, settings; one's own only, the one kept last first."""
    with given.pool.connection() as connection:
        found = desk.of(connection, entered.principal.account, Sort(sort))
    return json_response({"sort": sort, "papers": [fields(one) for one in found]})


@router.get(
    "/v1/desk/{sort}/{name}",
    operation_id="desk.paper",
    summary="一份工作资料 · One of them",
    response_class=Response,
    **openapi.reads(PaperTold, 403, 404),
)
def paper(sort: SortName, name: Name, given: Given, entered: Entered) -> Response:
    with given.pool.connection() as connection:
        found = desk.find(connection, entered.principal.account, Sort(sort), name)
    if found is None:
        raise PaperUnknown(name=name)
    return _told(found)


@router.put(
    "/v1/desk/{sort}/{name}",
    operation_id="desk.keep",
    summary="保存工作资料 · Keep one",
    response_class=Response,
    responses={200: openapi.answers(PaperTold, "已保存 · Kept"), **openapi.problems(*_REFUSALS)},
    openapi_extra={
        "parameters": [openapi.IF_MATCH],
        "requestBody": {"required": True, "content": {JSON: {"schema": {"type": "object"}}}},
    },
)
def keep(
    sort: SortName,
    name: Name,
    given: Given,
    entered: Entered,
    expected: Expected,
    content: Annotated[Any, Depends(content)],
) -> Response:
    """内容可为任意 JSON 对象，不超过 256 KB；每类最多 200 份；草稿 30 天未动即清除。

    Any JSON object up to 256 KB, 200 of a sort; drafts are forgotten after 30 days. If-Match: only over this version; "0":
    only if there is none.
    """
    with changing(given) as connection:
        kept = desk.keep(connection, entered.principal.account, Sort(sort), name, content, expected=expected)
    return _told(kept)


@router.delete(
    "/v1/desk/{sort}/{name}",
    operation_id="desk.drop",
    summary="删除工作资料 · Remove one",
    response_class=Response,
    openapi_extra={"parameters": [openapi.IF_MATCH]},
    responses={200: openapi.answers(Dropped, "OK"), **openapi.problems(401, 403, 412, 422, 500, 503)},
)
def drop(sort: SortName, name: Name, given: Given, entered: Entered, expected: Expected) -> Response:
    """没有时也算成功。One that is not there is removed already."""
    with changing(given) as connection:
        dropped = desk.drop(connection, entered.principal.account, Sort(sort), name, expected=expected)
    return json_response({"dropped": int(dropped)})


def _told(paper: Paper) -> Response:
    return json_response(fields(paper), 200, {"ETag": f'"{paper.version}"'})
