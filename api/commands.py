"""One route for every command of the domain, made from the domain's index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from fastapi.responses import Response

from api import executing, openapi
from api.answers import CommandDetail, CommandIndex
from api.bodies import validated
from api.dependencies import Caller, Change, Given, PathId
from api.executing import carry_out, errand, present, request_digest
from api.files.readable import Readable
from api.pointing import path_to
from api.refusals import CommandUnknown
from api.routing import Routes
from api.schemas import request_of
from domain.approvals.proposal import Proposal
from domain.catalogue import COMMANDS
from domain.kernel.commands import Command
from domain.kernel.errors import Refusal
from domain.kernel.saving import Conflict


def path_of(command: Command) -> str:
    """`POST /v1/units` establishes one; `POST /v1/units/{id}/rename` renames it."""
    kind = command.aggregate.kind
    if not command.creates:
        return f"/v1/{kind}/{{id}}/{command.name}"
    alone = sum(other.creates and other.aggregate is command.aggregate for other in COMMANDS.values()) == 1
    return f"/v1/{kind}" if alone else f"/v1/{kind}/{command.name}"


def routes() -> Routes:
    """Of all commands but those of proposals, which do more than they say (`api/approvals/commands.py`)."""
    router = Routes()
    for command in COMMANDS.values():
        if command.aggregate is not Proposal:
            add_route(router, command, endpoint(command))
    return router


def add_route(router: Routes, command: Command, carried_out: Callable[..., Response]) -> None:
    router.add_api_route(
        path_of(command).replace("{id}", "{id:uuid}"),
        carried_out,
        methods=["POST"],
        operation_id=command.key,
        summary=f"{command.zh} · {command.en}",
        description=openapi.description_of(command),
        tags=[openapi.tag_of(command.aggregate)],
        response_class=Response,
        **openapi.command_operation(command),
    )


def endpoint(command: Command) -> Callable[..., Response]:
    def carried_out(asked: Change, given: Given, id: PathId) -> Response:
        checked = validated(request_of(command), asked.body.raw, Readable(given, asked.principal))
        wanted = errand(command, checked, asked, id)
        try:
            answer = carry_out(
                wanted,
                cast("Any", checked).mandate,
                asked,
                given,
                command_id=asked.command_id,
                request=request_digest(asked),
            )
        except Refusal as refusal:
            raise placed(refusal, command) from None
        return present(answer, command, wanted.id, created=command.creates and wanted.corrects is None)

    return carried_out


def placed(refusal: Refusal, command: Command) -> Refusal:
    """A refusal about a part of a value points at the parameter that the value came in."""
    if isinstance(refusal, Conflict):
        return executing.stale(refusal)
    head = (refusal.field or "").partition("[")[0].partition(".")[0]
    if head and head not in request_of(command).model_fields:
        refusal.field = path_to(command, refusal.field or "") or refusal.field
    return refusal


index = Routes(tags=["commands"])


@index.get("/v1/commands", operation_id="commands", response_class=Response, **openapi.reads(CommandIndex))
def commands(_: Caller) -> Response:
    """所有命令。Every command that there is."""
    return executing.json_response({"commands": [_entry(command) for command in COMMANDS.values()]})


@index.get("/v1/commands/{key}", operation_id="command", response_class=Response, **openapi.reads(CommandDetail, 404))
def command(key: str, _: Caller) -> Response:
    """一个命令及其请求格式。One command and the JSON Schema of its body."""
    if key not in COMMANDS:
        raise CommandUnknown(key=key)
    found = COMMANDS[key]
    return executing.json_response({**_entry(found), "body": request_of(found).model_json_schema()})


def _entry(command: Command) -> dict[str, Any]:
    return {
        "key": command.key,
        "kind": command.aggregate.kind,
        "zh": command.zh,
        "en": command.en,
        "creates": command.creates,
        "future": command.future,
        "method": "POST",
        "path": path_of(command),
        "href": f"/v1/commands/{command.key}",
    }
