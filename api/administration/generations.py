"""Which generations there are, how far behind the log each is, and which streams they had to set aside."""

from __future__ import annotations

from typing import Any

from fastapi.responses import Response

from api import openapi
from api.administration.answers import Generations
from api.dependencies import Given
from api.executing import json_response
from api.routing import Routes
from domain.catalogue import BIRTHS
from domain.kernel.events import EVENTS
from projections.generations import catalogue, parking
from projections.generations.catalogue import Generation
from projections.generations.parking import Parked

router = Routes(tags=["health"])
_TOLD = ("id", "schema", "role", "state", "name", "position", "created_at", "ready_at", "error")


@router.get(
    "/v1/generations",
    operation_id="generations",
    summary="读模型的各个世代 · Generations of the read models",
    response_class=Response,
    **openapi.reads(Generations, 403),
)
def generations(given: Given) -> Response:
    """现行、在建、调查和从前的。The live one, those being built, investigations, and former ones."""
    head = given.log.head()
    with given.pool.connection() as connection:
        found, parked = catalogue.find(connection), parking.everything(connection)
    begun = given.log.beginnings({one.stream for one in parked})
    kinds = {stream: BIRTHS[EVENTS[topic]].kind for stream, topic in begun.items() if topic in EVENTS}
    told = [_told(one, head, [_parked(stop, kinds) for stop in parked if stop.generation == one.id]) for one in found]
    return json_response({"position": head, "generations": told})


def _told(one: Generation, head: int, parked: list[dict[str, Any]]) -> dict[str, Any]:
    goal = one.goal if one.role == "case" else head
    said = {name: getattr(one, name) for name in _TOLD}
    return {**said, "lag": max(goal - one.position, 0), "parked": parked}


def _parked(one: Parked, kinds: dict[Any, str]) -> dict[str, Any]:
    said = {name: getattr(one, name) for name in ("stream", "position", "topic", "error", "parked_at")}
    return {**said, "kind": kinds.get(one.stream)}
