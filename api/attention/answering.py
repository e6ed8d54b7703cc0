"""`GET /v1/attention`: what waits for the caller, and what looks wrong, each counted, with the address of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from fastapi import Query
from fastapi.responses import Response

from api import openapi
from api.attention.answers import Attention
from api.attention.finding import counted
from api.attention.watched import WAITS, WRONG, Watched
from api.dependencies import Caller, Given
from api.executing import json_response
from api.reading import Viewed, looking, seen
from api.routing import Routes
from domain.access.principal import Principal
from domain.access.rights import Right
from projections.queries.view import View

_ONLY = "只要其中一项，另一项为空。 One of the two lists only; the other is empty then."

router = Routes(tags=["statistics"])


@router.get(
    "/v1/attention",
    operation_id="attention",
    summary="待办与异常 · What waits, and what looks wrong",
    response_class=Response,
    **openapi.reads(Attention, 404, 409),
)
def attention(
    given: Given,
    asked: Viewed,
    caller: Caller,
    only: Annotated[Literal["waits", "wrong"] | None, Query(description=_ONLY)] = None,
) -> Response:
    """只列能看到的种类；`waits` 只列调用者能办的。每项的 `rows` 是明细地址，按同一时点查询即得同样的条数。

    Of kinds that the caller may read; `waits` holds what a command of the caller's settles. The address `rows`, asked
    at the same moment, lists as many as `count` says.
    """
    waits = waiting_for(caller) if only != "wrong" else []
    wrong = wrong_for(caller) if only != "waits" else []
    with looking(given, asked) as view:
        counts = counted(view, [one.rows for one in (*waits, *wrong)])
        told = _told(view, [*waits, *wrong], counts)
    return json_response({**seen(view, asked), "waits": told[: len(waits)], "wrong": told[len(waits) :]})


def waiting_for(caller: Principal) -> list[Watched]:
    return [one for one in WAITS if caller.sends(str(one.command)) and _may_see(caller, one)]


def wrong_for(caller: Principal) -> list[Watched]:
    return [one for one in WRONG if _may_see(caller, one)]


def _may_see(caller: Principal, one: Watched) -> bool:
    return caller.may_read(one.rows.kind) and (caller.may(Right.STATISTICS) or not one.rows.is_figure)


def _told(view: View, watched: Iterable[Watched], counts: Iterable[int]) -> list[dict[str, Any]]:
    """Whatever there is none of is told as well: that nothing is overdue is worth knowing."""
    return [
        {
            "name": one.name,
            "zh": one.zh,
            "en": one.en,
            "kind": one.rows.kind,
            "command": one.command,
            "count": count,
            "rows": one.rows.address(view),
        }
        for one, count in zip(watched, counts, strict=True)
    ]
