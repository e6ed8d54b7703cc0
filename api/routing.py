"""How routes come to the application: each through the door."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

from api import door


class Route(APIRoute):
    """Looks at how a path begins and ends before it looks closer: hundreds stand before the one that is meant."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **named: Any) -> None:
        super().__init__(path, endpoint, **named)
        self._begins, _, rest = self.path_format.partition("{")
        self._ends = rest.rpartition("}")[2]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path = scope["path"]
        if not (path.startswith(self._begins) and path.endswith(self._ends)):
            return Match.NONE, {}
        return super().matches(scope)


class Routes(APIRouter):
    """Its routes go into the application as they are: included in the framework's way, each would be made a second time."""

    def __init__(self, *, prefix: str = "", tags: list[str | Enum] | None = None) -> None:
        super().__init__(prefix=prefix, tags=tags, dependencies=[Depends(door.admit)], route_class=Route)
