"""Two moments, two states of knowledge or two cases side by side: what is otherwise, and which events are the cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, TypeAlias
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api import openapi
from api.angles_asking import USUAL, Limit, YesNo, on_page, thing
from api.answers_comparing import Comparison
from api.comparing_asking import (
    Both,
    BoxText,
    Compared,
    DivisionCode,
    area,
    kind_of,
    looking_at_both,
    on_a_side,
)
from api.dependencies import Caller, Given
from api.executing import json_response
from api.reading import seen
from domain.organisations.unit import Unit
from projections.columns import COLUMNS
from projections.queries import compare, history, scopes
from projections.queries.beside import on_side
from projections.queries.compare import Different, Held, Lines, Otherwise, Scope, Sides
from projections.queries.history import Change, known_position
from projections.queries.telling import ids_of_line, line, value
from projections.queries.things import Names, labels, named
from projections.queries.view import View

MOST_CAUSES = 20
MOST_EVENTS = 200

_COLUMNS: dict[str, Sequence[str]] = {kind: [column.name for column in columns] for kind, columns in COLUMNS.items()}
KindCursor: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"^[a-z]{1,20}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        description="接着上一页：取自 next · Goes on from the page before: from next",
    ),
    Query(),
]
router = APIRouter(prefix="/v1/compare", tags=["compare"])
_READS = openapi.reads(Comparison, 404, 409)


@router.get("/assets/{id:uuid}", operation_id="compare.assets", response_class=Response,
            summary="比较一个对象 · Compare one thing", **_READS)  # fmt: skip
def assets(id: UUID, given: Given, asked: Compared, _: Caller) -> Response:
    """同一对象在两个时刻、两种已知或两个视图中，逐项比较。One thing, facet by facet, with the events that made the difference."""
    with looking_at_both(given, asked) as sides:
        cls = kind_of(sides, asked, id)
        on_a_side(sides, asked, cls, id)
        page = _Page(sides, [id])
        found = Different(cls.kind, id, id in page.a, id in page.b)
        return json_response({**_sides(sides, asked), "summary": None, **page.told([found]), "next": None})


@router.get("/units/{id:uuid}", operation_id="compare.units", response_class=Response,
            summary="比较一个单位占有和使用的资产 · Compare what a unit holds", **_READS)  # fmt: skip
def units(
    id: UUID, request: Request, given: Given, asked: Compared, _: Caller,
    subtree: Annotated[YesNo, Query(description="含下级单位 · With the units under it")] = "false",
    cursor: KindCursor | None = None, limit: Limit = USUAL,
) -> Response:  # fmt: skip
    """权属、使用、管理、借用和所属人员：只在一边的，和两边不同的。Only on one side, or otherwise there."""
    with looking_at_both(given, asked) as sides:
        on_a_side(sides, asked, Unit, id)
        scope = scopes.of_unit(sides, id, subtree=subtree == "true")
        return _page_of(request, sides, asked, scope, cursor, limit)


@router.get("/area", operation_id="compare.area", response_class=Response,
            summary="比较一片区域 · Compare an area", **_READS)  # fmt: skip
def in_area(
    request: Request, given: Given, asked: Compared, _: Caller,
    bbox: Annotated[BoxText | None, Query()] = None,
    division: Annotated[DivisionCode | None, Query()] = None,
    compound: Annotated[UUID | None, Query(description="院落编号 · Id of a compound")] = None,
    cursor: KindCursor | None = None, limit: Limit = USUAL,
) -> Response:  # fmt: skip
    """范围用 bbox、行政区划或院落三者之一说明。The area is a box on the map, a division or a compound: one of the three."""
    with looking_at_both(given, asked) as sides:
        scope = area(sides, asked, bbox, division, compound)
        return _page_of(request, sides, asked, scope, cursor, limit)


def _page_of(request: Request, sides: Sides, asked: Both, scope: Scope, cursor: str | None, limit: int) -> Response:
    found = compare.different(sides, scope, _COLUMNS, _beyond(cursor, scope), limit + 1)
    shown = found[:limit]
    summary = compare.counted(sides, scope, _COLUMNS) if cursor is None else None
    last = shown[-1] if len(found) > limit else None
    more = None if last is None else _going_on(request, sides, f"{last.kind}.{last.id}")
    page = _Page(sides, [one.id for one in shown])
    return json_response({**_sides(sides, asked), "summary": summary, **page.told(shown), "next": more})


def _beyond(cursor: str | None, scope: Scope) -> tuple[str, UUID] | None:
    kind, _, id = (cursor or "").partition(".")
    return (kind, UUID(id)) if kind in scope.conditions else None


class _Page:
    """The things on a page with their facets on both sides, and the events between."""

    def __init__(self, sides: Sides, ids: Sequence[UUID]) -> None:
        self.sides = sides
        self.a, self.b = (compare.lines(view, ids) for view in (sides.a, sides.b))
        self.causes = compare.causes(sides, ids)

    def told(self, found: Iterable[Different]) -> dict[str, Any]:
        differing = [(one, self._otherwise(one.id)) for one in found]
        events = self._events({position for _, each in differing for one in each for position in _cited(one)})
        spoken_of = {id for one, each in differing for id in _ids(one, each)}
        spoken_of |= {str(id) for event in events for id in event.things()}
        a, b = (self._named(side, spoken_of) for side in (self.sides.a, self.sides.b))
        names = {**a, **b}
        return {
            "different": [_told(one, each, a, b, names) for one, each in differing],
            "events": [event.told(labels(names)) for event in events],
            "things": on_page(names, spoken_of),
        }

    def _otherwise(self, id: UUID) -> list[Otherwise]:
        nothing: Lines = {}
        return compare.otherwise(self.a.get(id, nothing), self.b.get(id, nothing), self.causes.get(id, {}))

    def _events(self, positions: set[int]) -> list[Change]:
        """The latest of the events cited; what one view does not have, the other may."""
        wanted = history.Wanted(positions=sorted(positions)[-MOST_EVENTS:])
        found: dict[int, Change] = {}
        for view in (self.sides.a, self.sides.b):
            with on_side(view):
                changes = history.changes(view, wanted, newest_first=False, limit=MOST_EVENTS)
            found |= {change.position: change for change in changes}
        return [found[position] for position in sorted(found)]

    @staticmethod
    def _named(view: View, ids: set[str]) -> Names:
        with on_side(view):
            return named(view, ids)


def _told(one: Different, each: list[Otherwise], a: Names, b: Names, names: Names) -> dict[str, Any]:
    changes = [_change(one.kind, other, a, b, names) for other in each]
    return {"thing": thing(names, one.id), "in_a": one.in_a, "in_b": one.in_b, "changes": changes}


def _change(kind: str, other: Otherwise, a: Names, b: Names, names: Names) -> dict[str, Any]:
    return {
        **line(kind, other.facet, other.member, labels(names)),
        "a": _held(kind, other.facet, other.a, a),
        "b": _held(kind, other.facet, other.b, b),
        "caused_by": _cited(other),
        "causes": len(other.caused_by),
    }


def _held(kind: str, facet: str, held: Held | None, names: Names) -> dict[str, Any] | None:
    return None if held is None else value(kind, facet, held.value, labels(names)) | {"stated_by": held.stated}


def _cited(other: Otherwise) -> list[int]:
    """Some facets change with every journey: the last events say most."""
    return other.caused_by[-MOST_CAUSES:]


def _ids(one: Different, each: list[Otherwise]) -> Iterable[str]:
    yield str(one.id)
    for other in each:
        values = [held.value for held in (other.a, other.b) if held is not None]
        yield from ids_of_line(one.kind, other.facet, other.member, *values)


def _sides(sides: Sides, asked: Both) -> dict[str, Any]:
    return {"a": seen(sides.a, asked[0]), "b": seen(sides.b, asked[1])}


def _going_on(request: Request, sides: Sides, cursor: str) -> str:
    """The next page, about the same two moments, as known at the same two positions."""
    kept = [(name, text) for name, text in request.query_params.multi_items() if name not in _FIXED]
    for name, view in (("a", sides.a), ("b", sides.b)):
        kept += [(f"{name}.at", view.at.isoformat()), (f"{name}.known", f"#{known_position(view)}")]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"


_FIXED = frozenset({"a.at", "a.known", "b.at", "b.known", "cursor", "after"})
