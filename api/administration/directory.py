"""Units by their names, for whoever gives roles there: a directory, and nothing else of a unit."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import Query
from fastapi.responses import Response

from api import openapi, scalars
from api.administration.answers import UnitsNamed
from api.dependencies import Given
from api.executing import json_response
from api.lists.parameters import Text
from api.reading import looking
from api.routing import Routes
from domain.access.principal import ALL_SEEING
from projections.queries.matching import like
from projections.queries.view import Asked

MOST: Final = 20
MOST_IDS: Final = 200

router = Routes(tags=["access"])


@router.get(
    "/v1/access/units",
    operation_id="access.units",
    summary="授权可用的单位名录 · Units that roles can be given in",
    response_class=Response,
    **openapi.reads(UnitsNamed, 403),
)
def units(
    given: Given,
    q: Annotated[Text | None, Query(description="名称的一部分 · Part of a name")] = None,
    id: Annotated[list[scalars.ID] | None, Query(max_length=MOST_IDS)] = None,
) -> Response:
    """只有名称和区划；现有的单位，最多 20 个。Names and divisions only, of units that there are; 20 at most, or those asked for."""
    wanted: dict[str, Any] = {"ids": id or [], "like": None if q is None else like(q.strip())}
    with looking(given, Asked(sight=ALL_SEEING)) as view:
        rows = view.rows(
            f"SELECT u.asset AS id, u.name AS label, u.division FROM {view.of('units', 'u')} WHERE {view.held('u')}"  # noqa: S608 -- names of the code
            " AND (u.asset = ANY(%(ids)s::uuid[]) OR u.name LIKE %(like)s::text) ORDER BY u.name, u.asset LIMIT %(most)s",
            {**wanted, "most": len(wanted["ids"]) + MOST},
        )
    return json_response({"units": rows})
