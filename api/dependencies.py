"""What endpoints ask for: the services, the caller, the body, and what the headers say.

Whatever an endpoint depends on is `async`, also where it waits for nothing: the framework would take a thread for each, which
takes longer than what is done in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import Depends, Request
from fastapi.dependencies.models import Dependant
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from api import scalars
from api.bodies import JSON, Body, parsed, raw_body
from api.composition import Services
from api.faults import Fault, pointer
from api.refusals import RequestInvalid
from domain.access.principal import Principal

_VERSION_TAG = re.compile(r'"([0-9]{1,9})"', re.ASCII)


async def services(request: Request) -> Services:
    found: Services = request.app.state.services
    return found


Given = Annotated[Services, Depends(services)]


async def caller(request: Request) -> Principal:
    """Whom the door let in (`api/door.py`), with what of its grants it may use for this."""
    found: Principal = request.state.principal
    return found


def require_known_parameters(request: Request) -> None:
    """Rule: nothing is ignored. Whoever misspells `version` must not be told the latest instead."""
    unknown = sorted(request.query_params.keys() - known_parameters(request))
    if unknown:
        raise RequestInvalid(
            [
                Fault(code="parameter-unknown", field=pointer(["query", name]), zh="没有这个参数，请核对名称。",
                      en="There is no such parameter; check its name.")
                for name in unknown
            ]
        )  # fmt: skip


def known_parameters(request: Request) -> frozenset[str]:
    """The query parameters that this operation takes."""
    return frozenset(_query_parameters(request.scope["route"].dependant))


def _query_parameters(dependant: Dependant) -> Iterator[str]:
    """Also those that a dependency of the endpoint declares, such as which view is read."""
    yield from (field.alias for field in dependant.query_params)
    for inner in dependant.dependencies:
        yield from _query_parameters(inner)


Caller = Annotated[Principal, Depends(caller)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request for a change, as far as it is the same for every command."""

    principal: Principal
    body: Body
    command_id: UUID
    expected_version: int | None
    method: str
    path: str


async def asked(request: Request, principal: Caller, given: Given) -> Asked:
    """Read only after the door, so that strangers cannot make the server hold their bodies."""
    return Asked(
        principal=principal,
        command_id=_command_id(request),
        expected_version=expected_version(request),
        body=parsed(await raw_body(request, given.settings.body_limit_bytes, JSON)),
        method=request.method,
        path=request.url.path,
    )


Change = Annotated[Asked, Depends(asked)]


def _command_id(request: Request) -> UUID:
    """The client's `Idempotency-Key`, or one of ours."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return uuid4()
    try:
        return scalars.uuid(key)
    except (PydanticCustomError, ValidationError):
        raise _header_refusal("Idempotency-Key", "应为 UUID。", "Must be a UUID.") from None


def expected_version(request: Request) -> int | None:
    """The version that `If-Match` names."""
    tag = request.headers.get("if-match")
    if tag is None:
        return None
    found = _VERSION_TAG.fullmatch(tag.strip())
    if found is None:
        raise _header_refusal("If-Match", '应为带引号的版本号，如 "7"。', 'Must be a version in quotes, such as "7".')
    return int(found[1])


def _header_refusal(name: str, zh: str, en: str) -> RequestInvalid:
    return RequestInvalid([Fault(code="header-form", field=name, zh=zh, en=en)])


def path_id(request: Request) -> UUID | None:
    """The id in the address, where there is one."""
    found: Any = request.path_params.get("id")
    return found if isinstance(found, UUID) else None


async def _path_id(request: Request) -> UUID | None:
    return path_id(request)


PathId = Annotated[UUID | None, Depends(_path_id)]
