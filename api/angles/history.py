"""Every change in plain words: of one thing, and of everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from annotated_types import Len
from fastapi import Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from api import scalars
from api.angles.answers import HistoryPage
from api.angles.asking import MOST, KindOfThing, Limit, PositionCursor, add_angle, going_on, on_page, one_of, subject
from api.angles.history_columns import COLUMNS, row_of
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports import types as exports_types
from api.exports.asking import Formed
from api.exports.files import export
from api.exports.table import Table
from api.moments import Moment
from api.reading import Viewed, looking, seen
from api.routing import Routes
from api.scalars import LARGEST_INTEGER, digits
from domain.catalogue import AGGREGATES
from domain.kernel.aggregate import Aggregate
from domain.kernel.events import EVENTS
from domain.kernel.text import Pattern
from projections.queries import history
from projections.queries.history import Change, Part, Wanted
from projections.queries.labels import Labels
from projections.queries.question import Question
from projections.queries.search import terms
from projections.queries.things import labels, named
from projections.queries.view import Asked, View

USUAL_EVENTS = 20
"""On a page: an event in words is as long as a row of a list is short."""
EVENTS_AT_ONCE = 500
"""Read at a time for a file."""

Order: Any = one_of("newest", "oldest")
Topic: Any = one_of(*sorted(EVENTS))
Said: Any = scalars.text((Len(1, 200), Pattern(r"\S")))
Kinds: TypeAlias = Annotated[list[KindOfThing], Field(max_length=20)]
Roles: TypeAlias = Annotated[list[Said], Field(max_length=20)]
Topics: TypeAlias = Annotated[list[Topic], Field(max_length=200)]
_Position: TypeAlias = Annotated[int, Field(ge=1, le=LARGEST_INTEGER), BeforeValidator(digits)]
Positions: TypeAlias = Annotated[list[_Position], Field(max_length=MOST)]

_WORDS = (
    "在对象的名称、编号（含曾用的）和事由中查找；空格分开的词都要有"
    " · Looked for in what things are or ever were called, and in reasons; all words must be there"
)


def routes() -> Routes:
    router = Routes()
    for cls in AGGREGATES:
        words = f"{cls.zh}的变更记录 · History of a {cls.en}"
        add_angle(router, cls, "history", words, _of_one(cls), HistoryPage)
    router.add_api_route(
        "/v1/history",
        everything,
        operation_id="history",
        summary="全部变更记录 · History of everything",
        tags=["events"],
        response_class=Response,
        **exports_types.reads(HistoryPage, 404, 409),
    )
    return router


def _of_one(cls: type[Aggregate]) -> Any:
    def endpoint(
        id: UUID,
        request: Request,
        given: Given,
        asked: Viewed,
        _: Caller,
        form: Formed,
        order: Annotated[Order, Query()] = "newest",
        cursor: PositionCursor | None = None,
        limit: Limit | None = None,
    ) -> Response:
        """每一条变更：何时生效、何时登记、谁、什么角色、为什么、依据什么文件、逐项变更前后。`at`：只看到这一时刻已生效的。

        Every change: effective and recorded when, by whom, in which role, why, on which document, field by field before and
        after. `at`: only what had taken effect by then.
        """
        of = _Asked(Wanted(asset=id), Part(newest_first=order == "newest", beyond=cursor, limit=limit), asked)
        if form.is_file:
            return export(looking(given, asked), form, partial(_table_of_one, cls, id, of))
        with looking(given, asked) as view:
            subject(view, asked, cls, id)
            return _page(request, view, of)

    return endpoint


def everything(
    request: Request,
    given: Given,
    asked: Viewed,
    _: Caller,
    form: Formed,
    q: Annotated[Said | None, Query(description=_WORDS)] = None,
    kind: Annotated[Kinds | None, Query()] = None,
    asset: Annotated[UUID | None, Query()] = None,
    actor: Annotated[Said | None, Query()] = None,
    unit: Annotated[Said | None, Query(description="经办单位 · The unit that was acted for")] = None,
    role: Annotated[Roles | None, Query(description="以什么角色 · The role in which it was done")] = None,
    document: Annotated[Said | None, Query(description="依据文件的文号 · Number of a document")] = None,
    topic: Annotated[Topics | None, Query()] = None,
    position: Annotated[Positions | None, Query(description="日志位置 · Positions of the log")] = None,
    recorded_from: Annotated[Moment | None, Query(alias="recorded.from")] = None,
    recorded_to: Annotated[Moment | None, Query(alias="recorded.to")] = None,
    effective_from: Annotated[Moment | None, Query(alias="effective.from")] = None,
    effective_to: Annotated[Moment | None, Query(alias="effective.to")] = None,
    order: Annotated[Order, Query()] = "newest",
    cursor: PositionCursor | None = None,
    limit: Limit | None = None,
) -> Response:
    """全部对象的变更，按登记先后。Changes of everything in the order of the log; ranges are from (included) to (not included)."""
    wanted = Wanted(
        kinds=kind or (), asset=asset, actor=actor, unit=unit, roles=role or (), document=document, topics=topic or (),
        positions=position, words=() if q is None else terms(q),
        recorded_from=recorded_from, recorded_to=recorded_to, effective_from=effective_from, effective_to=effective_to,
    )  # fmt: skip
    of = _Asked(wanted, Part(newest_first=order == "newest", beyond=cursor, limit=limit), asked)
    if form.is_file:
        return export(looking(given, asked), form, lambda view: table(view, "history", "变更记录", of.question(view)))
    with looking(given, asked) as view:
        return _page(request, view, of)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which changes, which part of them, and of which view."""

    wanted: Wanted
    part: Part
    viewed: Asked

    def question(self, view: View) -> Question:
        return history.question(view, self.wanted, self.part, self.viewed.at)


def _table_of_one(cls: type[Aggregate], id: UUID, of: _Asked, view: View) -> Table:
    subject(view, of.viewed, cls, id)
    return table(view, f"{cls.kind}-history", f"{cls.zh}变更记录", of.question(view))


def _page(request: Request, view: View, of: _Asked) -> Response:
    limit = of.part.limit or USUAL_EVENTS
    found = history.changes(view, of.wanted, replace(of.part, limit=limit + 1), of.viewed.at)
    page = found[:limit]
    more = going_on(request, view, of.viewed, page[-1].position, of_all_time=True) if len(found) > limit else None
    return json_response({**seen(view, of.viewed), **told(view, page), "next": more})


def told(view: View, page: list[Change]) -> dict[str, Any]:
    """Changes in words, and the things that they speak of."""
    spoken_of = {str(id) for change in page for id in change.things()}
    found = named(view, spoken_of)
    words = labels(found)
    return {"events": [change.told(words) for change in page], "things": on_page(found, spoken_of)}


def table(view: View, name: str, zh: str, asked: Question) -> Table:
    """Changes one a row, as a page tells them."""
    known = Labels(view)

    def events(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        found = history.with_log(view, rows)
        names = known.called(id for change in found for id in change.things())
        return [row_of(change, names) for change in found]

    return Table(view=view, name=name, zh=zh, columns=COLUMNS, rows=asked.stream(EVENTS_AT_ONCE), told=events)
