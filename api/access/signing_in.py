"""Signing in and out: a session of a person's own, in a cookie that no script can read."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api import openapi
from api.access import cookies, csrf
from api.access.answers import Ended, Me, Sessions
from api.access.asking import Entered, Proof, changing, fields, sent, sits_at, takes
from api.access.callers import Entrant
from api.access.sent import SignIn
from api.access.signing_in_refusals import CodeNeeded, SessionUnknown, SignInRefused
from api.composition import Services
from api.dependencies import Given
from api.executing import json_response
from api.routing import Routes
from domain.access.policy import KINDS
from domain.access.rights import Right
from domain.catalogue import COMMANDS
from domain.kernel.errors import InvalidValue
from infra.access import accounts, keyfile, principals, secrets, sessions

router = Routes(tags=["session"])


@router.post(
    "/v1/session",
    operation_id="session.open",
    summary="登录 · Sign in",
    response_class=Response,
    responses={200: openapi.answers(Me, "OK"), **openapi.problems(400, 401, 403, 413, 415, 422, 429, 500, 503)},
    **takes(SignIn),
)
def sign_in(request: Request, given: Given, said: Annotated[SignIn, sent(SignIn)]) -> Response:
    """会话以 Cookie 返回，答复中的 csrf 用于之后的修改请求。The session comes as a cookie; csrf is for requests that change something.

    任何不符都得到同一答复。Whatever does not fit gets one and the same answer; only who knows the password is asked for the code.
    """
    csrf.require_own_page(request, given.settings)
    given.doorkeeper.count_attempt(request)
    key = keyfile.factor_key(given.settings.var_dir)
    where = {"address": sits_at(request), "agent": request.headers.get("user-agent")}
    with changing(given) as connection:
        tried = sessions.sign_in(
            connection, login=_login(said.login), password=said.password, code=said.code, key=key, **where
        )
    if tried.secret is None:
        raise CodeNeeded if tried.outcome == "code-needed" else SignInRefused
    return entering(request, given, tried.secret)


def _login(text: str) -> str:
    """What could be nobody's login is tried all the same, and takes as long."""
    try:
        return accounts.login(text)
    except InvalidValue:
        return ""


def entering(request: Request, given: Services, secret: str) -> Response:
    """The answer to who just came in; the session that this browser had before ends."""
    with changing(given) as connection:
        found = principals.of_session(connection, secret)
        if before := cookies.session_secret(request, given.settings):
            sessions.sign_out(connection, secrets.digest(before))
            given.doorkeeper.forget(before)
    if found is None:
        raise SignInRefused
    answer = json_response(told(Entrant(principal=found[0], session=found[1], secret=secret)))
    cookies.keep_session(answer, secret, given.settings)
    return answer


@router.get(
    "/v1/session",
    operation_id="session",
    summary="当前身份 · Who asks",
    response_class=Response,
    **openapi.reads(Me),
)
def session(entered: Entered) -> Response:
    """账号、会话和权限。The account, its session, and what it may."""
    return json_response(told(entered))


@router.delete(
    "/v1/session",
    operation_id="session.close",
    summary="退出 · Sign out",
    response_class=Response,
    **openapi.reads(Ended, 403),
)
def sign_out(given: Given, entered: Entered, proof: Proof) -> Response:
    """只结束当前会话。Ends the session that asks."""
    with changing(given) as connection:
        ended = sessions.sign_out(connection, proof)
    return _left(given, entered, ended)


@router.get(
    "/v1/sessions",
    operation_id="sessions",
    summary="本人的会话 · One's own sessions",
    response_class=Response,
    **openapi.reads(Sessions, 403),
)
def own_sessions(given: Given, entered: Entered) -> Response:
    """只答复本人的会话，不答复令牌。Told to a session of theirs, and to no token."""
    with given.pool.connection() as connection:
        found = sessions.of(connection, entered.principal.account)
    this = None if entered.session is None else entered.session.id
    return json_response({"sessions": [fields(one) | {"this": one.id == this} for one in found]})


@router.delete(
    "/v1/sessions",
    operation_id="sessions.close",
    summary="全部退出 · Sign out everywhere",
    response_class=Response,
    **openapi.reads(Ended, 403),
)
def sign_out_everywhere(given: Given, entered: Entered, proof: Proof) -> Response:
    """本人的全部会话立即结束。Ends all sessions of one's own."""
    with changing(given) as connection:
        ended = sessions.sign_out(connection, proof, everywhere=True)
    return _left(given, entered, ended)


@router.delete(
    "/v1/sessions/{id}",
    operation_id="sessions.close-one",
    summary="结束一个会话 · End one session",
    response_class=Response,
    **openapi.reads(Ended, 403, 404),
)
def end_one(id: UUID, given: Given, proof: Proof) -> Response:
    """只能结束本人的会话。One of one's own."""
    with changing(given) as connection:
        ended = sessions.sign_out(connection, proof, session=id)
    if not ended:
        raise SessionUnknown
    return json_response({"ended": ended})


def _left(given: Services, entered: Entrant, ended: int) -> Response:
    given.doorkeeper.forget(entered.secret)
    answer = json_response({"ended": ended})
    cookies.forget_session(answer, given.settings)
    return answer


def told(entered: Entrant) -> dict[str, Any]:
    principal, session = entered.principal, entered.session
    return {
        "account": principal.account,
        "login": principal.login,
        "unit": principal.unit,
        "via": principal.via,
        "must_change": entered.must_change,
        "session": None if session is None else fields(session, without="must_change"),
        "csrf": None if session is None else csrf.token(entered.secret),
        "grants": [{"role": grant.role, "division": grant.division, "unit": grant.unit} for grant in principal.grants],
        "reads": sorted(kind for kind in KINDS if principal.may_read(kind)),
        "rights": [right for right in Right if principal.may(right)],
        "commands": [key for key in COMMANDS if principal.sends(key)],
    }
