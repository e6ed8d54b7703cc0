"""What an event leaves somebody to do, and to whose request it is the answer."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

WAITS: Final = MappingProxyType(
    {
        "premises.DisposalOpened": "buildings.approve-disposal",
        "vehicles.DisposalRequested": "vehicles.approve-disposal",
        "vehicles.RepairRequested": "vehicles.judge-repair",
        "vehicles.RepairJudged": "vehicles.approve-repair",
        "vehicles.JourneyRequested": "journeys.approve",
        "vehicles.JourneyApproved": "journeys.dispatch",
        "warehouse.EntryRequested": "items.inspect",
        "warehouse.LoanRequested": "items.approve-loan",
        "warehouse.LoanApproved": "items.lend",
        "warehouse.DisposalRequested": "items.decide-disposal",
    }
)
"""By topic: the command that is to come next. It waits for all who may send it about this thing."""

ANSWERS: Final = MappingProxyType(
    {
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
