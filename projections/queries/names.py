"""What people are called: asked of the log and the vault when it is shown, because no generation holds a name.

A person whose key was destroyed reads as erased from then on, in the past as well as now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias
from uuid import UUID

import msgspec

from domain.kernel.events import FactCorrected, FactWithdrawn
from domain.organisations.events import PersonContactChanged, PersonJoined
from infra.vault import Vault
from projections.jurisdiction import NAMES
from projections.queries.view import View

NAMING = frozenset([PersonJoined.topic, PersonContactChanged.topic])
_CORRECTIONS = frozenset([FactCorrected.topic, FactWithdrawn.topic])
_TOPICS = sorted(NAMING | _CORRECTIONS)

Stored: TypeAlias = tuple[UUID, int, str, bytes]
"""Person, version, topic and state of an event."""


@dataclass(frozen=True, slots=True)
class Naming:
    """An event that says a name: since when, at which place among those of the same day, and the name under its seal."""

    effective: datetime
    place: int
    field: str
    sealed: dict[str, str]


class Keys(Vault):
    """The vault of a page: the keys of everyone on it, read at once and kept no longer than that."""

    def __init__(self, keys: Mapping[UUID, bytes]) -> None:
        self._keys = keys

    def _key(self, subject: UUID) -> bytes | None:
        return self._keys.get(subject)


def names(view: View, people: Iterable[UUID]) -> dict[UUID, str]:
    """What these people are called at the moment, as known at the position; those whom the log does not name are left out.

    So are those whose names the caller may not see.
    """
    wanted = in_sight(view, NAMES, people)
    if not wanted:
        return {}
    # The newest keys that this snapshot can see: an erasure is heeded by every question that begins after it.
    keys = view.connection.execute(
        "SELECT subject, key FROM vault.person_keys WHERE subject = ANY(%s) AND key IS NOT NULL", [wanted]
    ).fetchall()
    rows = view.connection.execute(
        "SELECT originator_id, originator_version, topic, state FROM log.events"
        " WHERE originator_id = ANY(%s) AND topic = ANY(%s) AND position <= %s ORDER BY 1, 2",
        [wanted, _TOPICS, view.position if view.known is None else view.known],
    ).fetchall()
    vault = Keys(dict(keys))
    found = {person: chosen(namings(events), view.at) for person, events in groupby(rows, key=itemgetter(0))}
    return {
        person: vault.unseal(person, naming.field, naming.sealed)
        for person, naming in found.items()
        if naming is not None
    }


def in_sight(view: View, right: str, people: Iterable[UUID]) -> list[UUID]:
    """Those of these people of whom the caller may see what is shown to some only (`projections/jurisdiction.py`)."""
    wanted = list(set(people))
    if not wanted or (view.sight.names if right == NAMES else view.sight.personal).everything:
        return wanted
    statement = f"SELECT DISTINCT asset FROM {view.schema}.people_{right} WHERE asset = ANY(%(ids)s::uuid[])"  # noqa: S608 -- of the code's own names
    rows = view.rows(statement, {"ids": wanted})
    return [row["asset"] for row in rows]


def namings(events: Iterable[Stored]) -> Collection[Naming]:
    """What the events of one person say of the name, corrections in the place of what they correct."""
    said: dict[int, Naming] = {}
    places: dict[int, int] = {}
    for _, version, topic, stored in events:
        state: dict[str, Any] = msgspec.json.decode(stored)
        place, stated = version, {"topic": topic, "state": state}
        if topic in _CORRECTIONS:
            said.pop(state["of"], None)
            place = places[version] = places.get(state["of"], state["of"])
            stated = state.get("statement", {})  # a withdrawal says nothing instead
        if stated.get("topic") in NAMING:
            said[version] = _naming(stated, place)
    return said.values()


def _naming(stated: dict[str, Any], place: int) -> Naming:
    state = stated["state"]
    return Naming(datetime.fromisoformat(state["effective"]), place, f"{stated['topic']}.name", state["name"])


def chosen(said: Collection[Naming], at: datetime) -> Naming | None:
    """The last name of those that held by the moment; before the first one, that one."""
    begun = [naming for naming in said if naming.effective <= at]
    if begun:
        return max(begun, key=_rank)
    return min(said, key=_rank, default=None)


def _rank(naming: Naming) -> tuple[datetime, int]:
    return naming.effective, naming.place
