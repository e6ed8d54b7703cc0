"""What one watches, and how one wishes to be told."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from api import openapi
from api.access.answers import Ended
from api.access.asking import changing, fields, sent, takes
from api.dependencies import Caller, Given
from api.executing import json_response
from api.notices.answers import Watches, WatchMade, WatchNew, WishSent, WishTold
from api.notices.refusals import AddressMissing, WatchesTooMany, WatchOfNothing, WatchUnknown
from api.notices.routes import REFUSALS
from api.reading import looking
from api.routing import Routes
from domain.kernel.errors import NotFound
from infra.notices import watches, wishes
from infra.notices.watches import Watch
from infra.notices.wishes import Wish
from projections.queries import reach
from projections.queries.telling import event_words
from projections.queries.things import Names, named
from projections.queries.view import Asked

router = Routes(tags=["notices"])


@router.get(
    "/v1/watches",
    operation_id="watches",
    summary="本人的关注 · What one watches",
    response_class=Response,
    **openapi.reads(Watches, 403),
)
def own(
    given: Given,
    caller: Caller,
    of: Annotated[UUID | None, Query(description="只列出对它的关注 · Only those of this thing or unit")] = None,
) -> Response:
    """看不到的对象只显示编号。What is out of sight bears no name."""
    with given.pool.connection() as connection:
        found = [one for one in watches.of(connection, caller.account) if of in (None, one.thing, one.unit)]
    ids = {id for one in found for id in (one.thing, one.unit) if id is not None}
    names: Names = {}
    if ids:
        with looking(given, Asked(sight=caller.sight)) as view:
            names = named(view, reach.seen(view, ids))
    return json_response({"watches": [_told(one, names) for one in found]})


def _told(one: Watch, names: Names) -> dict[str, Any]:
    return {
        "id": one.id,
        "thing": _thing(one.thing, names),
        "unit": _thing(one.unit, names),
        "topic": None
        if one.topic is None
        else dict(zip(("key", "zh", "en"), (one.topic, *event_words(one.topic, None)), strict=True)),
        "made_at": one.made_at,
    }


def _thing(id: UUID | None, names: Names) -> dict[str, Any] | None:
    found = names.get(str(id))
    if id is None:
        return None
    return {"id": id, "kind": "" if found is None else found.kind, "label": (found and found.label) or ""}


@router.post(
    "/v1/watches",
    operation_id="watches.make",
    summary="关注 · Watch",
    response_class=Response,
    status_code=201,
    responses={201: openapi.answers(WatchMade, "已关注 · Watched"), **openapi.problems(*REFUSALS)},
    **takes(WatchNew),
)
def make(given: Given, caller: Caller, said: Annotated[WatchNew, sent(WatchNew)]) -> Response:
    """一个对象，或一个单位及其下级和它们的一切，或一类事项。A thing; or a unit with those under it and all that is theirs; or a kind of event."""
    if (said.thing is not None and said.unit is not None) or (said.thing, said.unit, said.topic) == (None, None, None):
        raise WatchOfNothing
    target = said.thing or said.unit
    if target is not None:
        _require_seen(given, caller, target, "thing" if said.thing is not None else "unit")
    with changing(given) as connection:
        if len(watches.of(connection, caller.account)) >= watches.MOST:
            raise WatchesTooMany(most=watches.MOST)
        made = watches.make(connection, caller.account, thing=said.thing, unit=said.unit, topic=said.topic)
    return json_response({"id": made}, 201)


def _require_seen(given: Given, caller: Caller, id: UUID, field: str) -> None:
    """Rule: what one does not see one does not watch, and it is answered as if it were not there."""
    after = given.log.last_position([id])
    with looking(given, Asked(sight=caller.sight, after=after)) as view:
        if not reach.seen(view, [id]):
            raise NotFound(kind="thing", id=id, zh="对象", field=field)


@router.delete(
    "/v1/watches/{id}",
    operation_id="watches.end",
    summary="取消关注 · End a watch",
    response_class=Response,
    **openapi.reads(Ended, 403, 404),
)
def end(id: UUID, given: Given, caller: Caller) -> Response:
    """只能取消本人的关注。One of one's own."""
    with changing(given) as connection:
        if not watches.end(connection, caller.account, id):
            raise WatchUnknown
    return json_response({"ended": 1})


@router.get(
    "/v1/notices/wishes",
    operation_id="notices.wishes",
    summary="通知方式 · How one wishes to be told",
    response_class=Response,
    **openapi.reads(WishTold, 403),
)
def wish(given: Given, caller: Caller) -> Response:
    """语言和电子邮件。In which language, and whether by e-mail."""
    with given.pool.connection() as connection:
        return json_response(_wish(given, wishes.of(connection, caller.account)))


@router.put(
    "/v1/notices/wishes",
    operation_id="notices.wishes.change",
    summary="修改通知方式 · Change how one wishes to be told",
    response_class=Response,
    responses={200: openapi.answers(WishTold, "OK"), **openapi.problems(*REFUSALS)},
    **takes(WishSent),
)
def change(given: Given, caller: Caller, said: Annotated[WishSent, sent(WishSent)]) -> Response:
    """须本人登录：令牌不能改变通知的去向。Takes a session: no token changes where notices go."""
    if said.mail != "never" and said.address is None:
        raise AddressMissing
    kept = Wish(language=said.language, mail=said.mail, address=said.address)
    with changing(given) as connection:
        wishes.keep(connection, caller.account, kept)
    return json_response(_wish(given, kept))


def _wish(given: Given, kept: Wish) -> dict[str, Any]:
    return {**fields(kept), "mail_works": given.settings.smtp_host is not None}
