"""What people do about their own account: its password and its second factor."""

from __future__ import annotations

from typing import Annotated

from fastapi.responses import Response

from api import openapi
from api.access import cookies, signing_in
from api.access.answers import FactorBegun, FactorState, Me
from api.access.asking import Entered, Proof, changing, sent, takes
from api.access.callers import Entrant
from api.access.sent import FactorConfirmation, FactorRemoval, PasswordChange
from api.access.signing_in_refusals import PasswordLocked, PasswordWrong, SignInRefused
from api.dependencies import Given
from api.executing import json_response
from api.routing import Routes
from infra.access import factors, keyfile, principals, sessions, totp

router = Routes(tags=["session"])
_REFUSALS = (400, 403, 409, 413, 415, 422, 500, 503)


@router.post(
    "/v1/me/password",
    operation_id="me.change-password",
    summary="修改口令 · Change one's password",
    response_class=Response,
    responses={200: openapi.answers(Me, "OK"), **openapi.problems(*_REFUSALS)},
    **takes(PasswordChange),
)
def change_password(
    given: Given, entered: Entered, proof: Proof, said: Annotated[PasswordChange, sent(PasswordChange)]
) -> Response:
    """其他会话立即结束，当前会话换用新的 Cookie。Ends the other sessions; this one goes on under a new cookie."""
    login = entered.principal.login
    with changing(given) as connection:
        tried = sessions.change_password(connection, proof, login=login, old=said.old, new=said.new)
    _require_right(tried.outcome)
    given.doorkeeper.forget(entered.secret)
    with given.pool.connection() as connection:
        found = principals.of_session(connection, tried.secret or "")
    if tried.secret is None or found is None:
        raise SignInRefused
    answer = json_response(signing_in.told(Entrant(principal=found[0], session=found[1], secret=tried.secret)))
    cookies.keep_session(answer, tried.secret, given.settings)
    return answer


def _require_right(outcome: str) -> None:
    if outcome == "locked":
        raise PasswordLocked
    if outcome != "right":
        raise PasswordWrong


@router.get(
    "/v1/me/second-factor",
    operation_id="me.second-factor",
    summary="是否启用验证码 · Whether a second factor is in use",
    response_class=Response,
    **openapi.reads(FactorState, 403),
)
def factor(given: Given, entered: Entered) -> Response:
    with given.pool.connection() as connection:
        return json_response({"confirmed": factors.is_confirmed(connection, entered.principal.login)})


@router.post(
    "/v1/me/second-factor",
    operation_id="me.second-factor.begin",
    summary="启用验证码 · Begin a second factor",
    response_class=Response,
    responses={200: openapi.answers(FactorBegun, "OK"), **openapi.problems(403, 409, 422, 500, 503)},
)
def begin_factor(given: Given, entered: Entered, proof: Proof) -> Response:
    """密钥只显示这一次；用第一个验证码确认后生效。The secret is shown this once; a first code confirms it."""
    principal = entered.principal
    key = keyfile.factor_key(given.settings.var_dir)
    with changing(given) as connection:
        secret = factors.begin(connection, proof, account=principal.account, key=key)
    return json_response({"secret": totp.typed(secret), "uri": totp.uri(secret, principal.login)})


@router.post(
    "/v1/me/second-factor/confirm",
    operation_id="me.second-factor.confirm",
    summary="确认验证码 · Confirm a second factor",
    response_class=Response,
    responses={200: openapi.answers(FactorState, "OK"), **openapi.problems(*_REFUSALS)},
    **takes(FactorConfirmation),
)
def confirm_factor(
    given: Given, entered: Entered, proof: Proof, said: Annotated[FactorConfirmation, sent(FactorConfirmation)]
) -> Response:
    """此后登录须另填验证码。From now on signing in takes a code as well."""
    key = keyfile.factor_key(given.settings.var_dir)
    with changing(given) as connection:
        factors.confirm(connection, proof, account=entered.principal.account, key=key, code=said.code)
    return json_response({"confirmed": True})


@router.post(
    "/v1/me/second-factor/remove",
    operation_id="me.second-factor.remove",
    summary="停用验证码 · Remove a second factor",
    response_class=Response,
    responses={200: openapi.answers(FactorState, "OK"), **openapi.problems(*_REFUSALS)},
    **takes(FactorRemoval),
)
def remove_factor(
    given: Given, entered: Entered, proof: Proof, said: Annotated[FactorRemoval, sent(FactorRemoval)]
) -> Response:
    """须再次填写口令。Takes the password again."""
    with changing(given) as connection:
        outcome = factors.remove(connection, proof, login=entered.principal.login, password=said.password)
    _require_right(outcome)
    return json_response({"confirmed": False})
