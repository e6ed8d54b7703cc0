"""Who holds what at a moment: a unit with those under it, a person, a place; and what a place holds, floor by floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from projections.holdings import ROLES
from projections.queries.question import Question
from projections.queries.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is held by any of these, in any role or these roles, of any kind or these kinds."""

    holders: Sequence[UUID]
    kinds: Sequence[str] = ()
    roles: Sequence[str] = ()
    holds: bool | None = True
    """Only what they have, only what mentions them, or (None) both."""


Beyond = tuple[str, UUID, str]
"""The last of a page: role, thing, member."""

_SUBTREE = """
WITH RECURSIVE tree AS (
    SELECT %(unit)s::uuid AS asset
    UNION
    SELECT t.asset FROM tree JOIN {timelines} ON t.ref = tree.asset AND t.facet = 'parent' AND {held}
)
SELECT asset FROM tree
"""


def subtree(view: View, unit: UUID) -> list[UUID]:
    """The unit and all that are under it at the moment."""
    return [
        row["asset"]
        for row in view.rows(
            _SUBTREE.format(timelines=view.of("timelines", "t", "units"), held=view.held("t")), {"unit": unit}
        )
    ]


def counts(view: View, wanted: Wanted) -> list[dict[str, Any]]:
    """How many things of which kind are held in which role."""
    return view.rows(
        f"SELECT h.kind, h.role, count(*) AS things FROM {view.of('holdings', 'h', *wanted.kinds)} WHERE {_where(view, wanted)}"  # noqa: S608 -- constants
        " GROUP BY h.kind, h.role ORDER BY h.kind, h.role",
        _parameters(wanted),
    )


def page(view: View, wanted: Wanted, beyond: Beyond | None, limit: int | None) -> Question:
    """The things, by role, then id."""
    after = " AND (h.role, h.asset, h.member) > (%(role)s::text, %(asset)s::uuid, %(member)s::text)" if beyond else ""
    role, asset, member = beyond or (None, None, None)
    return Question(
        view,
        f"SELECT h.asset, h.kind, h.role, h.member, h.holder, h.begins, {ends(view, 'h')} AS ends, h.stated"  # noqa: S608 -- constants
        f" FROM {view.of('holdings', 'h', *wanted.kinds)} WHERE {_where(view, wanted)}{after} ORDER BY h.role, h.asset, h.member LIMIT %(limit)s",
        _parameters(wanted) | {"role": role, "asset": asset, "member": member, "limit": limit},
    )


def ends(view: View, alias: str) -> str:
    """SQL: until when it held, as known at the position; NULL when open."""
    known = f"CASE WHEN {alias}.cut > %(known)s::bigint THEN {alias}.ended ELSE {alias}.ends END"
    return f"nullif({f'{alias}.ends' if view.known is None else known}, 'infinity')"


def _where(view: View, wanted: Wanted) -> str:
    kinds = " AND h.kind = ANY(%(kinds)s::text[])" if wanted.kinds else ""
    return f"h.holder = ANY(%(holders)s::uuid[]) AND h.role = ANY(%(roles)s::text[]) AND {view.held('h')}{kinds}"


def _parameters(wanted: Wanted) -> dict[str, Any]:
    return {"holders": list(wanted.holders), "kinds": list(wanted.kinds), "roles": _roles(wanted)}


def _roles(wanted: Wanted) -> list[str]:
    """The roles that can be meant at all: the index is over holder and role."""
    return [
        role.name
        for role in ROLES.values()
        if (wanted.holds is None or role.holds == wanted.holds)
        and (not wanted.roles or role.name in wanted.roles)
        and (not wanted.kinds or set(wanted.kinds) & set(role.of.split()))
    ]
