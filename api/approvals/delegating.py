"""Making somebody one's deputy from one day to another: they decide on proposals as oneself could, under their own name."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi.responses import Response

from api import openapi
from api.access.answers import Ended
from api.access.asking import Entered, Proof, changing, fields, sent, takes
from api.approvals.answers import Deputies, DeputyMade
from api.approvals.sent import DeputyNew
from api.dependencies import Given
from api.executing import json_response
from api.notices import matters
from api.routing import Routes
from infra.access import deputies

router = Routes(tags=["session"])

PAGE = "/inbox/deputies"
"""Where whoever is told of it reads more."""


@router.get(
    "/v1/me/deputies",
    operation_id="me.deputies",
    summary="委托 · Deputies",
    response_class=Response,
    **openapi.reads(Deputies, 403),
)
def own_deputies(given: Given, entered: Entered) -> Response:
    """本人委托的，和委托给本人的；须本人登录。Those that one made, and those who made one theirs."""
    login, account = entered.principal.login, entered.principal.account
    with given.pool.connection() as connection:
        found = deputies.of(connection, account)
    made, acting = ([fields(one) for one in found if (one.login == login) is own] for own in (True, False))
    return json_response({"made": made, "acting_for": acting})


@router.post(
    "/v1/me/deputies",
    operation_id="me.deputies.make",
    summary="委托他人代为审批 · Make a deputy",
    response_class=Response,
    status_code=201,
    responses={
        201: openapi.answers(DeputyMade, "已委托 · Made"),
        **openapi.problems(400, 403, 404, 409, 413, 415, 422, 500, 503),
    },
    **takes(DeputyNew),
)
def make(given: Given, proof: Proof, said: Annotated[DeputyNew, sent(DeputyNew)]) -> Response:
    """受托人也须是审批人；只能代为审批呈批件，范围不超过委托人本人，每次审批都记明代谁办理。

    The deputy is an approver as well, decides on proposals only and as far as one could oneself; each decision says on whose behalf.
    """
    with changing(given) as connection:
        made = deputies.make(connection, proof, deputy=said.deputy, from_day=said.from_day, until_day=said.until_day)
        matters.tell(connection, deputies.deputy_of(connection, made), "deputy-made", PAGE)
    return json_response({"id": made}, 201)


@router.delete(
    "/v1/me/deputies/{id}",
    operation_id="me.deputies.end",
    summary="结束委托 · End a deputy's time",
    response_class=Response,
    **openapi.reads(Ended, 403, 404),
)
def end(id: UUID, given: Given, proof: Proof) -> Response:
    """立即生效。At once."""
    with changing(given) as connection:
        ended = deputies.end(connection, proof, id)
        if ended:
            matters.tell(connection, deputies.deputy_of(connection, id), "deputy-ended", PAGE)
    return json_response({"ended": int(ended)})
