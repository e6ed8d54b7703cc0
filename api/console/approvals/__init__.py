"""Pages of approvals: the inbox, a proposal with its levels, correcting what was sent back, and deputies."""

from api.console.approvals import correcting, deputies, inbox, proposal
from api.routing import Routes

ROUTERS: tuple[Routes, ...] = (inbox.router, proposal.router, correcting.router, deputies.router)
