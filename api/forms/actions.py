"""What may be done about a thing next: the commands that this caller sends, and whether its state plausibly allows them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fastapi.responses import Response

from api import openapi
from api.composition import Services
from api.dependencies import Caller, Given
from api.executing import json_response
from api.forms.answers import ActionsTold
from api.forms.plausible import held_now, is_plausible, is_step
from api.routing import Routes
from api.sighted import shown
from api.whereabouts import Whereabouts
from domain.access.placing import bonds_of
from domain.access.principal import Principal
from domain.approvals.proposal import Proposal
from domain.catalogue import AGGREGATES, COMMANDS
from domain.kernel.aggregate import Aggregate
from domain.kernel.commands import Command
from projections.queries.view import Asked


def routes() -> Routes:
    router = Routes()
    for cls in AGGREGATES:
        router.add_api_route(
            f"/v1/{cls.kind}/{{id:uuid}}/actions",
            _actions(cls),
            operation_id=f"{cls.kind}.actions",
            summary=f"{cls.zh}可办理的事项 · What may be done about a {cls.en}",
            tags=[openapi.tag_of(cls)],
            response_class=Response,
            **openapi.reads(ActionsTold, 404),
        )
    return router


def _actions(cls: type[Aggregate]) -> Any:
    def endpoint(id: UUID, given: Given, caller: Caller) -> Response:
        """`plausible`：当前状态大致允许；是否可办以办理时为准。Whether its state seems to allow it; the command itself decides."""
        shown(given, Asked(sight=caller.sight), cls, id)
        aggregate = given.registry.open(cls, id)
        held = held_now(aggregate, datetime.now(UTC))
        told = [
            {
                "command": command.key,
                "zh": command.zh,
                "en": command.en,
                "plausible": is_plausible(command.key, held),
                "step": is_step(command.key),
                "document": command.document,
            }
            for command in _sent(caller, cls, id, given)
        ]
        return json_response({"id": id, "kind": cls.kind, "version": aggregate.version, "actions": told})

    return endpoint


def _sent(caller: Principal, cls: type[Aggregate], id: UUID, given: Services) -> list[Command]:
    """In a jurisdiction that holds the thing by a bond close enough. Records are taken back where they are shown."""
    places = Whereabouts(given, [(cls.kind, id)])
    if cls is Proposal:  # its own page offers what can be done with it, by its levels
        return []
    wanted = [one for one in COMMANDS.values() if one.aggregate is cls and not one.creates and one.name != "withdraw"]
    return [
        command
        for command in wanted
        if any(places.holds(grant.reach, bonds_of(command.key), id) for grant in caller.sends(command.key))
    ]
