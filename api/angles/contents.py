"""What lies in a place: a compound's buildings, their floors and rooms with who uses them; a warehouse's shelves."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.angles import contents_tables as tables
from api.angles.answers import BuildingContents, CompoundContents, WarehouseContents
from api.angles.asking import USUAL, Limit, add_angle, going_on, one_of, subject, thing
from api.angles.contents_told import building, buildings, names_in, stored, summary
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports.asking import Form, Formed
from api.exports.files import export
from api.exports.table import Table
from api.reading import Viewed, looking, seen
from api.routing import Routes
from domain.premises.building import Building
from domain.premises.compound import Compound
from domain.warehouse.warehouse import Warehouse
from projections.queries import contents
from projections.queries.things import named
from projections.queries.view import Asked, View

Depth: Any = one_of("buildings", "floors", "rooms")
StoredCursor: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"^(items|lots)\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        description="接着上一页：取自 next · Goes on from the page before: from next",
    ),
    Query(),
]


def routes() -> Routes:
    router = Routes()
    add_angle(
        router, Compound, "contents", "院落内的楼栋、楼层和房间 · What a compound holds", _of_compound, CompoundContents
    )
    add_angle(
        router, Building, "contents", "楼内各层房间和使用人 · What a building holds", _of_building, BuildingContents
    )
    add_angle(
        router,
        Building,
        "floors",
        "各层房间、面积、单位和人数 · The floors of a building",
        _floors_of,
        BuildingContents,
    )
    add_angle(
        router, Warehouse, "contents", "仓内资产和物资 · What a warehouse keeps", _of_warehouse, WarehouseContents
    )
    return router


def _of_compound(
    id: UUID,
    given: Given,
    asked: Viewed,
    _: Caller,
    form: Formed,
    depth: Annotated[Depth, Query(description="细到哪一级 · How deep to look")] = "rooms",
) -> Response:
    """楼栋按编号，楼层自下而上。Buildings by their numbers, floors from below. 导出的是 depth 这一级。Files hold what `depth` names."""
    if form.is_file:
        return export(looking(given, asked), form, partial(_file_of_compound, asked, id, depth))
    with looking(given, asked) as view:
        subject(view, asked, Compound, id)
        found = contents.buildings(view, id)
        rooms = contents.rooms(view, found).rows()
        names = names_in(view, [id, *found], rooms, people=depth == "rooms")
    whole = {**summary(rooms, names), "buildings": buildings(found, rooms, names, depth)}
    return json_response({**seen(view, asked), "compound": thing(names, id), **whole})


def _file_of_compound(asked: Asked, id: UUID, depth: str, view: View) -> Table:
    subject(view, asked, Compound, id)
    return tables.of_buildings(view, "compounds-contents", "院落内容", contents.buildings(view, id), depth)


def _of_building(id: UUID, given: Given, asked: Viewed, _: Caller, form: Formed) -> Response:
    """每层的房间、使用单位和使用人。Every floor with its rooms, their units and occupants."""
    return _one_building(id, given, asked, form, "rooms")


def _floors_of(id: UUID, given: Given, asked: Viewed, _: Caller, form: Formed) -> Response:
    """每层的房间数、使用面积、使用单位和人数。Of every floor the number of rooms, area, units and people."""
    return _one_building(id, given, asked, form, "floors")


def _one_building(id: UUID, given: Given, asked: Viewed, form: Form, depth: str) -> Response:
    if form.is_file:
        return export(looking(given, asked), form, partial(_file_of_building, asked, id, depth))
    with looking(given, asked) as view:
        subject(view, asked, Building, id)
        rooms = contents.rooms(view, [id]).rows()
        names = names_in(view, [id], rooms, people=depth == "rooms")
    return json_response({**seen(view, asked), **building(id, rooms, names, depth)})


def _file_of_building(asked: Asked, id: UUID, depth: str, view: View) -> Table:
    subject(view, asked, Building, id)
    return tables.of_buildings(view, f"buildings-{depth}", "楼栋内容", [id], depth)


def _of_warehouse(
    id: UUID, request: Request, given: Given, asked: Viewed, _: Caller, form: Formed,
    cursor: StoredCursor | None = None, limit: Limit | None = None,
) -> Response:  # fmt: skip
    """各货位的资产、物资和账面价值，并逐页列出。Items, lots and their value by shelf, and listed page by page."""
    if form.is_file:
        return export(looking(given, asked), form, partial(_file_of_warehouse, asked, id, _beyond(cursor), limit))
    limit = limit or USUAL
    with looking(given, asked) as view:
        subject(view, asked, Warehouse, id)
        found = contents.stored(view, id, _beyond(cursor), limit + 1).rows()
        page, shelves = found[:limit], contents.shelves(view, id)
        told, names = stored(view, page), named(view, [id])
        last = page[-1] if len(found) > limit else None
        more = None if last is None else going_on(request, view, asked, f"{last['kind']}.{last['asset']}")
    whole = {"warehouse": thing(names, id), "shelves": shelves, "stored": told, "next": more}
    return json_response({**seen(view, asked), **whole})


def _file_of_warehouse(asked: Asked, id: UUID, beyond: tuple[str, UUID] | None, limit: int | None, view: View) -> Table:
    subject(view, asked, Warehouse, id)
    return tables.of_warehouse(view, contents.stored(view, id, beyond, limit))


def _beyond(cursor: str | None) -> tuple[str, UUID] | None:
    if cursor is None:
        return None
    kind, _, asset = cursor.partition(".")
    return kind, UUID(asset)
