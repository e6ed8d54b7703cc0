"""The one door: every request passes here before anything else is looked at, and nothing passes that is not in `api/needs.py`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import FastAPI, Request, Security
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials
from starlette.concurrency import run_in_threadpool

from api.access.callers import Entrant
from api.composition import Services
from api.dependencies import Given, known_parameters, path_id, require_known_parameters
from api.directory import Directory
from api.door_refusals import (
    KindNotAllowed,
    NotAllowed,
    PasswordMustChange,
    RightMissing,
    SessionNeeded,
    TokenOnly,
    not_sent,
)
from api.exports.asking import wants_file
from api.need import TOKEN_PARAMETER, Need
from api.needs import NEEDS
from api.page_names import PAGES
from domain.access.principal import Principal
from domain.access.rights import RECORDED, Right
from domain.catalogue import AGGREGATES, COMMANDS
from infra.access import records

OPEN_PATHS = frozenset({"/v1/openapi.json"})
"""What the framework answers itself: the description of the API, which says nothing of what is in it."""

_KINDS = {cls.kind: cls for cls in AGGREGATES}

# Documents the scheme; the doorkeeper reads the header itself, so that every failure is told in the same way.
_BEARER = HTTPBearer(auto_error=False, scheme_name="token", description="`./dev accounts token create`")


class Undeclared(Exception):
    """An operation without a line in `NEEDS`, or a line without its operation."""


def require_declared(app: FastAPI) -> None:
    """Rule: no route without a policy. Checked when the application is made, so that it cannot be forgotten."""
    wrong = (operations(app) - OPEN_PATHS) ^ (NEEDS.keys() | PAGES)
    if wrong:
        raise Undeclared(f"operations and api/needs.py differ: {sorted(wrong)}")
    beside = sorted(route.path for route in app.routes if isinstance(route, APIRoute) and not _is_at_the_door(route))
    if beside:
        raise Undeclared(f"routes that do not lead through the door: {beside}")


def operations(app: FastAPI) -> set[str]:
    """All that the application answers: the ids of its operations, and the paths of what has none."""
    found = (route for route in app.routes if not isinstance(route, Directory))
    return {str(getattr(route, "operation_id", None) or getattr(route, "path", route)) for route in found}


def _is_at_the_door(route: APIRoute) -> bool:
    return any(each.dependency is admit for each in route.dependencies)


async def admit(
    request: Request, given: Given, _: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]
) -> None:
    """Lets in whoever has what the operation needs, notes what must be noted, and tells endpoints who is asking.

    Like all that endpoints ask for it takes no thread of its own, unless the database must be asked: a thread takes longer
    than what is done in it.
    """
    if request.scope["route"].operation_id in PAGES:
        return
    need = _need(request)
    if need.anybody:
        given.doorkeeper.count_stranger(request)
        return
    entrant = request.state.entrant = await given.doorkeeper.admit(request)
    try:
        principal = request.state.principal = _allowed(request, entrant)
    except NotAllowed as refusal:
        await run_in_threadpool(_note_refusal, request, given, entrant, refusal)
        raise
    if not need.foreign:
        require_known_parameters(request)
    if used := _used(request, need, principal):
        await run_in_threadpool(_note, request, given, principal, used)


def still_in(request: Request, given: Services) -> Principal:
    """Asked again of whoever stays and listens, as far as it may: what was let in once may not be for ever."""
    entrant = given.doorkeeper.known(request)
    try:
        return _allowed(request, entrant)
    except NotAllowed as refusal:
        _note_refusal(request, given, entrant, refusal)
        raise


def _allowed(request: Request, entrant: Entrant) -> Principal:
    """The caller, as far as it may ask this."""
    if entrant.must_change and not _need(request).own:
        raise PasswordMustChange
    if entrant.session is None and _need(request).in_person:
        raise SessionNeeded
    if entrant.session is not None and _need(request).by_program:
        raise TokenOnly
    return _as_far_as_allowed(request, entrant.principal)


def _note(request: Request, given: Services, principal: Principal, used: frozenset[Right]) -> None:
    with given.pool.connection() as connection:
        for right in sorted(used):
            records.note(connection, principal, right, subject=path_id(request), **_told(request))


def _note_refusal(request: Request, given: Services, entrant: Entrant, refusal: NotAllowed) -> None:
    with given.pool.connection() as connection:
        records.refused(connection, entrant.principal, code=refusal.code, **_told(request))


def _told(request: Request) -> dict[str, Any]:
    """What a record says of a request: which operation, from where, and in which words."""
    is_secret = TOKEN_PARAMETER in request.query_params
    address = request.url.remove_query_params(TOKEN_PARAMETER) if is_secret else request.url
    return {
        "operation": request.scope["route"].operation_id,
        "address": None if request.client is None else request.client.host,
        "asked": f"{request.method} {address.path}" + (f"?{address.query}" if address.query else ""),
    }


def _as_far_as_allowed(request: Request, principal: Principal) -> Principal:
    """With those grants only under which it has every right that is needed."""
    need = _need(request)
    wanted = _rights(request, need)
    under = principal.under(wanted)
    if under is None:
        raise _missing(principal, wanted)
    if need.one_of and not any(under.may(right) for right in need.one_of):
        raise _missing(principal, need.one_of)
    if need.kinds and not any(under.may_read(kind) for kind in need.kinds):
        raise _kinds_missing(need.kinds)
    if need.command is not None and not under.sends(need.command):
        raise not_sent(need.command)
    if need.writes and not any(under.sends(key) for key in COMMANDS):
        raise NotAllowed
    return under


def _need(request: Request) -> Need:
    return NEEDS[request.scope["route"].operation_id]


def _rights(request: Request, need: Need) -> frozenset[Right]:
    """What the operation needs, and what this way of asking for it needs besides."""
    found = set(need.rights)
    if any(name == "case" or name.endswith(".case") for name in request.query_params):
        found.add(Right.CASES)
    if "format" in known_parameters(request) and wants_file(request):
        found.add(Right.EXPORT)
    return frozenset(found)


def _used(request: Request, need: Need, principal: Principal) -> frozenset[Right]:
    shown = {right for right in need.shows if principal.may(right)}
    return (_rights(request, need) | shown) & RECORDED


def _missing(principal: Principal, wanted: Iterable[Right]) -> RightMissing:
    """Names those that it has nowhere; where it has each somewhere, but nowhere together, all of them."""
    missing = sorted(right for right in wanted if not principal.may(right)) or sorted(wanted)
    return RightMissing(
        rights=missing,
        rights_zh="、".join(right.zh for right in missing),
        rights_en=", ".join(right.en for right in missing),
    )


def _kinds_missing(kinds: Iterable[str]) -> KindNotAllowed:
    named = [_KINDS[kind] for kind in sorted(kinds)]
    return KindNotAllowed(
        kinds=sorted(kinds), kinds_zh="、".join(cls.zh for cls in named), kinds_en=", ".join(cls.en for cls in named)
    )
