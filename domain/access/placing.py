"""What has to lie in the sender's jurisdiction before a command is carried out, and how closely it has to belong there."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, TypeAlias

from domain.access.bonds import EVERY_BOND, Bond
from domain.access.policy import DECISIONS, commands_of
from domain.access.roles import Role
from domain.kernel.commands import Command
from domain.work import aggregate_type, asked_for

Bonds: TypeAlias = frozenset[Bond]

_KEPT: Final[Bonds] = frozenset({Bond.KEEPS})
_LENT: Final[Bonds] = frozenset({Bond.KEEPS, Bond.USES})

USERS_SEND: Final = frozenset(
    {
        "buildings.record-daily-repair", "rooms.move-in", "rooms.move-out", "rooms.vacate",
        "vehicles.note-odometer", "vehicles.service", "vehicles.issue-fuel-card", "vehicles.return-fuel-card",
        "vehicles.refuel", "vehicles.charge", "vehicles.insure", "vehicles.inspect", "vehicles.record-accident", "vehicles.pay",
        "vehicles.request-repair", "vehicles.judge-repair", "vehicles.approve-repair", "vehicles.refuse-repair",
        "vehicles.finish-repair", "vehicles.fix-parking", "vehicles.seal", "vehicles.unseal",
        "vehicles.take-out-of-service", "vehicles.put-back-into-service",
        "journeys.approve", "journeys.refuse", "journeys.dispatch", "journeys.swap-vehicle", "journeys.depart",
        "journeys.come-back", "journeys.close", "journeys.cancel", "journeys.withdraw",
        "items.change-custodian", "items.relocate", "items.repair", "items.put-to-use", "items.inspect", "items.accept",
        "items.refuse-entry", "items.confirm-receipt", "items.fail-transfer",
    }
)  # fmt: skip
"""Whoever has the thing for a while sends these; all others are for those who answer for it.

A unit may note what its posted car was fuelled with. It may not give away the car, nor a house that it was only allocated.
"""

_TO_ALL: Final = frozenset({"items.request-loan"})
"""What a publication invites to."""


def bonds_of(command: str) -> Bonds:
    """By which bonds the thing that a command is about may belong to the sender's jurisdiction."""
    if command in _TO_ALL:
        return EVERY_BOND
    return _LENT if command in USERS_SEND else _KEPT


_GIVEN: Final[Bonds] = frozenset()

