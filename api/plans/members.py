"""Who works on a plan, and what they say to each other about it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path
from fastapi.responses import Response

from api import openapi
from api.access.asking import Entered, changing
from api.dependencies import Given
from api.plans.answers import PlanDeeds, PlanTold
from api.plans.bodies import PartGiven, Remark, sent, takes
from api.plans.papers import REFUSALS, deeds, whole
from api.routing import Routes
from infra.plans import lines as kept
from infra.plans import store
from infra.plans.terms import PARTS, Part

router = Routes(tags=["plans"])
_MEMBER = "/v1/plans/{id:uuid}/members/{login}"
Login = Annotated[str, Path(min_length=1, max_length=64)]


@router.put(_MEMBER, operation_id="plans.join", summary="加入成员或调整分工 · Add a member, or change their part",
            response_class=Response, openapi_extra=takes(PartGiven),
            responses={200: openapi.answers(PlanTold, "OK"), **openapi.problems(*REFUSALS)})  # fmt: skip
def join(id: UUID, login: Login, given: Given, entered: Entered, said: Annotated[Any, sent(PartGiven)]) -> Response:
    """负责人管理成员和办理，编辑改各行，查看只看和留言。Owners manage members and apply; editors write lines; readers read and remark."""
    account = entered.principal.account
    with changing(given) as connection:
        store.held(connection, account, id, Part.OWNER)
        store.join(connection, account, id, login, PARTS[said["part"]])
    return whole(given, entered.principal, id)


@router.delete(_MEMBER, operation_id="plans.leave", summary="移出成员 · Remove a member", response_class=Response,
               responses={200: openapi.answers(PlanTold, "OK"), **openapi.problems(401, 403, 404, 409, 422, 500, 503)})  # fmt: skip
def leave(id: UUID, login: Login, given: Given, entered: Entered) -> Response:
    account = entered.principal.account
    with changing(given) as connection:
        store.held(connection, account, id, Part.OWNER)
        store.leave(connection, account, id, login)
    return whole(given, entered.principal, id)


@router.post("/v1/plans/{id:uuid}/remarks", operation_id="plans.remark", summary="留言 · Say something about it",
             response_class=Response, openapi_extra=takes(Remark),
             responses={200: openapi.answers(PlanDeeds, "OK"), **openapi.problems(*REFUSALS)})  # fmt: skip
def remark(id: UUID, given: Given, entered: Entered, said: Annotated[Any, sent(Remark)]) -> Response:
    """所有成员可见，不能修改。Every member reads it; it cannot be changed."""
    account, line = entered.principal.account, said.get("line")
    with changing(given) as connection:
        store.held(connection, account, id, Part.READER)
        about = None if line is None else kept.find(connection, id, UUID(line)).id
        store.did(connection, id, account, "remarked", line=about, words=said["words"])
    return deeds(id, given, entered)
