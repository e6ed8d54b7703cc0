"""A path leads where it would lead if all routes were tried one after the other."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Match

from api.app import create_app
from api.directory import Directory
from infra.settings import Settings

_SAMPLES: Final = {"UUIDConvertor": str(UUID(int=7)), "IntegerConvertor": "7"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    settings = Settings(database_url="postgresql://x@127.0.0.1:9/y", var_dir=tmp_path_factory.mktemp("var"))
    return create_app(settings)


def a_path(route: APIRoute) -> str:
    """One that the route takes."""
    convertors = route.param_convertors.items()
    return route.path_format.format(**{name: _SAMPLES.get(type(one).__name__, "rooms") for name, one in convertors})


def meant(routes: list[APIRoute], path: str, method: str) -> APIRoute | None:
    scope = {"type": "http", "path": path, "method": method, "root_path": ""}
    return next((route for route in routes if route.matches(scope)[0] is Match.FULL), None)


def test_every_route_is_found_as_if_all_were_tried(app: FastAPI) -> None:
    [directory] = [route for route in app.routes if isinstance(route, Directory)]
    assert app.routes.index(directory) <= 1  # after the framework's own description of the API
    routes = [route for route in app.routes if isinstance(route, APIRoute)]
    for route in routes:
        for path, method in ((a_path(route), next(iter(route.methods or ()))), (f"{a_path(route)}/rooms", "GET")):
            match, child = directory.matches({"type": "http", "path": path, "method": method, "root_path": ""})
            assert child.get("route") is meant(routes, path, method), (method, path)
            assert (match is Match.FULL) == ("route" in child)


def test_paths_that_nobody_said_are_not_remembered(app: FastAPI) -> None:
    [directory] = [route for route in app.routes if isinstance(route, Directory)]
    scope = {"type": "http", "method": "GET", "root_path": ""}
    directory.matches({**scope, "path": "/nothing/of/ours"})
    known = len(directory._near)
    for number in range(100):
        directory.matches({**scope, "path": f"/{number}/{number}"})
        directory.matches({**scope, "path": f"/rooms/{number}"})
    assert len(directory._near) <= known + 1