REFERENCES: Final[Mapping[str, Mapping[str, Bonds]]] = MappingProxyType(
    {
        "units.establish": {"parent": _KEPT},
        "units.move-under": {"parent": _KEPT},
        "units.merge-into": {"successor": _GIVEN},
        "people.join": {"unit": _KEPT},
        "people.move": {"to": _GIVEN},
        "buildings.register": {"owner": _KEPT, "compound": _KEPT},
        "buildings.place-in-compound": {"compound": _KEPT},
        "buildings.allocate": {"unit": _GIVEN},
        "buildings.sign-use-agreement": {"unit": _GIVEN},
        "buildings.issue-use-certificate": {"unit": _GIVEN},
        "buildings.hand-back": {"unit": _GIVEN},
        "buildings.register-title": {"owner": _GIVEN},
        "buildings.file-title": {"owner": _GIVEN},
        "buildings.settle-title-dispute": {"owner": _GIVEN},
        "buildings.transfer-title": {"to": _GIVEN},
        "rooms.register": {"building": _KEPT},
        "rooms.merge": {"others": _KEPT},
        "rooms.assign": {"unit": _GIVEN},
        "rooms.move-in": {"person": _GIVEN},
        "rooms.move-out": {"person": _GIVEN},
        "vehicles.register": {"owner": _KEPT, "using_unit": _GIVEN},
        "vehicles.transfer": {"to": _GIVEN},
        "vehicles.assign": {"to": _GIVEN},
        "vehicles.post": {"to": _GIVEN},
        "vehicles.seal": {"key_keeper": _GIVEN},
        "drivers.enrol": {"person": _KEPT},
        "journeys.request": {"unit": _KEPT},
        "journeys.dispatch": {"vehicle": _LENT, "driver": _KEPT},
        "journeys.swap-vehicle": {"vehicle": _LENT},
        "fences.draw": {"managing_unit": _KEPT, "for_units": _KEPT, "for_vehicles": _LENT},
        "fences.impose": {"for_units": _KEPT, "for_vehicles": _LENT},
        "fences.exempt": {"for_units": _GIVEN, "for_vehicles": _GIVEN},
        "fences.hand-over": {"to": _GIVEN},
        "warehouses.open": {"managing_unit": _KEPT},
        "warehouses.hand-over": {"to": _GIVEN},
        "warehouses.appoint-keeper": {"keeper": _GIVEN},
        "items.register": {"owner": _KEPT, "custodian": _GIVEN},
        "items.change-custodian": {"custodian": _GIVEN},
        "items.shelve": {"warehouse": _KEPT},
        "items.request-entry": {"warehouse": _GIVEN},
        "items.accept": {"warehouse": _KEPT},
        "items.take-out": {"custodian": _GIVEN},
        "items.request-loan": {"borrower": _KEPT},
        "items.lend": {"receiver": _GIVEN},
        "items.take-back": {"warehouse": _KEPT},
        "items.record-past-loan": {"borrower": _GIVEN, "receiver": _GIVEN},
        "items.transfer": {"to": _GIVEN},
        "items.confirm-receipt": {"custodian": _GIVEN},
        "lots.receive": {"warehouse": _KEPT},
        "lots.issue": {"unit": _GIVEN, "receiver": _GIVEN},
        "lots.take-back": {"unit": _GIVEN},
        "lots.move": {"to": _KEPT},
        "proposals.submit": {"unit": _KEPT, "levels": _GIVEN},
        "proposals.approve": {"at": _KEPT},
        "proposals.send-back": {"at": _KEPT},
        "proposals.refuse": {"at": _KEPT},
        "proposals.hand-on": {"at": _KEPT},
    }
)
"""Every thing that a command names: what it places or takes belongs to the jurisdiction by one of these bonds.

Without any, the thing is given to it: that may lie elsewhere.
"""

DIVISIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "units.establish": "unit.division",
        "units.regrade": "division",
        "units.split": "parts.division",
        "compounds.register": "division",
        "compounds.readdress": "division",
        "buildings.register": "building.division",
        "buildings.readdress": "division",
        "warehouses.open": "division",
        "warehouses.move": "division",
    }
)
"""Where in its arguments a command says in which division a thing lies: that is in the jurisdiction."""

DECIDED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "premises.DisposalApproved": "buildings.approve-disposal",
        "vehicles.DisposalApproved": "vehicles.approve-disposal",
        "vehicles.DisposalRefused": "vehicles.refuse-disposal",
        "vehicles.RepairApproved": "vehicles.approve-repair",
        "vehicles.RepairRefused": "vehicles.refuse-repair",
        "warehouse.LoanApproved": "items.approve-loan",
        "warehouse.LoanRefused": "items.refuse-loan",
        "warehouse.DisposalDecided": "items.decide-disposal",
        "warehouse.DisposalRefused": "items.refuse-disposal",
        "approvals.ProposalHandedOn": "proposals.hand-on",
    }
)
"""A decision is withdrawn only by who may send the command that took it, or asking and deciding would be one hand's work."""


@cache
def references(command: Command) -> Mapping[str, str]:
    """The parameters by which a caller names things that exist already, each with their kind."""
    hints = typing.get_type_hints(command.decide, include_extras=True)
    found = {name: aggregate_type(hint) for name, hint in hints.items() if name != "return" and asked_for(hint)}
    return {name: cls.kind for name, cls in found.items() if cls is not None}


def withdraws(role: Role, kind: str, topic: str) -> bool:
    """Whether a role takes back what an event of this topic said: a decision if it takes it, all else if it does all else."""
    if topic in DECIDED:
        return DECIDED[topic] in commands_of(role)
    own = {key for key in commands_of(role) if key.startswith(f"{kind}.")}
    return bool(own - {f"{kind}.withdraw"} - set(DECISIONS))
