"""Plans themselves: those that one is a member of, a new one, what it says of itself, and what was done to it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi.responses import Response

from api import openapi
from api.access.asking import Entered, changing
from api.composition import Services
from api.dependencies import Given
from api.executing import json_response
from api.plans import told
from api.plans.answers import PlanDeeds, PlansTold, PlanTold
from api.plans.bodies import Expected, PlanSaid, sent, takes
from api.plans.sight import seen_by
from api.routing import Routes
from domain.access.principal import Principal
from infra.plans import lines as kept
from infra.plans import store
from infra.plans.terms import Part, State

REFUSALS = (400, 403, 404, 409, 412, 413, 415, 422, 500, 503)

router = Routes(tags=["plans"])


@router.get("/v1/plans", operation_id="plans", summary="我的方案 · Plans that one is a member of", response_class=Response,
            **openapi.reads(PlansTold, 403))  # fmt: skip
def plans(given: Given, entered: Entered) -> Response:
    """最近改过的在前。The one changed last first."""
    with given.pool.connection() as connection:
        found = store.of(connection, entered.principal.account)
    return json_response({"plans": [told.plan(one) for one in found]})


@router.post("/v1/plans", operation_id="plans.make", summary="建立方案 · Make a plan", response_class=Response, status_code=201,
             responses={201: openapi.answers(PlanTold, "已建立 · Made"), **openapi.problems(*REFUSALS)},
             openapi_extra=takes(PlanSaid))  # fmt: skip
def make(given: Given, entered: Entered, said: Annotated[Any, sent(PlanSaid)]) -> Response:
    """建立者为负责人。Whoever makes it owns it."""
    with changing(given) as connection:
        id = store.make(
            connection,
            entered.principal.account,
            title=said["title"],
            note=said.get("note", ""),
            mandate=said["mandate"],
        )
    return whole(given, entered.principal, id, status=201, headers={"Location": f"/v1/plans/{id}"})


@router.get("/v1/plans/{id:uuid}", operation_id="plan", summary="一个方案 · One plan", response_class=Response,
            **openapi.reads(PlanTold, 403, 404))  # fmt: skip
def plan(id: UUID, given: Given, entered: Entered) -> Response:
    """标题、依据、成员、各行。超出本人可见范围的行只说明有这一行。

    Title, mandate, members and lines. Of a line about what the caller may not see nothing is told but that it is there.
    """
    return whole(given, entered.principal, id)


@router.put("/v1/plans/{id:uuid}", operation_id="plans.say", summary="修改标题、说明和依据 · Change title, note and mandate",
            response_class=Response, responses={200: openapi.answers(PlanTold, "OK"), **openapi.problems(*REFUSALS)},
            openapi_extra=takes(PlanSaid, versioned=True))  # fmt: skip
def say(id: UUID, given: Given, entered: Entered, expected: Expected, said: Annotated[Any, sent(PlanSaid)]) -> Response:
    account = entered.principal.account
    with changing(given) as connection:
        store.held(connection, account, id, Part.EDITOR, version=expected)
        store.say(connection, account, id, title=said["title"], note=said.get("note", ""), mandate=said["mandate"])
    return whole(given, entered.principal, id)


@router.post("/v1/plans/{id:uuid}/drop", operation_id="plans.drop", summary="放弃方案 · Drop the plan", response_class=Response,
             responses={200: openapi.answers(PlanTold, "OK"), **openapi.problems(403, 404, 409, 422, 500, 503)})  # fmt: skip
def drop(id: UUID, given: Given, entered: Entered) -> Response:
    """放弃的方案仍可查看，不能再改。One that is dropped can still be read."""
    account = entered.principal.account
    with changing(given) as connection:
        store.held(connection, account, id, Part.OWNER)
        store.close(connection, account, id, State.DROPPED)
    return whole(given, entered.principal, id)


@router.get("/v1/plans/{id:uuid}/deeds", operation_id="plans.deeds", summary="谁在何时改了什么 · Who changed what, when",
            response_class=Response, **openapi.reads(PlanDeeds, 403, 404))  # fmt: skip
def deeds(id: UUID, given: Given, entered: Entered) -> Response:
    """含留言；新的在前。Remarks too; the newest first."""
    with given.pool.connection() as connection:
        store.find(connection, entered.principal.account, id)
        found, lines = store.deeds(connection, id), kept.of(connection, id)
    seen = seen_by(given, entered.principal, lines, *(one.before for one in found))
    return json_response({"deeds": [told.deed(one, seen) for one in found]})


def whole(
    given: Services, caller: Principal, id: UUID, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """The plan with all that belongs to it."""
    with changing(given) as connection:
        store.settle(connection, id)
        found = store.find(connection, caller.account, id)
        members, lines = store.members(connection, id), kept.of(connection, id)
    said = {
        **told.plan(found),
        "members": told.members(members),
        "content": told.lines(lines, seen_by(given, caller, lines)),
    }
    return json_response(said, status, {"ETag": f'"{found.version}"', **(headers or {})})
