"""Who is to decide on a proposal in another's place is told: the one it was handed on to, and the deputies of those it waits for.

It may lie outside of their own jurisdiction, so nothing is told but that it is there: the page behind the link asks who may see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from api.notices import matters
from api.notices.concerning import Part, People
from api.notices.happenings import Happening
from api.notices.steps import PROPOSED
from infra.access import deputies
from infra.access.calling import Connection
from infra.notices.kept import Notice
from projections.queries.view import View

HANDED_ON: Final = "approvals.ProposalHandedOn"


def handed(view: View, happenings: Iterable[Happening]) -> dict[UUID, str]:
    """By the proposals that were handed on: the login of whoever has them now."""
    asked = [one.asset for one in happenings if one.topic == HANDED_ON]
    rows = view.rows(
        f"SELECT asset, handed_to FROM {view.of('proposals')} WHERE {view.held()} AND asset = ANY(%(ids)s)"  # noqa: S608 -- names of the code
        " AND handed_to IS NOT NULL",
        {"ids": asked},
    )
    return {row["asset"]: row["handed_to"] for row in rows}


def tell(connection: Connection, people: People, part: Part, made: Sequence[Notice]) -> None:
    """`made`: the notices of those whom it waits for themselves."""
    for proposal, login in part.handed.items():
        _told(connection, [one.account for one in people.of_login(login)], "proposal-handed-on", proposal)
    waiting = _waiting(part, made)
    in_place = deputies.in_place_of(connection, {account for told in waiting.values() for account in told})
    for proposal, told in waiting.items():
        standing_in = {deputy for absent, deputy in in_place if absent in told}
        _told(connection, standing_in - told, "proposal-in-place", proposal)


def _waiting(part: Part, made: Iterable[Notice]) -> Mapping[UUID, set[UUID]]:
    """By proposals: whom it waits for by themselves."""
    proposed = {one.position: one.asset for one in part.happenings if one.topic in PROPOSED}
    found: dict[UUID, set[UUID]] = {}
    for one in made:
        if one.why == "waits" and one.position in proposed:
            found.setdefault(proposed[one.position], set()).add(one.account)
    return found


def _told(connection: Connection, accounts: Iterable[UUID], matter: str, proposal: UUID) -> None:
    matters.tell(connection, accounts, matter, f"/proposals/{proposal}")
