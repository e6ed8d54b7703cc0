"""Every answer that says no: one table from refusals to HTTP statuses, and one form, `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import logging
import uuid
from http import HTTPStatus
from typing import Any

import msgspec
import psycopg
import psycopg_pool
from eventsourcing.persistence import PersistenceError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute, Match

from api import door_refusals, limits, refusals
from api.access import csrf, signing_in_refusals
from api.bases.refusals import BaseUnreachable
from api.faults import Fault, faults_at, only_values, pointer_to
from domain.kernel.commands import DoesNotExist
from domain.kernel.errors import NotFound, Refusal
from domain.kernel.saving import Conflict
from infra.access.refusals import AccessNotYours
from infra.blobs import BlobDamaged
from infra.desk import PaperChanged
from infra.plans.refusals import LineChanged, PartTooSmall, PlanChanged
from maps.features.refusals import QuestionRefused

log = logging.getLogger(__name__)

PROBLEM_JSON = "application/problem+json"
_CLIENT_CLOSED = 499
"""As proxies note it; nobody is there to read it."""

# The nearest base counts. A rule of the domain is a 409: the request was well formed, and the state of things says no.
STATUS: dict[type[Refusal], int] = {
    Refusal: 409,
    NotFound: 404,
    DoesNotExist: 404,
    Conflict: 409,
    refusals.BodyNotJson: 400,
    QuestionRefused: 400,
    refusals.TokenNeeded: 401,
    signing_in_refusals.SignInRefused: 401,
    signing_in_refusals.CodeNeeded: 401,
    signing_in_refusals.ElsewhereRefused: 401,
    AccessNotYours: 403,
    door_refusals.NotAllowed: 403,
    door_refusals.FirstStart: 403,
    csrf.FromElsewhere: 403,
    csrf.ProofMissing: 403,
    refusals.NotThere: 404,
    refusals.MethodNotAllowed: 405,
    refusals.Stale: 412,
    PaperChanged: 412,
    LineChanged: 412,
    PlanChanged: 412,
    PartTooSmall: 403,
    refusals.BodyTooLarge: 413,
    refusals.TypeNotSupported: 415,
    refusals.RequestInvalid: 422,
    refusals.QueryInvalid: 400,
    limits.TooManyRequests: 429,
    refusals.Broken: 500,
    refusals.Unavailable: 503,
    signing_in_refusals.ProviderAway: 503,
    BaseUnreachable: 503,
    refusals.ViewsBeingBuilt: 503,
    refusals.ViewBehind: 503,
    refusals.ExportsBusy: 503,
    door_refusals.WhereaboutsUnknown: 503,
}
HEADERS: dict[type[Refusal], dict[str, str]] = {
    refusals.TokenNeeded: {"WWW-Authenticate": 'Bearer realm="zhangtu"'},
    refusals.BasicNeeded: {"WWW-Authenticate": 'Basic realm="zhangtu", charset="UTF-8"'},
    refusals.Unavailable: {"Retry-After": "2"},
    refusals.ViewsBeingBuilt: {"Retry-After": "5"},
    refusals.ViewBehind: {"Retry-After": "1"},
    refusals.ExportsBusy: {"Retry-After": "10"},
    door_refusals.WhereaboutsUnknown: {"Retry-After": "1"},
}
_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
UNREACHABLE = (psycopg.OperationalError, psycopg_pool.PoolTimeout, psycopg_pool.PoolClosed)


def status_of(refusal: Refusal) -> int:
    return next(STATUS[cls] for cls in type(refusal).__mro__ if cls in STATUS)


def problem_of(refusal: Refusal, line: int | None = None, prefix: str = "") -> dict[str, Any]:
    """The refusal as a problem; `line` (from 1) and `prefix` say where in a batch it stands."""
    status = status_of(refusal)
    problem: dict[str, Any] = {
        "type": f"urn:zhangtu:problem:{refusal.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": refusal.code,
        "detail": refusal.message_zh,
        "detail_en": refusal.message_en,
    }
    if refusal.field is not None:
        problem["field"] = refusal.field if refusal.field == "If-Match" else prefix + pointer_to(refusal.field)
    if faults := getattr(refusal, "faults", ()):
        problem["errors"] = [_told(fault.under(prefix)) for fault in faults]
    if refusal.data:
        problem["data"] = plain(refusal.data)
    return problem if line is None else problem | {"line": line}


def plain(value: Any) -> Any:
    """Anything of the domain as JSON's own types."""
    return msgspec.to_builtins(value, enc_hook=str, str_keys=True)


