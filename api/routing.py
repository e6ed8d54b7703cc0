"""How routes come to the application: each through the door."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from starlette.routing import Match, compile_path
from starlette.types import Scope

from api import door


class Route(APIRoute):
    """Looks at how a path begins and ends before it looks closer: hundreds stand before the one that is meant.

    What it takes, and how that is checked, is worked out when it is first asked for: of all routes together that takes as long
    as everything else that a start does. The description of the API, and so every test of it, asks for all.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **named: Any) -> None:
        self._given: dict[str, Any] = {"path": path, "endpoint": endpoint, **named}
        # What is looked at when a route is looked for, and by the door.
        self.path, self.endpoint = path, endpoint
        self.path_regex, self.path_format, self.param_convertors = compile_path(path)
        self.methods = set(named.get("methods") or ["GET"])
        self.operation_id = named.get("operation_id")
        self.dependencies = list(named.get("dependencies") or ())
        self._begins, _, rest = self.path_format.partition("{")
        self._ends = rest.rpartition("}")[2]

    def __getattr__(self, name: str) -> Any:
        """Whatever else is asked of it, the framework works out: aside, so that other threads see all of it or nothing."""
        if "app" in self.__dict__ or "_given" not in self.__dict__:
            raise AttributeError(name)
        aside = object.__new__(type(self))  # of the same kind: a page's answers refusals in its own way
        APIRoute.__init__(aside, **self._given)
        self.__dict__.update(vars(aside))
        return getattr(self, name)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path = scope["path"]
        if not (path.startswith(self._begins) and path.endswith(self._ends)):
            return Match.NONE, {}
        return super().matches(scope)


class Routes(APIRouter):
    """Its routes go into the application as they are: included in the framework's way, each would be made a second time."""

    def __init__(self, *, prefix: str = "", tags: list[str | Enum] | None = None) -> None:
        super().__init__(prefix=prefix, tags=tags, dependencies=[Depends(door.admit)], route_class=Route)
