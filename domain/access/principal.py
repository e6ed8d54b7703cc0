"""Who is asking, in the terms of the policy: an account with its roles, each in a jurisdiction, perhaps narrowed by a token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from domain.access.policy import KINDS, POLICY, commands_of
from domain.access.rights import Right
from domain.access.roles import Role
from domain.kernel.divisions import prefix


@dataclass(frozen=True, slots=True)
class Reach:
    """Where: everywhere, in these divisions with those below them, in these units with those under them. Empty: nowhere."""

    everything: bool = False
    divisions: frozenset[str] = frozenset()
    """Codes without the zeros that stand for all of their parts: "6401" is Yinchuan."""
    units: frozenset[UUID] = frozenset()

    def __or__(self, other: Reach) -> Reach:
        if self.everything or other.everything:
            return Reach(everything=True)
        return Reach(divisions=self.divisions | other.divisions, units=self.units | other.units)

    def __bool__(self) -> bool:
        return self.everything or bool(self.divisions or self.units)

    def has_division(self, code: str) -> bool:
        return self.everything or any(prefix(code).startswith(one) for one in self.divisions)


NOWHERE = Reach()
EVERYWHERE = Reach(everything=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role in a jurisdiction: in a division and those below it, in a unit and those under it, or (neither) everywhere."""

    role: Role
    division: str | None = None
    unit: UUID | None = None

    @property
    def reach(self) -> Reach:
        if self.division is not None:
            return Reach(divisions=frozenset({prefix(self.division)}))
        return EVERYWHERE if self.unit is None else Reach(units=frozenset({self.unit}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What of an account's rights a token carries on: never more than the account has. None: all that it has."""

    kinds: frozenset[str] | None = None
    rights: frozenset[Right] | None = None
    commands: frozenset[str] | None = None


WHOLE = Narrowed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a principal sees, and where: of each kind, and of what is shown to some only."""

    kinds: Mapping[str, Reach]
    names: Reach = NOWHERE
    """Whose names; whose telephone and identity numbers; and where secret-work vehicles are shown."""
    personal: Reach = NOWHERE
    masked: Reach = NOWHERE

    def of(self, kind: str) -> Reach:
        return self.kinds.get(kind, NOWHERE)

    @property
    def everything(self) -> bool:
        """Whether nothing at all has to be left out of any list."""
        return all(self.of(kind).everything for kind in KINDS) and self.masked.everything

    @property
    def is_partial(self) -> bool:
        """Whether of some kind a part is seen, and not everything or nothing."""
        return any(reach and not reach.everything for reach in self.kinds.values())


ALL_SEEING = Sight(kinds=dict.fromkeys(KINDS, EVERYWHERE), names=EVERYWHERE, personal=EVERYWHERE, masked=EVERYWHERE)
"""For the registry's own work, which no caller asked for: never given to a request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    account: UUID
    login: str
    unit: str
    """The unit that it acts for, as mandates name it."""
    grants: tuple[Grant, ...]
    narrowed: Narrowed = WHOLE
    via: str = "session"
    """How it came in: a session, or the name of a token. Stands in the records of access."""

    def may(self, right: Right) -> bool:
        return bool(self.where(right))

    def where(self, right: Right) -> Reach:
        if self.narrowed.rights is not None and right not in self.narrowed.rights:
            return NOWHERE
        return _union(grant for grant in self.grants if right in POLICY[grant.role].rights)

    def under(self, rights: Iterable[Right]) -> Principal | None:
        """The same principal with those grants only whose role has all these rights; None when there is none.

        So a right is used where one has it: the feed of one county does not tell of another, in which one only drives.
        """
        wanted = frozenset(rights)
        if self.narrowed.rights is not None and not wanted <= self.narrowed.rights:
            return None
        left = tuple(grant for grant in self.grants if wanted <= POLICY[grant.role].rights)
        return replace(self, grants=left) if left or not wanted else None

    def may_read(self, kind: str) -> bool:
        return bool(self.reads(kind))

    def reads(self, kind: str) -> Reach:
        if self.narrowed.kinds is not None and kind not in self.narrowed.kinds:
            return NOWHERE
        return _union(grant for grant in self.grants if kind in POLICY[grant.role].reads)

    def sends(self, command: str) -> tuple[Grant, ...]:
        """The grants under which it may send this command: each tells in which role, and where."""
        if self.narrowed.commands is not None and command not in self.narrowed.commands:
            return ()
        return tuple(grant for grant in self.grants if command in commands_of(grant.role))

    @property
    def sight(self) -> Sight:
        return _sight(self)


@lru_cache(maxsize=1000)
def _sight(principal: Principal) -> Sight:
    """Made of the grants alone, and asked for by every read: kept, since whoever is granted something else is another key."""
    return Sight(
        kinds={kind: principal.reads(kind) for kind in KINDS if principal.may_read(kind)},
        names=principal.where(Right.NAMES),
        personal=principal.where(Right.PERSONAL),
        masked=principal.where(Right.MASKED),
    )


def _union(grants: Iterable[Grant]) -> Reach:
    found = NOWHERE
    for grant in grants:
        found |= grant.reach
    return found
