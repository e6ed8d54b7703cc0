"""Whom events concern: for whom something waits, whose request was decided, who watches. Told only what they may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import TypeAlias
from uuid import UUID

from api.notices.happenings import Happening, Waits
from api.notices.steps import WAITS
from domain.access.placing import Bonds, bonds_of
from domain.access.principal import NOWHERE, Principal, Reach, Sight
from infra.notices.kept import Notice, Why
from infra.notices.watches import Watch
from projections.queries.reach import held, seen, within
from projections.queries.view import View

Look: TypeAlias = Callable[[Sight], AbstractContextManager[View]]
"""Opens the live view as far as it is in this sight."""


@dataclass
class Places:
    """Which of the things that something happened to lie where. Each place is looked at once, and only when it is asked for."""

    look: Look
    things: dict[str, set[UUID]]
    _held: dict[tuple[Reach, Bonds], frozenset[UUID]] = field(default_factory=dict)
    _in: dict[UUID, frozenset[UUID]] = field(default_factory=dict)

    @classmethod
    def of(cls, look: Look, things: Iterable[tuple[str, UUID]]) -> Places:
        by_kind: dict[str, set[UUID]] = defaultdict(set)
        for kind, id in things:
            by_kind[kind].add(id)
        return cls(look, by_kind)

    def held(self, reach: Reach, bonds: Bonds) -> frozenset[UUID]:
        """What lies in a jurisdiction by one of these bonds."""
        if (reach, bonds) not in self._held:
            with self.look(within(reach)) as view:
                self._held[reach, bonds] = held(view, self.things, bonds)
        return self._held[reach, bonds]

    def of_unit(self, unit: UUID) -> frozenset[UUID]:
        """What belongs to a unit and to those under it."""
        if unit not in self._in:
            with self.look(within(Reach(units=frozenset({unit})))) as view:
                self._in[unit] = seen(view, (id for ids in self.things.values() for id in ids))
        return self._in[unit]

    def sent_by(self, one: Principal, command: str) -> frozenset[UUID]:
        """The things about which somebody may send a command."""
        reach = reduce(or_, (grant.reach for grant in one.sends(command)), NOWHERE)
        return self.held(reach, bonds_of(command)) if reach else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everybody who may be told something, and what they watch."""

    principals: Sequence[Principal]
    watches: Sequence[Watch]

    def of_login(self, login: str) -> Iterator[Principal]:
        return (one for one in self.principals if one.login == login)


@dataclass(frozen=True, slots=True)
class Part:
    """Of the log. `asked_by`: whose request a decision was about, `waiting`: what nobody has done yet; by their positions.

    `handed`: by proposals that were handed on, to whom.
    """

    happenings: Sequence[Happening]
    asked_by: Mapping[int, str]
    waiting: Mapping[int, Waits]
    handed: Mapping[UUID, str]


def concerned(look: Look, people: People, part: Part) -> list[Notice]:
    """A notice for each account and command that concerns it."""
    happenings = part.happenings
    somewhere = [
        *((one.kind, one.asset) for one in happenings),
        *((one.kind, one.there) for one in part.waiting.values()),
    ]
    places = Places.of(look, somewhere)
    wanted: dict[UUID, dict[int, Why]] = defaultdict(dict)
    for why, one, who in (
        *_waiting(places, people, part),
        *_answered(people, part),
        *_watched(places, people, happenings),
    ):
        if who.login != one.actor:  # nobody is told what they did themselves
            wanted[who.account].setdefault(one.position, why)
    shown = in_sight(
        look, people, {who: {one.asset for one in happenings if one.position in at} for who, at in wanted.items()}
    )
    return [
        notice
        for who, at in wanted.items()
        for notice in _by_command(
            who, at, [one for one in happenings if one.position in at and one.asset in shown[who]]
        )
    ]


Concern: TypeAlias = tuple[Why, Happening, Principal]


def _waiting(places: Places, people: People, part: Part) -> Iterator[Concern]:
    for one in part.happenings:
        waits = part.waiting.get(one.position)
        if waits is not None:
            command = WAITS[one.topic].command
            able = (who for who in people.principals if waits.there in places.sent_by(who, command))
            yield from (("waits", one, who) for who in able if who.login != waits.but)


def _answered(people: People, part: Part) -> Iterator[Concern]:
    for one in part.happenings:
        yield from (("decided", one, who) for who in people.of_login(part.asked_by.get(one.position, "")))


def _watched(places: Places, people: People, happenings: Sequence[Happening]) -> Iterator[Concern]:
    by_account = {one.account: one for one in people.principals}
    for watch in people.watches:
        who = by_account.get(watch.account)
        about = [one for one in happenings if one.is_of(watch.topic)] if who is not None else []
        if watch.thing is not None:
            about = [one for one in about if one.asset == watch.thing]
        elif watch.unit is not None and about:
            about = [one for one in about if one.asset in places.of_unit(watch.unit)]
        yield from (("watched", one, who) for one in about if who is not None)


def in_sight(look: Look, people: People, things: dict[UUID, set[UUID]]) -> dict[UUID, frozenset[UUID]]:
    """Of these things, by account: those that the account sees. Who were granted the same are asked for together."""
    groups: dict[object, list[Principal]] = defaultdict(list)
    for one in people.principals:
        if things.get(one.account):
            groups[one.grants].append(one)
    found: dict[UUID, frozenset[UUID]] = {account: frozenset() for account in things}
    for members in groups.values():
        with look(members[0].sight) as view:
            shown = seen(view, {id for one in members for id in things[one.account]})
        found |= {one.account: frozenset(things[one.account] & shown) for one in members}
    return found


def _by_command(account: UUID, why: dict[int, Why], happenings: Collection[Happening]) -> Iterator[Notice]:
    """Many events of one command are one notice: of the first, and that there are more."""
    groups: dict[tuple[UUID, Why], list[Happening]] = defaultdict(list)
    for one in happenings:
        groups[one.command, why[one.position]].append(one)
    for (command, reason), (first, *others) in groups.items():
        yield Notice(account=account, why=reason, position=first.position, command=command, more=len(others))
