"""Who holds what: what a unit (with those under it), a person or a place has; and all that a thing has to do with."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.angles.answers import HoldingsPage, RelationsPage
from api.angles.asking import USUAL, KindOfThing, Limit, YesNo, add_angle, going_on, one_of, subject
from api.angles.holdings_tables import held, other, role_words, table, table_of_relations
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports.asking import Formed
from api.exports.files import export
from api.exports.table import Table
from api.reading import Viewed, looking, seen
from api.routing import Routes
from domain.catalogue import AGGREGATES
from domain.kernel.aggregate import Aggregate
from domain.organisations.person import Person
from domain.organisations.unit import Unit
from projections.holdings import ROLES
from projections.queries import holdings, relations
from projections.queries.holdings import Beyond, Wanted
from projections.queries.things import named
from projections.queries.view import Asked, View

RoleName: Any = one_of(*ROLES)
Roles: TypeAlias = Annotated[list[RoleName], Field(max_length=50)]
Kinds: TypeAlias = Annotated[list[KindOfThing], Field(max_length=20)]
_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
RoleCursor: TypeAlias = Annotated[
    str,
    Field(
        pattern=rf"^[a-z_]{{1,30}}\.{_ID}\.({_ID})?$",
        description="接着上一页：取自 next · Goes on from the page before: from next",
    ),
    Query(),
]


def routes() -> Routes:
    router = Routes()
    for cls in AGGREGATES:
        add_angle(
            router, cls, "relations", f"{cls.zh}的关联 · What a {cls.en} has to do with", _relations(cls), RelationsPage
        )
    add_angle(router, Unit, "holdings", "单位占有和使用的资产 · What a unit holds", _of_unit, HoldingsPage)
    add_angle(router, Person, "holdings", "个人占有和使用的资产 · What a person holds", _of_person, HoldingsPage)
    return router


def _of_unit(
    id: UUID,
    request: Request,
    given: Given,
    asked: Viewed,
    _: Caller,
    form: Formed,
    subtree: Annotated[YesNo, Query(description="含下级单位 · With the units under it")] = "false",
    kind: Annotated[Kinds | None, Query()] = None,
    role: Annotated[Roles | None, Query()] = None,
    cursor: RoleCursor | None = None,
    limit: Limit | None = None,
) -> Response:
    """权属、使用、管理、借用的资产和所属人员，按种类和角色计数，并逐页列出。Counted by kind and role, and listed page by page."""
    with_those_below = subtree == "true"

    def wanted(view: View) -> Wanted:
        subject(view, asked, Unit, id)
        holders = holdings.subtree(view, id) if with_those_below else [id]
        return Wanted(holders=holders, kinds=kind or (), roles=role or ())

    if form.is_file:
        made = partial(table, "units-holdings", "单位占有和使用的资产", (_beyond(cursor), limit))
        return export(looking(given, asked), form, lambda view: made(view, wanted(view)))
    with looking(given, asked) as view:
        chosen = wanted(view)
        said = {"id": id, "subtree": with_those_below, "holders": len(chosen.holders)}
        return json_response(said | _page(request, view, asked, chosen, cursor, limit))


def _of_person(
    id: UUID,
    request: Request,
    given: Given,
    asked: Viewed,
    _: Caller,
    form: Formed,
    kind: Annotated[Kinds | None, Query()] = None,
    role: Annotated[Roles | None, Query()] = None,
    cursor: RoleCursor | None = None,
    limit: Limit | None = None,
) -> Response:
    """使用的房间、保管的资产、管理的仓库、持有的车钥匙。Rooms, items in custody, warehouses kept, keys of vehicles."""
    wanted = Wanted(holders=[id], kinds=kind or (), roles=role or ())

    def made(view: View) -> Table:
        subject(view, asked, Person, id)
        return table("people-holdings", "个人占有和使用的资产", (_beyond(cursor), limit), view, wanted)

    if form.is_file:
        return export(looking(given, asked), form, made)
    with looking(given, asked) as view:
        subject(view, asked, Person, id)
        said = {"id": id, "subtree": False, "holders": 1}
        return json_response(said | _page(request, view, asked, wanted, cursor, limit))


def _relations(cls: type[Aggregate]) -> Any:
    def endpoint(
        id: UUID,
        request: Request,
        given: Given,
        asked: Viewed,
        _: Caller,
        form: Formed,
        kind: Annotated[Kinds | None, Query()] = None,
        role: Annotated[Roles | None, Query()] = None,
        cursor: RoleCursor | None = None,
        limit: Limit | None = None,
    ) -> Response:
        """它指向什么，什么指向它，各以什么角色。What it points at and what points at it, in which roles.

        `kind` 和 `role` 只筛选指向它的。`kind` and `role` choose among those that point at it.
        """
        wanted = Wanted(holders=[id], kinds=kind or (), roles=role or (), holds=None)

        def made(view: View) -> Table:
            subject(view, asked, cls, id)
            return table_of_relations(cls, id, (_beyond(cursor), limit), view, wanted)

        if form.is_file:
            return export(looking(given, asked), form, made)
        with looking(given, asked) as view:
            subject(view, asked, cls, id)
            pointed = relations.points_at(view, id)
            names = named(view, [row["holder"] for row in pointed])
            said = {"id": id, "points_at": [other(row, row["holder"], names) for row in pointed]}
            return json_response(said | _page(request, view, asked, wanted, cursor, limit))

    return endpoint


def _page(
    request: Request, view: View, asked: Asked, wanted: Wanted, cursor: str | None, limit: int | None
) -> dict[str, Any]:
    size = limit or USUAL
    found = holdings.page(view, wanted, _beyond(cursor), size + 1).rows()
    page = found[:size]
    last = page[-1] if len(found) > size else None
    more = None if last is None else going_on(request, view, asked, f"{last['role']}.{last['asset']}.{last['member']}")
    return {
        **seen(view, asked),
        "counts": [row | role_words(row["role"]) for row in holdings.counts(view, wanted)],
        "held": held(view, page),
        "next": more,
    }


def _beyond(cursor: str | None) -> Beyond | None:
    if cursor is None:
        return None
    role, asset, member = cursor.split(".")
    return role, UUID(asset), member
