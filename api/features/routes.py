"""The addresses under /ogc. Each is answered as JSON, or as a page to whoever comes with a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from fastapi import Query, Request
from fastapi.responses import Response

from api import openapi
from api.console.pages import Page
from api.dependencies import Caller, Given
from api.features import document, told
from api.features.parameters import Items, ItemsAsked, Moment, Text, system_of
from api.features.told import GEOJSON, HTML, JSON, SCHEMA
from api.positions.whereabouts import known_moment
from api.reading import looking
from api.refusals import NotThere
from api.routing import Routes
from domain.access.principal import Principal
from maps.features import asking
from maps.features.asking import Wanted
from maps.features.collections import COLLECTIONS, KINDS, Collection
from maps.features.systems import CRS84, System
from projections.queries.view import Asked, View

BASE = "/ogc"

Shown = Annotated[Literal["json", "html"] | None, Query(description="json 或 html · As JSON or as a page")]


class CollectionUnknown(NotThere):
    zh = "没有数据集 {id}，或您无权查看。可用的数据集见 /ogc/collections。"
    en = "There is no collection {id}, or you may not read it. They are listed at /ogc/collections."


class FeatureUnknown(NotThere):
    zh = "数据集 {collection} 在该时点没有要素 {id}。"
    en = "Collection {collection} has no feature {id} at that moment."


def _documented(type: str, *statuses: int) -> dict[str, Any]:
    content: dict[str, Any] = {type: {"schema": {"type": "object"}}, HTML: {"schema": {"type": "string"}}}
    ok = {"description": "OK", "content": content}
    return {
        "responses": {200: ok, **openapi.problems(400, 401, 403, 429, 500, 503, *statuses)},
        "response_class": Response,
    }


router = Routes(prefix=BASE, tags=["features"])


@router.get("", operation_id="ogc", summary="供地图软件读取的入口 · Where map programs begin", **_documented(JSON))
def landing(request: Request, f: Shown = None) -> Response:
    """OGC API – Features 1–3，CQL2。OGC API – Features, parts 1 to 3, with CQL2."""
    return _answer(request, f, told.landing(_base(request)), JSON)


@router.get("/api", operation_id="ogc.api", summary="接口说明 · OpenAPI 3.0", **_documented(told.OPENAPI))
def api(request: Request, f: Shown = None) -> Response:
    return _answer(request, f, document.document(_base(request)), told.OPENAPI)


@router.get(
    "/conformance", operation_id="ogc.conformance", summary="遵循的标准 · Standards kept to", **_documented(JSON)
)
def conformance(request: Request, f: Shown = None) -> Response:
    return _answer(request, f, told.conformance(_base(request)), JSON)


@router.get("/collections", operation_id="ogc.collections", summary="数据集 · Collections", **_documented(JSON))
def collections(request: Request, caller: Caller, f: Shown = None) -> Response:
    """每类两个：一个用代码，一个（-zh）用中文字段和文字。Two of each kind: with codes, and (-zh) in Chinese and in words."""
    return _answer(request, f, told.collections(_base(request), filter(caller.may_read, KINDS)), JSON)


@router.get(
    "/collections/{collection}",
    operation_id="ogc.collection",
    summary="一个数据集 · A collection",
    **_documented(JSON, 404, 409),
)
def collection(
    request: Request, collection: str, caller: Caller, given: Given, asked: Moment, f: Shown = None
) -> Response:
    one = _readable(collection, caller)
    with looking(given, asked) as view:
        box = asking.extent(view, live(Wanted(collection=one), view, asked))
    return _answer(request, f, told.collection(_base(request), one, box), JSON)


@router.get(
    "/collections/{collection}/queryables",
    operation_id="ogc.queryables",
    summary="可筛选的字段 · What can be filtered by",
    **_documented(SCHEMA, 404),
)
def queryables(request: Request, collection: str, caller: Caller, f: Shown = None) -> Response:
    return _answer(request, f, told.queryables(_base(request), _readable(collection, caller)), SCHEMA)


@router.get(
    "/collections/{collection}/items",
    operation_id="ogc.items",
    summary="要素 · Features",
    **_documented(GEOJSON, 404, 409),
)
def items(
    request: Request, collection: str, caller: Caller, given: Given, moment: Moment, asked: Items, f: Shown = None
) -> Response:
    """按编号排列，逐页给出；同一次读取的各页是同一时点、同一已知时间。By id, page by page, all pages of one moment and position."""
    one = _readable(collection, caller)
    with looking(given, moment) as view:
        found = _page(request, view, live(asked.of(one), view, moment), asked)
    return _answer(request, f, found, GEOJSON, asked.crs)


@router.get(
    "/collections/{collection}/items/{feature}",
    operation_id="ogc.item",
    summary="一个要素 · A feature",
    **_documented(GEOJSON, 404, 409),
)
def item(
    request: Request, collection: str, feature: UUID, caller: Caller, given: Given, asked: Moment,
    crs: Annotated[Text, Query()] = CRS84, f: Shown = None,
) -> Response:  # fmt: skip
    one, system = _readable(collection, caller), system_of(crs, "crs")
    with looking(given, asked) as view:
        rows = asking.page(view, live(Wanted(collection=one, id=feature, system=system), view, asked), 1)
    if not rows:
        raise FeatureUnknown(collection=one.id, id=feature)
    here = f"{_base(request)}/collections/{one.id}"
    links = [
        told.link(f"{here}/items/{feature}", "self", GEOJSON, "要素 · Feature"),
        told.link(here, "collection", JSON, one.zh),
    ]
    return _answer(request, f, told.feature(one, rows[0]) | {"links": links}, GEOJSON, system)


def live(wanted: Wanted, view: View, asked: Asked) -> Wanted:
    """Where vehicles were at a moment, or by what had been received by then, if that was asked for; else the latest."""
    past = asked.at is not None or asked.known is not None or asked.case is not None
    return replace(wanted, past=past, known_at=known_moment(view, asked)) if wanted.collection.is_live else wanted


def _page(request: Request, view: View, wanted: Wanted, asked: ItemsAsked) -> dict[str, Any]:
    one = wanted.collection
    rows = asking.page(view, wanted, asked.limit + 1)
    shown = rows[: asked.limit]
    # Programs ask it of the first page; to count again for each would take longer than to read them.
    matched = {} if asked.after is not None else {"numberMatched": asking.count(view, wanted)}
    going_on = [_next(request, view, one, shown[-1]["id"])] if len(rows) > asked.limit else []
    return {
        "type": "FeatureCollection",
        "features": [told.feature(one, row) for row in shown],
        **matched,
        "numberReturned": len(shown),
        "timeStamp": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "links": [
            told.link(str(request.url), "self", GEOJSON, "本页 · This page"),
            told.link(_with(request, f="html"), "alternate", HTML, "网页 · As a page"),
            told.link(f"{_base(request)}/collections/{one.id}", "collection", JSON, one.zh),
            *going_on,
        ],
    }


def _next(request: Request, view: View, one: Collection, last: UUID) -> dict[str, str]:
    """At the moment and position of this page, or what changes meanwhile would be shown twice or not at all.

    What is live goes on with what is live by then.
    """
    if one.is_live:
        return told.link(_with(request, startid=str(last)), "next", GEOJSON, "下一页 · The next page")
    known = view.position if view.known is None else view.known
    moment = view.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    href = _with(request, datetime=moment, known=f"#{known}", startid=str(last))
    return told.link(href, "next", GEOJSON, "下一页 · The next page")


def _with(request: Request, **changed: str) -> str:
    left_out = {*changed, "at", "after"}
    kept = [(name, text) for name, text in request.query_params.multi_items() if name not in left_out]
    return f"{str(request.url).partition('?')[0]}?{urlencode([*kept, *changed.items()])}"


def _readable(id: str, caller: Principal) -> Collection:
    found = COLLECTIONS.get(id)
    if found is None or not caller.may_read(found.kind):
        raise CollectionUnknown(id=id[:100])
    return found


def _base(request: Request) -> str:
    """Programs want whole addresses."""
    return f"{str(request.base_url).rstrip('/')}{BASE}"


def _answer(request: Request, f: str | None, said: dict[str, Any], type: str, system: System | None = None) -> Response:
    if f == "html" or (f is None and _is_browser(request)):
        return Page(request).show("features/page.html", told=msgspec.to_builtins(said, enc_hook=str), base=BASE)
    headers = {} if system is None else {"Content-Crs": f"<{system.uri}>"}
    return Response(msgspec.json.encode(said, enc_hook=str), headers=headers, media_type=type)


def _is_browser(request: Request) -> bool:
    """Browsers say first that they want a page; programs name JSON, or anything."""
    return request.headers.get("accept", "").lstrip().startswith(HTML)
