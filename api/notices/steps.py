"""What an event leaves somebody to do, and to whose request it is the answer."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

PROPOSED: Final = ("approvals.ProposalSubmitted", "approvals.ProposalResubmitted", "approvals.ProposalApproved")
"""After these a proposal waits at a unit, which it names."""

_STOPPED: Final = ("approvals.ProposalSentBack", "approvals.ProposalRefused", "approvals.ProposalTakenBack")


@dataclass(frozen=True, slots=True)
class Next:
    """The command that is to come; and the events after any of which nobody waits for it any more."""

    command: str
    until: tuple[str, ...]


WAITS: Final = MappingProxyType(
    {
        # At each level for those in whose jurisdiction its unit is; who approved at the last has carried it out.
        **dict.fromkeys(PROPOSED, Next("proposals.approve", ("approvals.ProposalCarriedOut", *PROPOSED, *_STOPPED))),
        "premises.DisposalOpened": Next(
            "buildings.approve-disposal", ("premises.DisposalApproved", "premises.DisposalAbandoned")
        ),
        "vehicles.DisposalRequested": Next(
            "vehicles.approve-disposal", ("vehicles.DisposalApproved", "vehicles.DisposalRefused")
        ),
        "vehicles.RepairRequested": Next(
            "vehicles.judge-repair", ("vehicles.RepairJudged", "vehicles.RepairApproved", "vehicles.RepairRefused")
        ),
        "vehicles.RepairJudged": Next("vehicles.approve-repair", ("vehicles.RepairApproved", "vehicles.RepairRefused")),
        "vehicles.JourneyRequested": Next(
            "journeys.approve", ("vehicles.JourneyApproved", "vehicles.JourneyRefused", "vehicles.JourneyCancelled")
        ),
        "vehicles.JourneyApproved": Next(
            "journeys.dispatch", ("vehicles.JourneyDispatched", "vehicles.JourneyCancelled")
        ),
        "warehouse.EntryRequested": Next(
            "items.inspect", ("warehouse.EntryInspected", "warehouse.EntryRefused", "warehouse.EntryCancelled")
        ),
        "warehouse.LoanRequested": Next("items.approve-loan", ("warehouse.LoanApproved", "warehouse.LoanRefused")),
        "warehouse.LoanApproved": Next("items.lend", ("warehouse.ItemLent", "warehouse.LoanRefused")),
        "warehouse.DisposalRequested": Next(
            "items.decide-disposal", ("warehouse.DisposalDecided", "warehouse.DisposalRefused")
        ),
    }
)
"""By topic. It waits for all who may send the command about this thing."""

ANSWERS: Final = MappingProxyType(
    {
        "approvals.ProposalCarriedOut": "approvals.ProposalSubmitted",
        "approvals.ProposalSentBack": "approvals.ProposalSubmitted",
        "approvals.ProposalRefused": "approvals.ProposalSubmitted",
        "premises.DisposalApproved": "premises.DisposalOpened",
        "premises.DisposalAbandoned": "premises.DisposalOpened",
        "vehicles.DisposalApproved": "vehicles.DisposalRequested",
        "vehicles.DisposalRefused": "vehicles.DisposalRequested",
        "vehicles.RepairApproved": "vehicles.RepairRequested",
        "vehicles.RepairRefused": "vehicles.RepairRequested",
        "vehicles.JourneyApproved": "vehicles.JourneyRequested",
        "vehicles.JourneyRefused": "vehicles.JourneyRequested",
        "vehicles.JourneyDispatched": "vehicles.JourneyRequested",
        "warehouse.EntryAccepted": "warehouse.EntryRequested",
        "warehouse.EntryRefused": "warehouse.EntryRequested",
        "warehouse.LoanApproved": "warehouse.LoanRequested",
        "warehouse.LoanRefused": "warehouse.LoanRequested",
        "warehouse.ItemLent": "warehouse.LoanRequested",
        "warehouse.DisposalDecided": "warehouse.DisposalRequested",
        "warehouse.DisposalRefused": "warehouse.DisposalRequested",
    }
)
"""By topic: the request that it decides, whose sender is told."""