def answer(refusal: Refusal, *, line: int | None = None, prefix: str = "", headers: Any = None) -> Response:
    problem = problem_of(refusal, line, prefix)
    return Response(
        msgspec.json.encode(problem),
        status_code=problem["status"],
        media_type=PROBLEM_JSON,
        headers={**HEADERS.get(type(refusal), {}), **getattr(refusal, "headers", {}), **(headers or {})},
    )


def install(app: FastAPI) -> None:
    """Every way in which a request can fail ends in a problem."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(PersistenceError, _store_failed)
    for unreachable in UNREACHABLE:
        app.add_exception_handler(unreachable, _unreachable)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(BlobDamaged, _broken)
    app.add_exception_handler(Exception, _broken)


def request_refusal(faults: list[Fault]) -> Refusal:
    """Wrong in form: 422. Right in form, but no such value is possible: a refusal like any other."""
    if not only_values(faults):
        return refusals.RequestInvalid(faults)
    missing = any(fault.code == "file-missing" for fault in faults)
    return refusals.FileMissing(faults) if missing else refusals.ValueImpossible(faults)


def _told(fault: Fault) -> dict[str, str]:
    return {"field": fault.field, "code": fault.code, "zh": fault.zh, "en": fault.en}


async def _refused(request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, Refusal):
        raise refusal
    return answer(_as_their_standard_says(request, refusal))


async def _invalid(request: Request, error: Exception) -> Response:
    """Parts of the address and headers, checked by the framework."""
    details: Any = error.errors() if isinstance(error, RequestValidationError) else ()
    return answer(_as_their_standard_says(request, request_refusal(faults_at(details))))


def _as_their_standard_says(request: Request, refusal: Refusal) -> Refusal:
    """Map programs: whatever is wrong with a question is a 400 (OGC 17-069, 7.5.2 and 7.5.3)."""
    is_theirs = "features" in getattr(request.scope.get("route"), "tags", ())
    faults = getattr(refusal, "faults", None)
    return refusals.QueryInvalid(faults) if is_theirs and faults is not None else refusal


async def _http(request: Request, error: Exception) -> Response:
    """The framework's own: no such address, no such method."""
    status = getattr(error, "status_code", 500)
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return answer(refusals.MethodNotAllowed(), headers={"Allow": ", ".join(_methods_at(request))})
    refusal = (
        refusals.NotThere()
        if status == HTTPStatus.NOT_FOUND
        else refusals.BodyNotJson(reason=HTTPStatus(status).phrase)
    )
    return answer(refusal, headers=getattr(error, "headers", None))


def _methods_at(request: Request) -> list[str]:
    """All that this address takes. The framework names those of the first of its routes only."""
    routes: list[BaseRoute] = request.app.routes
    return [
        method
        for method in _METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]


async def _gone(_: Request, __: Exception) -> Response:
    """Whoever gave up while they were still sending hears nothing of it, and nothing is wrong here."""
    return Response(status_code=_CLIENT_CLOSED)


async def _unreachable(_: Request, error: Exception) -> Response:
    log.warning("the database is not reachable: %s", error)
    return answer(refusals.Unavailable())


async def _store_failed(request: Request, error: Exception) -> Response:
    """The event store wraps what the database driver raised."""
    cause = error.__cause__ or error.__context__
    if isinstance(cause, UNREACHABLE):
        return await _unreachable(request, cause)
    return await _broken(request, error)


async def _broken(request: Request, error: Exception) -> Response:
    """A bug, or a disk. The answer names the entry of the log and nothing of the inside."""
    incident = uuid.uuid4().hex[:12]
    log.error("incident %s at %s %s", incident, request.method, request.url.path, exc_info=error)
    return answer(refusals.Broken(incident=incident))
