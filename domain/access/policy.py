"""What each role may do. This table is the policy; `docs/security.md` prints it, and a test walks every route with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from domain.access.rights import Right
from domain.access.roles import Role
from domain.catalogue import AGGREGATES, COMMANDS

KINDS: Final = frozenset(cls.kind for cls in AGGREGATES)
FLEET: Final = frozenset({"units", "people", "vehicles", "drivers", "journeys", "fences", "proposals"})
STORE: Final = frozenset({"units", "people", "warehouses", "items", "lots", "proposals"})
PREMISES: Final = frozenset({"units", "people", "compounds", "buildings", "rooms", "proposals"})

_WORKS: Final = frozenset({Right.STATISTICS, Right.EXPORT, Right.FILES, Right.ATTACH, Right.NAMES})
_LOOKS: Final = frozenset({Right.STATISTICS, Right.EXPORT, Right.FILES, Right.NAMES})
_SUPERVISES: Final = _LOOKS | {Right.FEED, Right.LOG, Right.CASES, Right.PERSONAL, Right.MASKED, Right.TRACKS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What a role may: read things of these kinds, these rights, and these commands ("rooms.*" is every one of rooms)."""

    reads: frozenset[str] = frozenset()
    rights: frozenset[Right] = frozenset()
    commands: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    """Commands that the patterns name and that it may not send after all."""


DECISIONS: Final = (
    "buildings.approve-disposal", "vehicles.approve-disposal", "vehicles.refuse-disposal", "vehicles.approve-repair",
    "vehicles.refuse-repair", "journeys.approve", "journeys.refuse", "items.approve-loan", "items.refuse-loan",
    "items.decide-disposal", "items.refuse-disposal", "people.erase",
    "proposals.approve", "proposals.send-back", "proposals.refuse", "proposals.hand-on",
)  # fmt: skip
"""What somebody else asked for: whoever asks does not decide."""

PROPOSES: Final = ("proposals.submit", "proposals.resubmit", "proposals.take-back", "proposals.withdraw")
"""Whoever does something may also propose it, and what others would have to do."""

POLICY: Final[Mapping[Role, Allowed]] = MappingProxyType(
    {
        Role.PREMISES_OFFICER: Allowed(
            reads=PREMISES, rights=_WORKS | {Right.PERSONAL},
            commands=("units.*", "people.*", "compounds.*", "buildings.*", "rooms.*", *PROPOSES), but=DECISIONS,
        ),
        Role.DISPATCHER: Allowed(
            reads=FLEET, rights=_WORKS | {Right.TRACKS}, commands=("vehicles.*", "drivers.*", "journeys.*", "fences.*", *PROPOSES), but=DECISIONS,
        ),
        Role.DRIVER: Allowed(
            reads=frozenset({"vehicles", "drivers", "journeys"}), rights=frozenset({Right.ATTACH}),
            commands=("journeys.depart", "journeys.come-back", "vehicles.note-odometer", "vehicles.refuel", "vehicles.charge",
                      "vehicles.record-accident", "vehicles.request-repair"),
        ),
        Role.KEEPER: Allowed(
            reads=STORE, rights=_WORKS, commands=("warehouses.*", "items.*", "lots.*", *PROPOSES), but=DECISIONS,
        ),
        Role.UNIT_CLERK: Allowed(
            reads=KINDS, rights=_WORKS | {Right.PERSONAL, Right.TRACKS},
            commands=("people.*", "rooms.move-in", "rooms.move-out", "rooms.vacate", "buildings.record-daily-repair",
                      "journeys.request", "journeys.cancel", "items.register", "items.change-custodian", "items.relocate",
                      "items.declare-idle", "items.put-to-use", "items.repair", "items.request-entry", "items.cancel-entry",
                      "items.request-loan", "items.confirm-receipt", "items.fail-transfer", "items.request-disposal",
                      *PROPOSES),
            but=DECISIONS,
        ),
        Role.APPROVER: Allowed(
            reads=KINDS, rights=_LOOKS | {Right.ATTACH},
            commands=(*DECISIONS, "buildings.withdraw", "vehicles.withdraw", "items.withdraw", "proposals.withdraw"),
        ),
        Role.FINANCE: Allowed(
            reads=KINDS, rights=_LOOKS | {Right.FEED, Right.ATTACH},
            commands=("buildings.revalue", "vehicles.revalue", "items.revalue"),
        ),
        Role.DISCIPLINE: Allowed(reads=KINDS, rights=_SUPERVISES),
        Role.AUDITOR: Allowed(reads=KINDS, rights=_SUPERVISES),
        Role.LEADER: Allowed(reads=KINDS, rights=_LOOKS),
        Role.DEVICE: Allowed(rights=frozenset({Right.REPORT})),
        Role.SYSTEM_ADMINISTRATOR: Allowed(rights=frozenset({Right.ACCOUNTS, Right.OPERATE})),
        Role.SECURITY_ADMINISTRATOR: Allowed(rights=frozenset({Right.GRANTS})),
        Role.AUDIT_ADMINISTRATOR: Allowed(rights=frozenset({Right.RECORDS})),
    }
)  # fmt: skip


@cache
def commands_of(role: Role) -> frozenset[str]:
    """The keys of all commands that a role may send."""
    allowed = POLICY[role]
    return frozenset(_named(allowed.commands)) - frozenset(allowed.but)


def _named(patterns: tuple[str, ...]) -> Iterator[str]:
    for pattern in patterns:
        kind, _, name = pattern.partition(".")
        yield from (key for key in COMMANDS if key == pattern or (name == "*" and key.startswith(f"{kind}.")))
