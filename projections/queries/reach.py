"""Whether things lie where somebody may see them, or may change them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final
from uuid import UUID

from domain.access.bonds import Bond
from domain.access.policy import KINDS
from domain.access.principal import Reach, Sight
from projections.queries.view import View

_HELD: Final = (
    "SELECT DISTINCT i.asset FROM {schema}.in_sight i"
    " WHERE i.asset = ANY(%(ids)s::uuid[]) AND i.kind = %(kind)s AND i.bond = ANY(%(bonds)s::text[])"
)


def within(reach: Reach) -> Sight:
    """The sight of whoever sees all that lies in one jurisdiction: to ask what lies in it (`held`)."""
    return Sight(kinds=dict.fromkeys(KINDS, reach), masked=reach)


def seen(view: View, ids: Iterable[UUID], kinds: Iterable[str] = ()) -> frozenset[UUID]:
    """Those of these things that are in the view's sight. What the view does not know is not.

    `kinds`: of which kinds they are, where that is known.
    """
    wanted = list(set(ids))
    # A thing has a few rows of what it belongs to, and one in the history for everything that ever happened to it.
    known = f"{view.schema}.in_sight" if view.sight.is_partial else view.of("history", "", *kinds)
    statement = f"SELECT DISTINCT asset FROM {known} WHERE asset = ANY(%(ids)s::uuid[])"  # noqa: S608 -- names of the code
    return frozenset(row["asset"] for row in view.rows(statement, {"ids": wanted})) if wanted else frozenset()


def held(view: View, ids: Mapping[str, Collection[UUID]], bonds: Collection[Bond]) -> frozenset[UUID]:
    """Those of these things (by kind) that lie in the view's sight by one of these bonds, as things stand now or later."""
    found: set[UUID] = set()
    for kind, wanted in ids.items():
        if view.sight.of(kind).everything:
            found |= seen(view, wanted)
        elif wanted and view.sight.of(kind):
            asked = {"ids": list(wanted), "kind": kind, "bonds": list(bonds)}
            found |= {row["asset"] for row in view.rows(_HELD.format(schema=view.schema), asked)}
    return frozenset(found)
