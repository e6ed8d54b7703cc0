"""In whose name somebody may decide: their own, or that of those whose deputy they are, or of the one who handed it on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from api.access.jurisdiction import Errand, grant_for, named_by
from api.approvals.deputies import APPROVE, principal_of
from api.composition import Services
from api.whereabouts import Whereabouts
from domain.access.principal import NOWHERE, Principal, Reach
from domain.approvals.proposal import Proposal
from domain.catalogue import COMMANDS
from domain.kernel.errors import Refusal
from infra.access import deputies


@dataclass(frozen=True, slots=True)
class Standing:
    """Under whose grants, and on whose behalf, if it is not the caller's own name."""

    authority: Principal
    on_behalf_of: str | None = None

    @property
    def reach(self) -> Reach:
        """Where they are an approver."""
        found = NOWHERE
        for grant in self.authority.sends(APPROVE):
            found |= grant.reach
        return found


def standings(given: Services, caller: Principal) -> Iterator[Standing]:
    """The caller's own first; none for who is no approver."""
    if not caller.sends(APPROVE):
        return
    yield Standing(caller)
    with given.pool.connection() as connection:
        logins = deputies.absent(connection, caller.account)
    for login in logins:
        absent = principal_of(given, login)
        if absent is not None and absent.sends(APPROVE):
            yield Standing(absent, login)


def standing(given: Services, caller: Principal, proposal: Proposal) -> Standing | None:
    """How the caller may decide on it now, if they may."""
    if proposal.waits_at is None or proposal.submitter == caller.login:
        return None
    found = [*standings(given, caller), *_handed(given, caller, proposal)]
    return next((one for one in found if _decides(given, one, proposal)), None)


def _handed(given: Services, caller: Principal, proposal: Proposal) -> Iterator[Standing]:
    by = proposal.handed_by if proposal.handed_to == caller.login and caller.sends(APPROVE) else None
    handing = None if by is None else principal_of(given, by)
    if handing is not None:
        yield Standing(handing, by)


def _decides(given: Services, standing: Standing, proposal: Proposal) -> bool:
    if proposal.submitter == standing.on_behalf_of:
        return False
    errand = Errand(command=COMMANDS[APPROVE], id=proposal.id, arguments={"at": proposal.waits_at})
    places = Whereabouts(given, named_by(APPROVE, proposal.id, errand.arguments))
    try:
        grant_for(standing.authority, errand, places, given)
    except Refusal:
        return False
    return True
