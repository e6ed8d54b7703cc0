"""Grants, for the security administrator; and the policy that they give, for everybody who is signed in."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi.responses import Response

from api import openapi
from api.access import accounts
from api.access.answers import Ended, GrantMade, Roles
from api.access.asking import Proof, changing, sent, takes
from api.access.sent import GrantNew
from api.dependencies import Given
from api.executing import json_response
from api.routing import Routes
from domain.access.policy import POLICY, commands_of
from domain.access.principal import Grant
from domain.access.rights import Right
from domain.access.roles import ADMINISTRATORS, BY_NAME, Role
from domain.kernel.errors import InvalidValue
from infra.access import grants

router = Routes(tags=["access"])


class OnePlace(InvalidValue):
    code = "grant-in-one-place"
    field = "unit"
    zh = "一项授权只能限定一个范围：区划或单位，二者选一，都不填为全区。"
    en = "A grant has one place: a division or a unit, or neither for everywhere."


@router.get(
    "/v1/access/roles",
    operation_id="roles",
    summary="角色与权限 · Roles and what they may",
    response_class=Response,
    **openapi.reads(Roles),
)
def roles() -> Response:
    """权限表本身。The policy itself."""
    return json_response({"roles": [_told(role) for role in Role]})


def _told(role: Role) -> dict[str, Any]:
    allowed, commands = POLICY[role], commands_of(role)
    return {
        **_term(role),
        "administers": role in ADMINISTRATORS,
        "reads": sorted(allowed.reads),
        "rights": [_term(right) for right in Right if right in allowed.rights],
        "commands": sorted(commands),
    }


def _term(term: Role | Right) -> dict[str, str]:
    return {"key": term.value, "zh": term.zh, "en": term.en}


@router.post(
    "/v1/access/accounts/{id}/grants",
    operation_id="grants.give",
    summary="授予角色 · Give a role",
    response_class=Response,
    responses={200: openapi.answers(GrantMade, "OK"), **openapi.problems(400, 403, 404, 409, 413, 415, 422, 500, 503)},
    **takes(GrantNew),
)
def give(id: UUID, given: Given, proof: Proof, said: Annotated[GrantNew, sent(GrantNew)]) -> Response:
    """不能授予自己；三员各自独立，不兼其他角色。Not to oneself; the three administrators are apart from each other and from all else."""
    if said.division is not None and said.unit is not None:
        raise OnePlace
    grant = Grant(role=BY_NAME[said.role], division=said.division, unit=said.unit)
    with changing(given) as connection:
        return json_response({"id": grants.give(connection, proof, id, grant)})


@router.delete(
    "/v1/access/grants/{id}",
    operation_id="grants.take",
    summary="收回角色 · Take a role back",
    response_class=Response,
    **openapi.reads(Ended, 403, 404, 409),
)
def take(id: UUID, given: Given, proof: Proof) -> Response:
    with changing(given) as connection:
        grants.take(connection, proof, id)
    return json_response({"ended": 1})


@router.post(
    "/v1/access/accounts/{id}/confirm",
    operation_id="accounts.confirm",
    summary="确认账号 · Confirm an account",
    response_class=Response,
    **accounts.DETAIL,
)
def confirm(id: UUID, given: Given, proof: Proof) -> Response:
    """核实是本人后，暂停的授权恢复。After it was made sure who came in: what was granted holds again."""
    with changing(given) as connection:
        grants.confirm(connection, proof, id)
        return accounts.told(connection, id)
