"""What one record said, as the command that would say it again: for whoever is to correct it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from typing import Any, Final
from uuid import UUID

import msgspec
from fastapi.responses import Response

from api import openapi
from api.angles.states import Position
from api.dependencies import Caller, Given
from api.executing import json_response
from api.forms.answers import RecordSaid
from api.forms.field import Field
from api.forms.fields import fields_of
from api.refusals import PositionUnknown
from api.routing import Routes
from api.sighted import Shown, shown
from domain.catalogue import AGGREGATES, COMMANDS
from domain.kernel.aggregate import Aggregate
from domain.kernel.commands import Command
from domain.kernel.events import EVENTS, Event
from infra.eventstore import RecordedEvent
from projections.queries import masking
from projections.queries.telling import said_by
from projections.queries.view import Asked
from projections.records import record

BY_HELPERS: Final = {"organisations.UnitEstablished": "units.establish", "premises.RoomRegistered": "rooms.register"}
"""Events that their command has another function record."""

CALLED: Final = {
    "people.move": {"to": "unit"},
    "vehicles.transfer": {"to": "owner"},
    "vehicles.assign": {"to": "using_unit"},
    "vehicles.register": {"displacement": "litres"},
    "warehouses.hand-over": {"to": "managing_unit"},
    "fences.hand-over": {"to": "managing_unit"},
}
"""Parameters that the event calls otherwise."""


@cache
def commands_by_topic() -> dict[str, Command]:
    """Which command records an event of this topic, which is the one to correct it with: a command names its event."""
    found = {topic: COMMANDS[key] for topic, key in BY_HELPERS.items()}
    for command in COMMANDS.values():
        if command.name != "withdraw":
            context = command.aggregate.__module__.split(".")[1]
            names = inspect.unwrap(command.decide).__code__.co_names
            found |= {topic: command for name in names if (topic := f"{context}.{name}") in EVENTS}
    return {topic: command for topic, command in found.items() if EVENTS[topic].correctable}


def routes() -> Routes:
    router = Routes()
    for cls in AGGREGATES:
        router.add_api_route(
            f"/v1/{cls.kind}/{{id:uuid}}/records/{{position}}",
            _record(cls),
            operation_id=f"{cls.kind}.record",
            summary=f"{cls.zh}的一条记录，用于更正 · What a record of a {cls.en} said, to correct it",
            tags=[openapi.tag_of(cls)],
            response_class=Response,
            **openapi.reads(RecordSaid, 404),
        )
    return router


def _record(cls: type[Aggregate]) -> Any:
    def endpoint(id: UUID, position: Position, given: Given, caller: Caller) -> Response:
        """密封的内容不给出。What is sealed is left out. `command`: null where nothing corrects it."""
        what = shown(given, Asked(sight=caller.sight), cls, id)
        found = given.log.event_at(position)
        if found is None or found.originator_id != id:
            raise PositionUnknown(position=position)
        return json_response(told(found, what))

    return endpoint


def told(found: RecordedEvent, what: Shown) -> dict[str, Any]:
    said = said_by(_event(found, what))
    command = None if said is None else commands_by_topic().get(said.topic)
    mandate = msgspec.json.decode(found.mandate)
    return {
        "position": found.position,
        "command": None if command is None else command.key,
        "arguments": {} if command is None or said is None else dict(_arguments(command, said)),
        "mandate": {
            "reason": mandate["reason"],
            "documents": mandate.get("documents", []),
            "effective": (said or _event(found, what)).effective,
        },
    }


def _event(found: RecordedEvent, what: Shown) -> Event:
    state = found.state if what.places else masking.without_places(found.topic, found.state)
    row = (
        found.originator_id,
        found.originator_version,
        found.topic,
        state,
        found.position,
        found.recorded_at,
        found.mandate,
    )
    return record(row).event


def _arguments(command: Command, said: Event) -> Iterator[tuple[str, Any]]:
    for field in fields_of(command):
        if field.fields and field.listed is None:
            yield (
                field.name,
                {part.name: value for part in field.fields if (value := _value(command, part, said)) is not None},
            )
        elif (value := _value(command, field, said)) is not None:
            yield field.name, value


def _value(command: Command, field: Field, said: Event) -> Any:
    name = CALLED.get(command.key, {}).get(field.name, field.name)
    value = None if name in said.personal else getattr(said, name, None)
    told = msgspec.to_builtins(value, enc_hook=str)
    return _declared(told) if isinstance(told, dict) and "raw" in told else told


def _declared(place: dict[str, Any]) -> dict[str, Any]:
    """A place as it was sent: what was declared is kept beside what was made of it."""
    given = msgspec.json.decode(place["raw"])["coordinates"]
    is_point = not isinstance(given[0], list)
    return {"system": place["system"], **({"x": given[0], "y": given[1]} if is_point else {"coordinates": given})}
