"""Proposals as somebody's inbox shows them: what waits for them, what came back to them, what is under way, and what is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from domain.approvals.terms import ProposalStatus
from projections.queries.view import View

MOST_COUNTED: Final = 1000

_FIELDS = (
    "r.asset AS id, r.title, r.unit, r.submitter, r.submitted, r.lines, r.status, r.waits_at, r.handed_to, r.begins"
)
_UNDER_WAY = f"r.status = '{ProposalStatus.UNDER_WAY}'"
_OPEN = f"r.status IN ('{ProposalStatus.UNDER_WAY}', '{ProposalStatus.SENT_BACK}')"

# Those that somebody decided on: whoever did is named in the history.
_DECIDED = (
    "SELECT h.asset FROM {history} WHERE h.actor = %(login)s"
    " AND h.topic IN ('approvals.ProposalApproved', 'approvals.ProposalSentBack', 'approvals.ProposalRefused')"
)


@dataclass(frozen=True, slots=True)
class Part:
    """So many at most, after one that was shown: the moment by which it stands in the order, and its id."""

    limit: int
    beyond: tuple[datetime, UUID] | None = None


@dataclass(frozen=True, slots=True)
class Tray:
    """Which proposals, in which order; the parameters are those of the question."""

    condition: str
    oldest_first: bool

    @property
    def order(self) -> str:
        return "r.submitted" if self.oldest_first else "r.begins"


def waiting(view: View) -> Tray:
    """At a level whose unit lies in the view's sight, and that `login` may decide, but for `also`, who would act for them."""
    everywhere = view.sight.of("units").everything
    inside = (
        ""
        if everywhere
        else f" AND r.waits_at IN (SELECT i.asset FROM {view.schema}.in_sight i WHERE i.kind = 'units')"  # noqa: S608 -- names of the code
    )
    return Tray(
        f"{_UNDER_WAY} AND r.submitter <> ALL(%(logins)s::text[]) AND coalesce(r.handed_to, %(login)s) = %(login)s{inside}",
        oldest_first=True,
    )


HANDED: Final = Tray(f"{_UNDER_WAY} AND r.handed_to = %(login)s AND r.submitter <> %(login)s", oldest_first=True)
RETURNED: Final = Tray(f"r.status = '{ProposalStatus.SENT_BACK}' AND r.submitter = %(login)s", oldest_first=True)
MINE: Final = Tray(f"{_UNDER_WAY} AND r.submitter = %(login)s", oldest_first=False)
DONE: Final = Tray(f"((NOT {_OPEN} AND r.submitter = %(login)s) OR r.asset IN ({_DECIDED}))", oldest_first=False)


def rows(view: View, tray: Tray, given: dict[str, Any], part: Part) -> list[dict[str, Any]]:
    """What lies in it now, in its order."""
    way, sign = ("ASC", ">") if tray.oldest_first else ("DESC", "<")
    beyond = (
        f" AND ({tray.order}, r.asset) {sign} (%(beyond)s::timestamptz, %(beyond_id)s::uuid)" if part.beyond else ""
    )
    moment, id = part.beyond or (None, None)
    return view.rows(
        f"SELECT {_FIELDS}, {tray.order} AS place FROM {_from(view, tray)}{beyond}"  # noqa: S608 -- names of the code
        f" ORDER BY {tray.order} {way}, r.asset {way} LIMIT %(limit)s",
        {**given, "beyond": moment, "beyond_id": id, "limit": part.limit},
    )


def ids(view: View, tray: Tray, given: dict[str, Any]) -> set[UUID]:
    """All that lie in it, up to a bound that no inbox should reach."""
    found = view.rows(f"SELECT r.asset AS id FROM {_from(view, tray)} LIMIT {MOST_COUNTED}", given)  # noqa: S608 -- names of the code
    return {row["id"] for row in found}


def _from(view: View, tray: Tray) -> str:
    condition = tray.condition.format(history=view.of("history", "h", "proposals"))
    return f"{view.of('proposals', 'r')} WHERE {view.held('r')} AND {condition}"
