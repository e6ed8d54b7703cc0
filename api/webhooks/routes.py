"""Webhooks: made, paused, resumed and ended by whoever the account is or answers for it; what became of each delivery."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import Query, Request
from fastapi.responses import Response

from api import openapi
from api.access.answers import Ended
from api.access.asking import Proof as ProofOf
from api.access.asking import changing, fields, sent, takes
from api.composition import Services
from api.dependencies import Caller, Given
from api.executing import json_response
from api.notices.routes import REFUSALS, Before, Limit
from api.refusals import PositionUnknown
from api.routing import Routes
from api.sighted import shown
from api.webhooks import posting, signing
from api.webhooks.answers import Deliveries, WebhookAt, WebhookMade, WebhookNew, WebhookResume, Webhooks
from api.webhooks.refusals import WebhookElsewhere, WebhookFeedMissing, WebhooksOff
from domain.access.principal import Principal
from domain.access.rights import Right
from domain.organisations.unit import Unit
from infra.access import keyfile, principals
from infra.access.calling import Connection
from infra.access.refusals import WebhookUnknown
from infra.webhooks import deliveries, kept
from infra.webhooks.kept import Filter, Webhook
from projections.queries.view import Asked

USUAL = 50

router = Routes(tags=["webhooks"])


@router.get("/v1/webhooks", operation_id="webhooks", summary="Webhook 列表 · Webhooks", response_class=Response,
            **openapi.reads(Webhooks, 403))  # fmt: skip
def own(given: Given, caller: Caller) -> Response:
    """本人的和本人负责的服务账号的；系统管理员可见全部。One's own and those of accounts that one answers for; whoever runs the system sees all."""
    with given.pool.connection() as connection:
        return json_response({"webhooks": [fields(one) for one in _in_charge(connection, caller)]})


@router.post("/v1/webhooks", operation_id="webhooks.make", summary="新建 Webhook · Make a webhook", response_class=Response,
             status_code=201, responses={201: openapi.answers(WebhookMade, "已建立 · Made"), **openapi.problems(*REFUSALS)},
             **takes(WebhookNew))  # fmt: skip
def make(given: Given, caller: Caller, proof: ProofOf, said: Annotated[WebhookNew, sent(WebhookNew)]) -> Response:
    """发送的内容不超过账号所能看到的；签名密钥只显示这一次。It sends what the account sees, or less; the secret is shown this once."""
    account = said.account or caller.account
    _require_allowed(given, said.url)
    id, secret = uuid4(), signing.new_secret()
    key = keyfile.webhook_key(given.settings.var_dir)
    with changing(given) as connection:
        kept.make(
            connection,
            proof,
            id=id,
            account=account,
            name=said.name,
            url=said.url,
            wanted=Filter(kinds=said.kinds, topics=said.topics, unit=said.unit, division=said.division),
            sealed=keyfile.seal(key, secret, id.bytes),
            position=_position(given, said.after),
        )
        # Only now: whose account it is not learns nothing of what it may.
        _require_feed(given, principals.of_account(connection, account), said.unit)
    return json_response({"id": id, "secret": signing.shown(secret)}, 201)


def _require_allowed(given: Services, url: str) -> None:
    origins = given.settings.webhook_origins
    if not origins:
        raise WebhooksOff
    if not posting.is_allowed(url, origins):
        raise WebhookElsewhere(origins=list(origins))


def _require_feed(given: Services, principal: Principal | None, unit: UUID | None) -> None:
    under = None if principal is None else principal.under([Right.FEED])
    if under is None or not under.grants:
        raise WebhookFeedMissing
    if unit is not None:
        shown(given, Asked(sight=under.sight), Unit, unit)


def _position(given: Services, after: int | None) -> int:
    head = given.log.head()
    if after is not None and after > head:
        raise PositionUnknown(position=after)
    return head if after is None else after


@router.delete("/v1/webhooks/{id}", operation_id="webhooks.end", summary="停用 Webhook · End a webhook", response_class=Response,
               **openapi.reads(Ended, 403, 404))  # fmt: skip
def end(id: UUID, given: Given, proof: ProofOf) -> Response:
    """不能恢复；投递记录保留一个月。It is not begun again; what became of its deliveries is kept for a month."""
    with changing(given) as connection:
        return json_response({"ended": int(kept.end(connection, proof, id))})


@router.post("/v1/webhooks/{id}/pause", operation_id="webhooks.pause", summary="暂停 · Pause", response_class=Response,
             responses={200: openapi.answers(WebhookAt, "OK"), **openapi.problems(*REFUSALS)})  # fmt: skip
def pause(id: UUID, given: Given, caller: Caller) -> Response:
    """从停下的位置继续，不丢事件。It goes on from where it stopped, without losing anything."""
    with changing(given) as connection:
        found = _one(connection, caller, id)
        kept.pause(connection, id, "by-hand")
    return json_response({"id": id, "position": found.position})


@router.post("/v1/webhooks/{id}/resume", operation_id="webhooks.resume", summary="继续 · Resume", response_class=Response,
             responses={200: openapi.answers(WebhookAt, "OK"), **openapi.problems(*REFUSALS)}, **takes(WebhookResume))  # fmt: skip
def resume(id: UUID, given: Given, caller: Caller, said: Annotated[WebhookResume, sent(WebhookResume)]) -> Response:
    """可从任一位置重新发送。From any position: what was sent before is sent again."""
    position = None if said.after is None else _position(given, said.after)
    with changing(given) as connection:
        found = _one(connection, caller, id)
        kept.resume(connection, id, position)
    return json_response({"id": id, "position": found.position if position is None else position})


@router.get("/v1/webhooks/{id}/deliveries", operation_id="webhooks.deliveries", summary="投递记录 · Deliveries",
            response_class=Response, **openapi.reads(Deliveries, 403, 404))  # fmt: skip
def delivered(
    id: UUID,
    request: Request,
    given: Given,
    caller: Caller,
    before: Annotated[Before | None, Query()] = None,
    limit: Annotated[Limit, Query()] = USUAL,
) -> Response:
    """每次尝试和对方的答复，最近的在前，保留一个月。Each attempt and what was answered, the latest first, for a month."""
    with given.pool.connection() as connection:
        _one(connection, caller, id)
        found = deliveries.page(connection, id, before=before, limit=limit + 1)
    page = found[:limit]
    kept_query = [(name, text) for name, text in request.query_params.multi_items() if name != "before"]
    more = f"{request.url.path}?{urlencode([*kept_query, ('before', page[-1].number)])}" if len(found) > limit else None
    return json_response({"deliveries": [fields(one) for one in page], "next": more})


def _in_charge(connection: Connection, caller: Principal) -> list[Webhook]:
    return kept.everyones(connection) if caller.may(Right.OPERATE) else kept.held_by(connection, caller.account)


def _one(connection: Connection, caller: Principal, id: UUID) -> Any:
    """Rule: what is another's is answered as if it were not there."""
    for one in _in_charge(connection, caller):
        if one.id == id and one.ended_at is None:
            return one
    raise WebhookUnknown
