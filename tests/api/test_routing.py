"""Routes are worked out late, by whichever thread comes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from api.routing import Route

MANY, TIMES = 8, 40


def test_threads_that_ask_at_once_see_all_of_a_route() -> None:
    with ThreadPoolExecutor(MANY) as threads:
        for _ in range(TIMES):
            route, together = Route("/things/{id}", _endpoint, operation_id="thing"), Barrier(MANY)
            seen = [threads.submit(_looked, route, together) for _ in range(MANY)]
            assert {one.result() for one in seen} == {"id"}


def test_what_no_route_has_is_said_to_be_missing() -> None:
    route = Route("/things/{id}", _endpoint)
    for _ in range(2):
        with pytest.raises(AttributeError, match="colour"):
            _ = route.colour


def _looked(route: Route, together: Barrier) -> str:
    together.wait()
    assert callable(route.app)
    return ",".join(field.name for field in route.dependant.path_params)


def _endpoint(id: str) -> dict[str, str]:
    return {"id": id}
