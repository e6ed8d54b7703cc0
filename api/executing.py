"""From a checked request to the registry, and from its answer to what is sent back."""

from __future__ import annotations

import hashlib
import typing
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import msgspec
from fastapi.responses import Response

from api.access.jurisdiction import Errand, grant_for, named_by
from api.composition import Services
from api.dependencies import Asked
from api.discreet import discreet
from api.errors import plain
from api.refusals import IdMissing, Stale
from api.schemas import Strictly, arguments_of
from api.whereabouts import Whereabouts
from domain.access.principal import Principal
from domain.kernel.aggregate import Aggregate
from domain.kernel.commands import Command
from domain.kernel.errors import NotFound, Refusal
from domain.kernel.mandate import Actor, Mandate
from domain.kernel.saving import Conflict, Line, StillHeld, ValueTaken
from domain.registry import Answer
from domain.work import Call, aggregate_type

SOURCE = "api"


def carry_out(errand: Errand, said: Any, asked: Asked, given: Services, *, command_id: UUID, request: str) -> Answer:
    """One command, under the first grant that covers it. `said`: the mandate as the client gave it.

    A repeat gets the first answer also where that answer gave the thing away, so that it is not the sender's any more.
    """
    places = Whereabouts(given, named_by(errand.command.key, errand.id, errand.arguments))
    try:
        call = call_of(errand, said, asked, places, given)
    except Refusal:
        first = given.registry.repeated(command_id, request)
        if first is None:
            raise
        return first
    return execute(given, asked, command_id, [call], request)


def call_of(errand: Errand, said: Any, asked: Asked, places: Whereabouts, given: Services) -> Call:
    """The errand as a call, with the mandate of whoever may run it: in the role of the grant that covers it."""
    grant = grant_for(asked.principal, errand, places, given)
    return Call(
        command=errand.command,
        id=errand.id,
        arguments=errand.arguments,
        mandate=mandate(said, asked.principal, grant.role),
        corrects=errand.corrects,
        expected_version=errand.expected_version,
    )


def execute(given: Services, asked: Asked, command_id: UUID, calls: Sequence[Call], request: str) -> Answer:
    """By the registry; whoever may not see everything is not told what stands in the way, only that something does."""
    try:
        return given.registry.execute(command_id, calls, request=request)
    except (ValueTaken, StillHeld) as refusal:
        raise told_to(asked.principal, refusal) from None


def told_to(principal: Principal, refusal: Refusal) -> Refusal:
    """The refusal as far as it may be told to this caller."""
    if principal.sight.everything or not isinstance(refusal, ValueTaken | StillHeld):
        return refusal
    return discreet(refusal)


def mandate(said: Any, principal: Principal, role: str, source: str = SOURCE) -> Mandate:
    """What the client said of its authority, with what its account says of the client."""
    return Mandate(
        actor=Actor(user=principal.login, unit=principal.unit, role=role),
        reason=said.reason,
        documents=said.documents,
        effective=said.effective,
        received=datetime.now(UTC),
        source=source,
        correlation=said.correlation,
        causation=said.causation,
    )


def errand(command: Command, checked: Strictly, asked: Asked, id: UUID | None) -> Errand:
    """What a request of one command means."""
    given = cast("Any", checked)
    made = Errand(
        command=command,
        id=require_id(command, id or getattr(given, "id", None), given.corrects),
        arguments=arguments(command, checked),
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


def require_one_kind(kinds: dict[UUID, type[Aggregate]], errand: Errand) -> None:
    """Rule: one id is one thing. `kinds` is what the request said so far.

    Without it a new person could be handed to a command as the unit of the same id: neither is in the log yet to say
    what it is.
    """
    hints = typing.get_type_hints(errand.command.decide, include_extras=True)
    named: list[tuple[str, Any, type[Aggregate]]] = [("id", errand.id, errand.command.aggregate)]
    for name, given in errand.arguments.items():
        cls = aggregate_type(hints[name])
        if cls is not None:
            named += [(name, id, cls) for id in (given if isinstance(given, tuple) else (given,))]
    for name, id, cls in named:
        if id is not None and kinds.setdefault(id, cls) is not cls:
            raise NotFound(kind=cls.en, id=id, zh=cls.zh, field=name)


def request_digest(asked: Asked, *parts: str) -> str:
    """What makes two requests the same: who asks, for what, with which body, on which version."""
    said = [asked.method, asked.path, str(asked.principal.account), str(asked.expected_version), *parts]
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
        "notices": [notice_told(notice) for notice in answer.notices],
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


def notice_told(notice: Any) -> dict[str, Any]:
    return {
        "code": notice.code,
        "zh": notice.message_zh,
        "en": notice.message_en,
        "field": notice.field,
        "data": plain(notice.data),
    }
