"""Which investigations there are to look at: generations that stopped at what was known at a moment (`./dev investigate`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi.responses import Response

from api import openapi
from api.dependencies import Caller, Given
from api.executing import json_response
from api.generations.answers import Cases
from api.routing import Routes
from projections.generations import cases
from projections.generations.catalogue import Generation

router = Routes(tags=["cases"])


@router.get(
    "/v1/cases",
    operation_id="cases",
    summary="调查视图 · Cases",
    response_class=Response,
    **openapi.reads(Cases),
)
def listed(given: Given, _: Caller) -> Response:
    """各个调查视图停在哪里、是否建成。Where each one stopped, and whether it can be read yet; reads say case=NAME."""
    with given.pool.connection() as connection:
        found = cases.cases(connection)
        when = cases.recorded(connection, [one.goal for one in found])
    return json_response({"cases": [_told(one, when) for one in found]})


def _told(one: Generation, when: Mapping[int, datetime]) -> dict[str, Any]:
    return {
        "name": one.name,
        "state": one.state,
        "position": one.goal,
        "known": when.get(one.goal),
        "at": one.at,
        "things": None if one.only_streams is None else len(one.only_streams),
        "made_at": one.created_at,
    }
