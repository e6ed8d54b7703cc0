"""Two moments, two states of knowledge or two cases side by side: what is otherwise, and which events are the cause."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import Annotated, Any, TypeAlias
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.angles.asking import KINDS, USUAL, Limit, YesNo, one_of
from api.comparing.answers import Comparison
from api.comparing.asking import (
    Both,
    BoxText,
    Compared,
    DivisionCode,
    area,
    kind_of,
    looking_at_both,
    on_a_side,
)
from api.comparing.tables import THINGS_AT_ONCE, table
from api.comparing.told import Shown
from api.composition import Services
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports import types as exports_types
from api.exports.asking import Form, Formed
from api.exports.files import export
from api.exports.table import Table, at_hand
from api.lists.cursor import CursorOfAnotherList
from api.reading import seen
from api.routing import Routes
from domain.organisations.unit import Unit
from projections.columns import COLUMNS
from projections.queries import compare, scopes
from projections.queries.compare import Different, Scope, Sides
from projections.queries.history import known_position

_COLUMNS: dict[str, Sequence[str]] = {kind: [column.name for column in columns] for kind, columns in COLUMNS.items()}
KindCursor: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"^[a-z]{1,20}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        description="接着上一页：取自 next · Goes on from the page before: from next",
    ),
    Query(),
]
_KIND: Any = one_of(*KINDS)
_KINDS = "只比较这些种类（可重复） · Only these kinds, repeated"
router = Routes(prefix="/v1/compare", tags=["compare"])
_READS = exports_types.reads(Comparison, 404, 409)


@router.get("/assets/{id:uuid}", operation_id="compare.assets", response_class=Response,
            summary="比较一个对象 · Compare one thing", **_READS)  # fmt: skip
def assets(id: UUID, given: Given, asked: Compared, _: Caller, form: Formed) -> Response:
    """同一对象在两个时刻、两种已知或两个视图中，逐项比较。One thing, facet by facet, with the events that made the difference."""
    if form.is_file:
        return export(looking_at_both(given, asked), form, lambda sides: _table_of_one(sides, asked, id))
    with looking_at_both(given, asked) as sides:
        found = _one(sides, asked, id)
        told = Shown(sides, [id]).told([found])
        return json_response({**_sides(sides, asked), "summary": None, **told, "next": None})


def _one(sides: Sides, asked: Both, id: UUID) -> Different:
    cls = kind_of(sides, asked, id)
    on_a_side(sides, asked, cls, id)
    a, b = (compare.lines(view, [id]) for view in (sides.a, sides.b))
    return Different(cls.kind, id, id in a, id in b)


def _table_of_one(sides: Sides, asked: Both, id: UUID) -> Table:
    found = _one(sides, asked, id)
    return table("compare-asset", "对象比较", sides, at_hand([found]))


@router.get("/units/{id:uuid}", operation_id="compare.units", response_class=Response,
            summary="比较一个单位占有和使用的资产 · Compare what a unit holds", **_READS)  # fmt: skip
def units(
    id: UUID, request: Request, given: Given, asked: Compared, _: Caller, form: Formed,
    subtree: Annotated[YesNo, Query(description="含下级单位 · With the units under it")] = "false",
    cursor: KindCursor | None = None, limit: Limit | None = None,
) -> Response:  # fmt: skip
    """权属、使用、管理、借用和所属人员：只在一边的，和两边不同的。Only on one side, or otherwise there."""

    def scope(sides: Sides) -> Scope:
        on_a_side(sides, asked, Unit, id)
        return scopes.of_unit(sides, id, subtree=subtree == "true")

    return _answer(request, given, _Compared(asked, "unit", "单位比较", scope, cursor, limit), form)


@router.get("/area", operation_id="compare.area", response_class=Response,
            summary="比较一片区域 · Compare an area", **_READS)  # fmt: skip
def in_area(
    request: Request, given: Given, asked: Compared, _: Caller, form: Formed,
    bbox: Annotated[BoxText | None, Query()] = None,
    division: Annotated[DivisionCode | None, Query()] = None,
    compound: Annotated[UUID | None, Query(description="院落编号 · Id of a compound")] = None,
    kinds: Annotated[list[_KIND] | None, Query(max_length=len(KINDS), description=_KINDS)] = None,
    cursor: KindCursor | None = None, limit: Limit | None = None,
) -> Response:  # fmt: skip
    """范围用 bbox、行政区划或院落三者之一说明。The area is a box on the map, a division or a compound: one of the three."""

    def scope(sides: Sides) -> Scope:
        return area(sides, asked, bbox, division, compound).only(kinds)

    return _answer(request, given, _Compared(asked, "area", "区域比较", scope, cursor, limit), form)


@dataclass(frozen=True, slots=True)
class _Compared:
    """What is compared, under which name, and which part of the differences is wanted."""

    asked: Both
    name: str
    zh: str
    scope: Callable[[Sides], Scope]
    cursor: str | None
    limit: int | None

    def different(
        self, sides: Sides, scope: Scope, limit: int | None, at_once: int | None = None
    ) -> Generator[list[Different]]:
        return compare.different(sides, scope, _COLUMNS, _beyond(self.cursor, scope), limit, at_once)

    def table(self, sides: Sides) -> Table:
        found = self.different(sides, self.scope(sides), self.limit, THINGS_AT_ONCE)
        return table(f"compare-{self.name}", self.zh, sides, closing(found))


def _answer(request: Request, given: Services, compared: _Compared, form: Form) -> Response:
    if form.is_file:
        return export(looking_at_both(given, compared.asked), form, compared.table)
    with looking_at_both(given, compared.asked) as sides:
        return json_response(_page(request, sides, compared, compared.scope(sides), compared.limit or USUAL))


def _page(request: Request, sides: Sides, compared: _Compared, scope: Scope, limit: int) -> dict[str, Any]:
    found = list(chain.from_iterable(compared.different(sides, scope, limit + 1)))
    shown = found[:limit]
    summary = compare.counted(sides, scope, _COLUMNS) if compared.cursor is None else None
    last = shown[-1] if len(found) > limit else None
    more = None if last is None else _going_on(request, sides, f"{last.kind}.{last.id}")
    told = Shown(sides, [one.id for one in shown]).told(shown)
    return {**_sides(sides, compared.asked), "summary": summary, **told, "next": more}


def _beyond(cursor: str | None, scope: Scope) -> tuple[str, UUID] | None:
    if cursor is None:
        return None
    kind, _, id = cursor.partition(".")
    if kind not in scope.conditions:  # from the beginning again, whoever goes on would never come to an end
        raise CursorOfAnotherList
    return kind, UUID(id)


def _sides(sides: Sides, asked: Both) -> dict[str, Any]:
    return {"a": seen(sides.a, asked[0]), "b": seen(sides.b, asked[1])}


def _going_on(request: Request, sides: Sides, cursor: str) -> str:
    """The next page, about the same two moments, as known at the same two positions."""
    kept = [(name, text) for name, text in request.query_params.multi_items() if name not in _FIXED]
    for name, view in (("a", sides.a), ("b", sides.b)):
        kept += [(f"{name}.at", view.at.isoformat()), (f"{name}.known", f"#{known_position(view)}")]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"


_FIXED = frozenset({"a.at", "a.known", "b.at", "b.known", "cursor", "after"})
