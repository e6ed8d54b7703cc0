"""`GET /v1/inbox`: the proposals that wait for the caller, came back to them, are theirs and under way, or are done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import groupby
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import Response

from api import openapi
from api.angles.asking import Limit
from api.approvals.answers import Inbox
from api.approvals.standing import Standing, standings
from api.composition import Services
from api.dependencies import Caller, Given
from api.executing import json_response
from api.lists.cursor import Cursor, CursorInvalid, question, read, written
from api.reading import looking
from api.routing import Routes
from domain.access.principal import EVERYWHERE, Principal, Sight
from projections.queries import proposals
from projections.queries.proposals import Part, Tray
from projections.queries.reach import within
from projections.queries.things import called, named
from projections.queries.view import Asked, View

router = Routes(tags=["approvals"])

Which = Literal["waiting", "returned", "mine", "done"]
_OWN: Final[Mapping[str, Tray]] = {
    "returned": proposals.RETURNED, "mine": proposals.MINE, "done": proposals.DONE
}  # fmt: skip

# Who submitted a proposal, and to whom it was handed on, see it wherever it lies; what is asked for names them.
_BY_NAME: Final = Sight(kinds={"proposals": EVERYWHERE})


@dataclass(frozen=True, slots=True)
class Source:
    """A tray as somebody with this sight sees it, for what they would decide on somebody's behalf."""

    sight: Sight
    tray: Tray | None
    given: dict[str, Any]
    on_behalf_of: str | None = None


@router.get(
    "/v1/inbox",
    operation_id="inbox",
    summary="待办与呈批 · What waits, and what became of it",
    response_class=Response,
    **openapi.reads(Inbox, 404, 409),
)
def inbox(
    request: Request,
    given: Given,
    caller: Caller,
    which: Annotated[Which, Query()] = "waiting",
    limit: Limit = 50,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
) -> Response:
    """`waiting`：等我审批的（含受托、转办的）；`returned`：退回我修改的；`mine`：我呈报、审批中的；`done`：我呈报已办结的和我审批过的。

    What waits for me comes oldest first, the rest latest first. `counts` are of all four, up to a thousand each.
    """
    sources = {name: list(_sources(given, caller, name)) for name in ("waiting", *_OWN)}
    counts = _counts(given, sources)
    part = Part(limit + 1, _beyond(request, cursor))
    rows = _rows(given, sources[which], part, oldest_first=which in ("waiting", "returned")) if counts[which] else []
    told = _told(given, caller, rows[:limit])
    more = _next(request, rows[limit - 1]) if len(rows) > limit else None
    return json_response({"which": which, "counts": counts, "proposals": told, "next": more})


def _sources(given: Services, caller: Principal, which: str) -> Iterator[Source]:
    own = {"login": caller.login}
    if which in _OWN:
        yield Source(_BY_NAME, _OWN[which], own)
        return
    for one in standings(given, caller):
        yield Source(within(one.reach), None, _given(one, caller), one.on_behalf_of)
    yield Source(_BY_NAME, proposals.HANDED, own)


def _given(one: Standing, caller: Principal) -> dict[str, Any]:
    return {"login": one.authority.login, "logins": [one.authority.login, caller.login]}


def _tray(view: View, source: Source) -> Tray:
    return source.tray or proposals.waiting(view)


def _counts(given: Services, sources: Mapping[str, list[Source]]) -> dict[str, int]:
    """How many each of the four holds; those that are seen with the same sight are counted in one look."""
    found: dict[str, set[UUID]] = {name: set() for name in sources}
    named = ((name, source) for name, of in sources.items() for source in of)
    for sight, together in groupby(named, key=lambda one: one[1].sight):
        with looking(given, Asked(sight=sight)) as view:
            for name, source in together:
                found[name] |= proposals.ids(view, _tray(view, source), source.given)
    return {name: min(len(ids), proposals.MOST_COUNTED) for name, ids in found.items()}


def _rows(given: Services, sources: list[Source], part: Part, *, oldest_first: bool) -> list[dict[str, Any]]:
    """Of all sources together; what is in several is in the first of them."""
    lists = []
    for source in sources:
        with looking(given, Asked(sight=source.sight)) as view:
            rows = proposals.rows(view, _tray(view, source), source.given, part)
        lists.append([row | {"on_behalf_of": source.on_behalf_of} for row in rows])
    found: dict[UUID, dict[str, Any]] = {}
    for row in merge(*lists, key=lambda row: (row["place"], row["id"]), reverse=not oldest_first):
        found.setdefault(row["id"], row)
    return list(found.values())[: part.limit]


def _told(given: Services, caller: Principal, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not rows:
        return []
    with looking(given, Asked(sight=caller.sight)) as view:
        names = named(view, {row[name] for row in rows for name in ("unit", "waits_at") if row[name]})
    return [
        {name: value for name, value in row.items() if name not in ("place", "begins")}
        | {
            name: {"id": row[name], "label": called(names, row[name])} if row[name] else None
            for name in ("unit", "waits_at")
        }
        | {"since": row["begins"]}
        for row in rows
    ]


def _beyond(request: Request, cursor: str | None) -> tuple[datetime, UUID] | None:
    if cursor is None:
        return None
    found = read(request, cursor, 1)
    try:
        return datetime.fromisoformat(found.keys[0] or ""), found.id
    except ValueError as error:
        raise CursorInvalid from error


def _next(request: Request, last: dict[str, Any]) -> str:
    at = datetime.now(UTC)
    place = last["place"].isoformat()
    cursor = written(Cursor(question(request), at, 0, (place,), last["id"]))
    kept = {name: value for name, value in request.query_params.items() if name != "cursor"}
    return f"{request.url.path}?{urlencode({**kept, 'cursor': cursor})}"
