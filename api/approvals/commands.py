"""The routes of what is done with proposals: like all commands, but with papers, levels and deputies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from fastapi.responses import Response

from api import commands
from api.approvals import deciding, submitting
from api.routing import Routes
from domain.approvals.proposal import Proposal
from domain.catalogue import COMMANDS
from domain.kernel.commands import Command

_ENDPOINTS: Final[Mapping[str, Callable[[Command], Callable[..., Response]]]] = {
    **dict.fromkeys(("submit", "resubmit"), submitting.endpoint),
    **dict.fromkeys(("approve", "send-back", "refuse", "hand-on"), deciding.endpoint),
}


def routes() -> Routes:
    router = Routes()
    for command in COMMANDS.values():
        if command.aggregate is Proposal:
            commands.add_route(router, command, _ENDPOINTS.get(command.name, commands.endpoint)(command))
    return router
