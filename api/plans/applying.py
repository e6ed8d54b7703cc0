"""A plan applied, all or nothing: sent as one batch by somebody who may send all of it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi.responses import Response

from api import openapi
from api.access.asking import Entered, changing
from api.batches.routes import together
from api.composition import Services
from api.dependencies import Given
from api.executing import json_response
from api.plans import told
from api.plans.answers import PlanHead
from api.plans.batch import asked_as, batch_of
from api.plans.bodies import Looked, sent, takes
from api.plans.papers import REFUSALS
from api.plans.refusals import PlanEmpty
from api.routing import Routes
from domain.access.principal import Principal
from infra.access.calling import Connection
from infra.plans import lines as kept
from infra.plans import store
from infra.plans.lines import Line
from infra.plans.store import Plan
from infra.plans.terms import Part, State

router = Routes(tags=["plans"])


@router.post("/v1/plans/{id:uuid}/apply", operation_id="plans.apply", summary="办理方案 · Apply a plan", response_class=Response,
             openapi_extra=takes(Looked),
             responses={200: openapi.answers(PlanHead, "已办理 · Applied"), **openapi.problems(*REFUSALS)})  # fmt: skip
def apply(id: UUID, given: Given, entered: Entered, said: Annotated[Any, sent(Looked)]) -> Response:
    """全部办理，或一行也不办理；按办理人自己的权限逐行核对。`version` 是核对过的版本，之后有人改过的不办理。

    All of it or nothing, under the rights of whoever applies. `version` is the one that was checked: a plan changed since is not
    applied. Applied again, it answers the same and writes nothing.
    """
    account = entered.principal.account
    with changing(given) as connection:
        if _is_applied(connection, account, id):
            return _told(connection, account, id)
        # Held until the log has answered: nobody changes meanwhile what is being sent.
        plan = store.held(connection, account, id, Part.OWNER, version=said["version"])
        refused = _sent(given, entered.principal, plan, kept.of(connection, id))
        if refused is not None:
            return refused
        store.settle(connection, id, by=account)
        store.did(connection, id, account, "applied")
        return _told(connection, account, id)


def _told(connection: Connection, account: UUID, id: UUID) -> Response:
    """Its head alone: no view knows yet what was just recorded."""
    return json_response(told.plan(store.find(connection, account, id)))


def _is_applied(connection: Connection, account: UUID, id: UUID) -> bool:
    store.settle(connection, id)
    return store.find(connection, account, id).state == State.APPLIED


def _sent(given: Services, caller: Principal, plan: Plan, lines: list[Line]) -> Response | None:
    """Nothing when it is recorded; else why not, and in which line."""
    if not lines:
        raise PlanEmpty
    asked = asked_as(caller, plan, lines)
    answer = together(batch_of(asked, given), asked, given)
    return answer if isinstance(answer, Response) else None
