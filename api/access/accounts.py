"""Accounts, for the system administrator: made without rights, closed and opened, linked and unlinked, never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final, TypeAlias
from urllib.parse import urlencode
from uuid import UUID

import psycopg
from annotated_types import Len
from fastapi import Query, Request
from fastapi.responses import Response
from psycopg.rows import TupleRow
from pydantic import Field

from api import openapi, scalars
from api.access.answers import AccountDetail, Accounts, OneTimePassword
from api.access.asking import Proof, changing, fields, sent, takes
from api.access.sent import AccountChange, AccountNew, IdentityNew
from api.angles.asking import YesNo, one_of
from api.dependencies import Given
from api.executing import json_response
from api.routing import Routes
from infra.access import accounts, factors, grants, identities, listing, sessions
from infra.access.listing import STATES, Wanted
from infra.access.refusals import AccountUnknown

MOST: Final = 500
USUAL: Final = 100
_Words: Any = scalars.text((Len(0, 200),))
_State: Any = one_of(*STATES)
_Ids: TypeAlias = Annotated[list[scalars.ID], Len(1, MOST)]

router = Routes(tags=["access"])
_ONE: Final = "/v1/access/accounts/{id}"
_REFUSALS: Final = (400, 403, 404, 409, 413, 415, 422, 500, 503)
DETAIL: Final[dict[str, Any]] = {
    "responses": {200: openapi.answers(AccountDetail, "OK"), **openapi.problems(*_REFUSALS)}
}
_PASSWORD: Final[dict[str, Any]] = {
    "responses": {200: openapi.answers(OneTimePassword, "OK"), **openapi.problems(*_REFUSALS)}
}


@router.get(
    "/v1/access/accounts",
    operation_id="accounts",
    summary="账号 · Accounts",
    response_class=Response,
    **openapi.reads(Accounts, 403),
)
def every_account(
    request: Request,
    given: Given,
    q: Annotated[_Words | None, Query(description="登录名、姓名或单位含此 · In the login, name or unit")] = None,
    state: Annotated[_State | None, Query()] = None,
    id: Annotated[_Ids | None, Query()] = None,
    people: Annotated[YesNo, Query(description="不含服务账号 · Without service accounts")] = "false",
    after: Annotated[_Words | None, Query(description="登录名排在此后 · Logins after this one")] = None,
    limit: Annotated[int, Field(ge=1, le=MOST), Query()] = USUAL,
) -> Response:
    """三员可见，按登录名排列。For those who administer, by their logins."""
    wanted = Wanted(words=(q or "").strip(), state=state, ids=id, people=people == "true")
    with given.pool.connection() as connection:
        found = listing.page(connection, wanted, after or "", limit + 1)
        counts = listing.counts(connection, wanted)
        roles = _roles(connection, found)
    told = [{**fields(one), "roles": roles.get(one.id, [])} for one in found[:limit]]
    next = _after(request, told[-1]["login"]) if len(found) > limit else None
    return json_response({"accounts": told, "counts": counts, "next": next})


def _roles(connection: psycopg.Connection[TupleRow], of: Sequence[accounts.Account]) -> dict[UUID, list[str]]:
    """Each once, in the order in which they were given."""
    found: dict[UUID, dict[str, None]] = {}
    for one in grants.of_all(connection, (account.id for account in of)):
        found.setdefault(one.account, {})[one.role] = None
    return {account: list(roles) for account, roles in found.items()}


def _after(request: Request, login: str) -> str:
    kept = [(name, text) for name, text in request.query_params.multi_items() if name != "after"]
    return f"{request.url.path}?{urlencode([*kept, ('after', login)])}"


@router.get(_ONE, operation_id="account", summary="一个账号 · One account", response_class=Response, **DETAIL)
def account(id: UUID, given: Given) -> Response:
    """连同授权和关联的身份。With its grants and identities."""
    with given.pool.connection() as connection:
        return told(connection, id)


@router.post(
    "/v1/access/accounts",
    operation_id="accounts.make",
    summary="新建账号 · Make an account",
    response_class=Response,
    status_code=201,
    responses={201: openapi.answers(AccountDetail, "已建立 · Made"), **openapi.problems(*_REFUSALS)},
    **takes(AccountNew),
)
def make(given: Given, proof: Proof, said: Annotated[AccountNew, sent(AccountNew)]) -> Response:
    """新账号没有任何权限，由安全管理员授权。It has no rights: the security administrator gives them."""
    login = accounts.login(said.login)
    with changing(given) as connection:
        made = accounts.make(
            connection, proof, login=login, name=said.name, unit=said.unit, service=said.service, holder=said.holder
        )
        return told(connection, made, 201)


@router.post(
    f"{_ONE}/change",
    operation_id="accounts.change",
    summary="修改账号 · Change an account",
    response_class=Response,
    **DETAIL,
    **takes(AccountChange),
)
def change(id: UUID, given: Given, proof: Proof, said: Annotated[AccountChange, sent(AccountChange)]) -> Response:
    """更换责任人后，原责任人建立的令牌失效。With another holder, the tokens that the one before made end."""
    with changing(given) as connection:
        accounts.change(connection, proof, id, name=said.name, unit=said.unit, holder=said.holder)
        return told(connection, id)


@router.post(
    f"{_ONE}/disable", operation_id="accounts.disable", summary="停用 · Close", response_class=Response, **DETAIL
)
def disable(id: UUID, given: Given, proof: Proof) -> Response:
    """其会话和令牌立即失效。Its sessions end and its tokens open nothing."""
    with changing(given) as connection:
        accounts.disable(connection, proof, id)
        return told(connection, id)


@router.post(
    f"{_ONE}/enable", operation_id="accounts.enable", summary="启用 · Open again", response_class=Response, **DETAIL
)
def enable(id: UUID, given: Given, proof: Proof) -> Response:
    with changing(given) as connection:
        accounts.enable(connection, proof, id)
        return told(connection, id)


@router.post(
    f"{_ONE}/unlock", operation_id="accounts.unlock", summary="解锁 · Unlock", response_class=Response, **DETAIL
)
def unlock(id: UUID, given: Given, proof: Proof) -> Response:
    """口令多次输错而锁定的，立即可以再试。After too many wrong passwords: the next try is at once."""
    with changing(given) as connection:
        accounts.unlock(connection, proof, id)
        return told(connection, id)


@router.post(
    f"{_ONE}/sign-out",
    operation_id="accounts.sign-out",
    summary="结束全部会话 · End all sessions",
    response_class=Response,
    **DETAIL,
)
def sign_out(id: UUID, given: Given, proof: Proof) -> Response:
    with changing(given) as connection:
        sessions.end(connection, proof, id)
        return told(connection, id)


@router.post(
    f"{_ONE}/reset-password",
    operation_id="accounts.reset-password",
    summary="发给一次性口令 · Hand out a one-time password",
    response_class=Response,
    **_PASSWORD,
)
def reset_password(id: UUID, given: Given, proof: Proof) -> Response:
    """口令只显示这一次，首次登录须修改。授权待安全管理员确认后恢复。

    Shown this once, and changed at the first sign-in. What was granted rests until the security administrator confirms.
    """
    with changing(given) as connection:
        password = sessions.set_one_time(connection, proof, id)
    return json_response({"password": password})


@router.post(
    f"{_ONE}/remove-second-factor",
    operation_id="accounts.remove-second-factor",
    summary="停用其验证码 · Remove its second factor",
    response_class=Response,
    **DETAIL,
)
def remove_factor(id: UUID, given: Given, proof: Proof) -> Response:
    """丢失手机时使用。For somebody who lost theirs."""
    with changing(given) as connection:
        factors.remove_of(connection, proof, id)
        return told(connection, id)


@router.post(
    f"{_ONE}/identities",
    operation_id="identities.link",
    summary="关联统一身份 · Link an identity",
    response_class=Response,
    **DETAIL,
    **takes(IdentityNew),
)
def link(id: UUID, given: Given, proof: Proof, said: Annotated[IdentityNew, sent(IdentityNew)]) -> Response:
    """以统一认证的签发者和主体标识关联，不能关联管理员账号。By issuer and subject; never of an administrator."""
    with changing(given) as connection:
        identities.link(connection, proof, id, issuer=said.issuer, subject=said.subject)
        return told(connection, id)


@router.post(
    f"{_ONE}/identities/unlink",
    operation_id="identities.unlink",
    summary="取消关联 · Unlink an identity",
    response_class=Response,
    **DETAIL,
    **takes(IdentityNew),
)
def unlink(id: UUID, given: Given, proof: Proof, said: Annotated[IdentityNew, sent(IdentityNew)]) -> Response:
    """以它打开的会话立即结束。Ends the sessions that it opened."""
    with changing(given) as connection:
        identities.unlink(connection, proof, issuer=said.issuer, subject=said.subject)
        return told(connection, id)


def told(connection: psycopg.Connection[TupleRow], id: UUID, status: int = 200) -> Response:
    """An account with its grants and identities, as it is now."""
    found = accounts.found(connection, id)
    if found is None:
        raise AccountUnknown
    said = {
        **fields(found),
        "grants": [fields(one) for one in grants.of(connection, id)],
        "identities": [fields(one) for one in identities.of(connection, id)],
    }
    return json_response(said, status)
