"""What looks wrong with rooms: the same lines of `/v1/attention`, asked for the rooms of some buildings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from api.attention.finding import Idle, Listed
from api.attention.watched import WRONG, Watched
from domain.access.principal import Principal
from domain.access.rights import Right
from maps.floors.colouring import Finding
from projections.queries import lists, statistics
from projections.queries.filters import Asks, Filter
from projections.queries.lists import Wanted
from projections.queries.view import View


def found_in(view: View, caller: Principal, buildings: Sequence[UUID]) -> dict[UUID, list[Finding]]:
    """By room; as far as the caller may ask for it."""
    found: dict[UUID, list[Finding]] = defaultdict(list)
    for one in WRONG:
        if one.rows.kind == "rooms" and (caller.may(Right.STATISTICS) or not one.rows.is_figure):
            for room in _rooms(view, one, buildings):
                found[room].append(Finding(one.name, one.zh, one.en))
    return found


def _rooms(view: View, one: Watched, buildings: Sequence[UUID]) -> list[UUID]:
    match one.rows:
        case Listed() as listed:
            wanted = Wanted("rooms", filters=(*listed.here(view), Filter("building", Asks.ANY, list(buildings))))
            return [row["asset"] for row in lists.page(view, wanted, _MOST)]
        case Idle() as idle:
            which = replace(idle.which(view), values={"building": list(buildings)})
            return [row["asset"] for row in statistics.rows(view, which, idle.measure, statistics.Page()).rows()]
        case _:
            return []


_MOST = 100_000
"""More rooms than any building has."""
