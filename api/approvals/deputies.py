"""Who decides in whose place: deputies for some days, and whom one proposal was handed on to."""

from __future__ import annotations

from api.access.jurisdiction import Errand
from api.approvals import proposed
from api.approvals.refusals import NoDeputy, NotAnApprover
from api.composition import Services
from api.dependencies import Asked
from domain.access.principal import Principal
from infra.access import deputies, principals

APPROVE = "proposals.approve"


def authority(wanted: Errand, asked: Asked, given: Services) -> Principal:
    """Under whose grants a decision is taken: the caller's own, or those of the one on whose behalf they say they act.

    A deputy decides on proposals as that one could now, and no more: whether they can, their grants say.
    """
    absent = wanted.arguments.get("on_behalf_of")
    if absent is None:
        return asked.principal
    found = principal_of(given, absent)
    if found is None or not stands_in(given, wanted, asked.principal, found):
        raise NoDeputy(login=absent)
    return found


def stands_in(given: Services, wanted: Errand, deputy: Principal, absent: Principal) -> bool:
    """Whether the one made the other their deputy for today, or handed on this proposal to them."""
    with given.pool.connection() as connection:
        if absent.login in deputies.absent(connection, deputy.account):
            return True
    proposal = proposed.opened(given, wanted.id)
    return (proposal.handed_to, proposal.handed_by) == (deputy.login, absent.login)


def require_approver(wanted: Errand, given: Services) -> None:
    """Rule: what is handed on goes to somebody who is an approver somewhere."""
    to = wanted.arguments.get("to")
    found = None if to is None else principal_of(given, to)
    if to is not None and (found is None or not found.sends(APPROVE)):
        raise NotAnApprover(login=to)


def principal_of(given: Services, login: str) -> Principal | None:
    with given.pool.connection() as connection:
        return principals.of_login(connection, login)
