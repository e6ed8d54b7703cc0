"""Signing in at a single sign-on: there, and back to one address of ours. Nothing in a request says where to go then."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response

from api import openapi
from api.access import cookies
from api.access.answers import Me
from api.access.asking import changing, sits_at
from api.access.signing_in import entering
from api.access.signing_in_refusals import ElsewhereRefused, NoProvider, ProviderAway
from api.composition import Services
from api.dependencies import Given
from api.routing import Routes
from infra.access import sessions
from infra.access.openid import Identity, Journey, Provider, Unproven
from infra.access.openid_http import ProviderFailed

log = logging.getLogger(__name__)
router = Routes(tags=["session"])

_Text = Annotated[str | None, Query(max_length=2000)]


@router.get(
    "/v1/session/openid",
    operation_id="session.openid",
    summary="统一身份登录 · Sign in at the single sign-on",
    response_class=Response,
    responses={303: {"description": "去统一认证 · To the single sign-on"}, **openapi.problems(404, 422, 429, 500, 503)},
)
def depart(request: Request, given: Given) -> Response:
    """转到设置中的统一认证。To the provider that the settings name."""
    provider, journey = _provider(given), Journey.begin()
    given.doorkeeper.count_attempt(request)
    try:
        address = provider.address(journey)
    except ProviderFailed as error:
        log.warning("the identity provider failed: %s", error)
        raise ProviderAway from error
    answer = RedirectResponse(address, status_code=303)
    cookies.keep_journey(answer, journey.cookie, given.settings)
    return answer


@router.get(
    "/v1/session/openid/callback",
    operation_id="session.openid.callback",
    summary="从统一认证返回 · Back from the single sign-on",
    response_class=Response,
    responses={200: openapi.answers(Me, "OK"), **openapi.problems(401, 404, 422, 429, 500, 503)},
)
def arrive(request: Request, given: Given, code: _Text = None, state: _Text = None, iss: _Text = None) -> Response:
    """只认事先关联到账号的身份。Only an identity that was linked to an account beforehand opens a session."""
    provider = _provider(given)
    given.doorkeeper.count_attempt(request)
    identity = _identity(provider, Journey(cookies.journey(request, given.settings)), code, state, iss)
    where = {"address": sits_at(request), "agent": request.headers.get("user-agent")}
    with changing(given) as connection:
        tried = sessions.sign_in_as(connection, issuer=identity.issuer, subject=identity.subject, **where)
    if tried.secret is None:
        raise ElsewhereRefused
    answer = entering(request, given, tried.secret)
    cookies.forget_journey(answer, given.settings)
    return answer


def _identity(provider: Provider, journey: Journey, code: str | None, state: str | None, iss: str | None) -> Identity:
    try:
        return provider.identity(journey, code=code or "", state=state or "", issuer=iss)
    except (Unproven, ProviderFailed) as error:
        log.warning("an identity was not proven: %s", error)
        raise ElsewhereRefused from error


def _provider(given: Services) -> Provider:
    if given.provider is None:
        raise NoProvider
    return given.provider
