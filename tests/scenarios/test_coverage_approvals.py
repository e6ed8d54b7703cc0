"""No command of proposals goes untold."""

from __future__ import annotations

from domain.catalogue import COMMANDS
from tests.scenarios import test_a_proposal
from tests.scenarios.story import TOLD


def test_every_command_is_carried_out_in_some_story() -> None:
    told = TOLD[test_a_proposal.__name__.rpartition(".")[2]]
    assert {key for key, command in COMMANDS.items() if command.aggregate.kind == "proposals"} == told
