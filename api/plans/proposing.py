"""A plan sent for approval: its lines are proposed as one, and carried out with the last approval."""

from __future__ import annotations

import json
from typing import Annotated, Any
from uuid import UUID, uuid5

import msgspec
from annotated_types import Len
from fastapi.responses import Response

from api import openapi, scalars
from api.access.asking import Entered, changing
from api.approvals import submitting
from api.bodies import parsed
from api.dependencies import Asked, Given
from api.plans.answers import PlanTold
from api.plans.batch import body
from api.plans.bodies import Looked, sent, takes
from api.plans.papers import REFUSALS, whole
from api.plans.refusals import PlanEmpty
from api.routing import Routes
from domain.access.principal import Principal
from domain.catalogue import COMMANDS
from infra.plans import lines as kept
from infra.plans import store, telling
from infra.plans.lines import Line
from infra.plans.store import Plan
from infra.plans.terms import Part, State

router = Routes(tags=["plans"])

_propose = submitting.endpoint(COMMANDS["proposals.submit"])


class PlanProposed(Looked):
    """`unit`: for whom it is asked. `levels`: the units whose approvers decide, one after the other."""

    unit: scalars.ID
    levels: Annotated[tuple[scalars.ID, ...], Len(1, 5)]


@router.post("/v1/plans/{id:uuid}/submit", operation_id="plans.submit", summary="方案送审 · Send a plan for approval",
             response_class=Response, openapi_extra=takes(PlanProposed),
             responses={200: openapi.answers(PlanTold, "已送审 · Sent for approval"), **openapi.problems(*REFUSALS)})  # fmt: skip
def submit(id: UUID, given: Given, entered: Entered, said: Annotated[Any, sent(PlanProposed)]) -> Response:
    """成为一件呈批件，末级同意时全部办理；退回、驳回或撤回的，见呈批件，驳回和撤回后方案可以再改。

    It becomes a proposal, carried out with the last approval. Refused or taken back, the plan can be changed again.
    """
    account = entered.principal.account
    with changing(given) as connection:
        plan = store.held(connection, account, id, Part.OWNER, version=said["version"])
        lines = kept.of(connection, id)
        if not lines:
            raise PlanEmpty
        answer = _propose(_asked(entered.principal, plan, lines, said), given, None)
        if answer.status_code != 201:  # noqa: PLR2004 -- HTTP: a line that is not as its command requires
            return answer
        proposal = str(msgspec.json.decode(answer.body)["id"])
        store.close(connection, account, id, State.SUBMITTED, proposal=proposal)
        telling.tell(connection, id, "plan-submitted", but=account)
    return whole(given, entered.principal, id)


def _asked(caller: Principal, plan: Plan, lines: list[Line], said: Any) -> Asked:
    """What the caller would ask of `/v1/proposals`."""
    batch = body(plan, lines)
    proposed = {"title": plan.title, "unit": said["unit"], "levels": said["levels"]}
    proposed |= {"commands": batch["commands"], "mandate": batch["mandate"]}
    return Asked(
        principal=caller,
        body=parsed(json.dumps(proposed, ensure_ascii=False).encode()),
        command_id=uuid5(plan.id, f"proposed {plan.version}"),
        expected_version=None,
        method="POST",
        path="/v1/proposals",
    )
