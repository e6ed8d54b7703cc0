"""Since when something has lain idle: rooms have no using unit, and items are said to be of no use to whoever has them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from projections.queries.view import View

_TOLD_BY: Final = {"rooms": "{using_unit,room_status}", "items": "{idle}"}
"""By kind: the facets that tell whether it is idle."""


def idle_since(view: View, things: Sequence[tuple[str, UUID]]) -> dict[UUID, datetime]:
    """Of idle rooms and items, given by kind and id: since the last use ended, or from the beginning."""
    found: dict[UUID, datetime] = {}
    for kind in _TOLD_BY:
        ids = {"ids": [id for of, id in things if of == kind]}
        statement = f"SELECT asset, {_since(view)} AS since {_told(view, kind)} AND asset = ANY(%(ids)s) GROUP BY asset"
        found |= {row["asset"]: row["since"] for row in view.rows(statement, ids)}
    return found


def since_long(view: View, kind: str) -> str:
    """SQL, of an idle row f about a thing of this kind: since `idle_before` at least.

    A version that has stood for so long says so itself. Only of the others it is looked up, which costs a hundred times as much.
    """
    if kind not in _TOLD_BY:
        return "false"
    moment = "%(idle_before)s::timestamptz"
    return f"(f.begins <= {moment} OR (SELECT {_since(view)} {_told(view, kind)} AND asset = f.asset) <= {moment})"


def _since(view: View) -> str:
    ends = "ends" if view.known is None else "CASE WHEN cut > %(known)s::bigint THEN ended ELSE ends END"
    return f"coalesce(max({ends}) FILTER (WHERE ref IS NOT NULL OR value #>> '{{}}' = 'false'), min(begins))"


def _told(view: View, kind: str) -> str:
    """FROM and WHERE: what was told of the use of rooms, or of items."""
    return f"""FROM {view.of("timelines", "", kind)} WHERE facet = ANY ('{_TOLD_BY[kind]}')
                AND {view.known_sql()} AND begins <= %(at)s::timestamptz"""
