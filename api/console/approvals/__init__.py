"""Pages of approvals: the inbox, a proposal with its levels, correcting what was sent back, and deputies."""

from api.console.approvals import correcting, deputies, inbox, proposal, proposing
from api.routing import Routes

ROUTERS: tuple[Routes, ...] = (inbox.router, proposing.router, proposal.router, correcting.router, deputies.router)
