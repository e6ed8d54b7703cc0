"""Tokens: what programs come in with. One's own, and those of the service accounts that one answers for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi.responses import Response

from api import openapi
from api.access.answers import Ended, TokenMade, Tokens
from api.access.asking import Entered, Proof, changing, fields, sent, takes
from api.access.sent import TokenNew
from api.dependencies import Given
from api.executing import json_response
from api.routing import Routes
from domain.access.principal import Narrowed
from domain.access.rights import Right
from infra.access import tokens

router = Routes(tags=["access"])


@router.get(
    "/v1/access/tokens",
    operation_id="tokens",
    summary="令牌 · Tokens",
    response_class=Response,
    **openapi.reads(Tokens, 403),
)
def own_tokens(given: Given, entered: Entered) -> Response:
    """本人的，以及本人负责的服务账号的；须本人登录。One's own, and those of the service accounts that one answers for: no token is told."""
    with given.pool.connection() as connection:
        found = tokens.held_by(connection, entered.principal.account)
    return json_response({"tokens": [fields(one) for one in found]})


@router.post(
    "/v1/access/tokens",
    operation_id="tokens.make",
    summary="新建令牌 · Make a token",
    response_class=Response,
    status_code=201,
    responses={
        201: openapi.answers(TokenMade, "已建立 · Made"),
        **openapi.problems(400, 403, 404, 409, 413, 415, 422, 500, 503),
    },
    **takes(TokenNew),
)
def make(given: Given, entered: Entered, proof: Proof, said: Annotated[TokenNew, sent(TokenNew)]) -> Response:
    """令牌的权限不会超过账号的权限，须有期限；密文只显示这一次。

    It carries what the account may, or less, and for so many days; its secret is shown this once.
    """
    narrowed = Narrowed(
        kinds=None if said.kinds is None else frozenset(said.kinds),
        rights=None if said.rights is None else frozenset(right for right in Right if right in said.rights),
        commands=None if said.commands is None else frozenset(said.commands),
    )
    with changing(given) as connection:
        secret = tokens.create(
            connection,
            proof,
            account=said.account or entered.principal.account,
            name=said.name,
            # A minute less, so that the last day that may be asked for is never a moment too much.
            expires=datetime.now(UTC) + timedelta(days=said.days, minutes=-1),
            narrowed=narrowed,
        )
    return json_response({"secret": secret}, 201)


@router.delete(
    "/v1/access/tokens/{id}",
    operation_id="tokens.revoke",
    summary="吊销令牌 · Revoke a token",
    response_class=Response,
    **openapi.reads(Ended, 403, 404),
)
def revoke(id: UUID, given: Given, proof: Proof) -> Response:
    """几秒内失效。It opens nothing any more within seconds."""
    with changing(given) as connection:
        revoked = tokens.revoke(connection, proof, id)
    return json_response({"ended": int(revoked)})
