"""Which of some things one may look at. A name is told where it is not in sight, too: of the unit that owns a room, for one."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response
from pydantic import Field

from api import openapi
from api.angles.asking import KindOfThing
from api.answers_reading import Seen
from api.dependencies import Caller, Given
from api.executing import json_response
from api.reading import Viewed, looking, seen
from api.routing import Routes
from projections.queries import reach

MOST: Final = 500

_IDS = "问的是哪些对象（可重复） · The things asked about, repeated"
_KINDS = "它们属于哪些种类（可重复）；不写则为全部。 Of which kinds they are, repeated; of any when it is not given."


class InSight(Seen):
    ids: Annotated[list[UUID], Field(description="其中看得到的 · Those of them that are in sight")]


router = Routes(tags=["search"])


@router.get("/v1/in-sight", operation_id="in-sight", response_class=Response,
            summary="哪些看得到 · Which of them are in sight", **openapi.reads(InSight, 404, 409))  # fmt: skip
def which(
    given: Given,
    _: Caller,
    asked: Viewed,
    id: Annotated[list[UUID] | None, Query(max_length=MOST, description=_IDS)] = None,
    kind: Annotated[list[KindOfThing] | None, Query(max_length=20, description=_KINDS)] = None,
) -> Response:
    """不在管理范围内的和不存在的一样，不在其中。Things out of one's reach are left out, as those are that do not exist."""
    with looking(given, asked) as view:
        return json_response({**seen(view, asked), "ids": sorted(reach.seen(view, id or (), kind or ()))})
