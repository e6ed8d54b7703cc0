"""From a checked request to the registry, and from its answer to what is sent back."""

from __future__ import annotations

import hashlib
import typing
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import msgspec
from fastapi.responses import Response

from api import access
from api.dependencies import Asked
from api.errors import plain
from api.refusals import IdMissing, Stale
from api.schemas import Strictly, arguments_of
from domain.access.principal import Principal
from domain.kernel.aggregate import Aggregate
from domain.kernel.commands import Command
from domain.kernel.errors import NotFound
from domain.kernel.mandate import Mandate
from domain.kernel.saving import Conflict, Line
from domain.registry import Answer
from domain.work import Call, aggregate_type

SOURCE = "api"


def mandate(given: Any, principal: Principal) -> Mandate:
    """What the client said of its authority, with what its account says of the client."""
    return Mandate(
        actor=access.actor(principal),
        reason=given.reason,
        documents=given.documents,
        effective=given.effective,
        received=datetime.now(UTC),
        source=SOURCE,
        correlation=given.correlation,
        causation=given.causation,
    )


def call(command: Command, checked: Strictly, asked: Asked, id: UUID | None) -> Call:
    """The call that a request of one command means."""
    given = cast("Any", checked)
    made = Call(
        command=command,
        id=require_id(command, id or getattr(given, "id", None), given.corrects),
        arguments=arguments(command, checked),
        mandate=mandate(given.mandate, asked.principal),
        corrects=given.corrects,
        expected_version=asked.expected_version,
    )
    require_one_kind({}, made)
    return made


def arguments(command: Command, checked: Strictly) -> dict[str, Any]:
    return {name: getattr(checked, name) for name in arguments_of(command).model_fields}


def require_id(command: Command, id: UUID | None, corrects: int | None) -> UUID | None:
    """Rule: whatever exists already is named."""
    if id is None and (not command.creates or corrects is not None):
        raise IdMissing
    return id


def require_one_kind(kinds: dict[UUID, type[Aggregate]], call: Call) -> None:
    """Rule: one id is one thing. `kinds` is what the request said so far.

    Without it a new person could be handed to a command as the unit of the same id: neither is in the log yet to say
    what it is.
    """
    hints = typing.get_type_hints(call.command.decide, include_extras=True)
    named: list[tuple[str, Any, type[Aggregate]]] = [("id", call.id, call.command.aggregate)]
    for name, given in call.arguments.items():
        cls = aggregate_type(hints[name])
        if cls is not None:
            named += [(name, id, cls) for id in (given if isinstance(given, tuple) else (given,))]
    for name, id, cls in named:
        if id is not None and kinds.setdefault(id, cls) is not cls:
            raise NotFound(kind=cls.en, id=id, zh=cls.zh, field=name)


def request_digest(asked: Asked, *parts: str) -> str:
    """What makes two requests the same: who asks, for what, with which body, on which version."""
    actor = access.actor(asked.principal)
    said = [asked.method, asked.path, actor.user, actor.unit, actor.role, str(asked.expected_version), *parts]
    return hashlib.sha256(msgspec.json.encode(said) + asked.body.canonical).hexdigest()


def stale(conflict: Conflict, field: str = "If-Match") -> Conflict:
    """The version that the client named is not the latest: its own doing, told apart from a race that it lost."""
    return Stale(field=field, **conflict.data) if conflict.field == "If-Match" else conflict


def told(answer: Answer, id: UUID | None) -> dict[str, Any]:
    """The answer of one command. A repeat tells the same, but for `replayed`."""
    subject = id or answer.subject
    own = [line.version for line in answer.lines if line.aggregate_id == subject]
    return {
        "command_id": answer.command_id,
        "position": answer.position,
        "id": subject,
        "version": max(own, default=None),
        "events": [_event(line) for line in answer.lines],
        "notices": [_notice(notice) for notice in answer.notices],
        "replayed": answer.repeated,
    }


def present(answer: Answer, command: Command, id: UUID | None, *, created: bool) -> Response:
    said = told(answer, id)
    headers = {"Idempotency-Key": str(answer.command_id), "Idempotency-Replayed": str(answer.repeated).lower()}
    if said["version"] is not None:
        headers["ETag"] = f'"{said["version"]}"'
    if created:
        headers["Location"] = f"/v1/{command.aggregate.kind}/{said['id']}"
    return json_response(said, 201 if created else 200, headers)


def json_response(said: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(said, enc_hook=str), status, headers, media_type="application/json")


def _event(line: Line) -> dict[str, Any]:
    return {
        "position": line.position,
        "aggregate": line.aggregate_id,
        "version": line.version,
        "topic": line.topic,
    }


def _notice(notice: Any) -> dict[str, Any]:
    return {
        "code": notice.code,
        "zh": notice.message_zh,
        "en": notice.message_en,
        "field": notice.field,
        "data": plain(notice.data),
    }
