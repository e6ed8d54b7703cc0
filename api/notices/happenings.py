"""What happened in a part of the log, as far as it takes to find out whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.notices.steps import ANSWERS, PROPOSED, WAITS
from projections.queries.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event: of which thing, by whom, as part of which command. `stated`: what a correction says anew."""

    position: int
    asset: UUID
    kind: str
    topic: str
    stated: str | None
    actor: str
    command: UUID

    def is_of(self, topic: str | None) -> bool:
        return topic is None or topic in (self.topic, self.stated)


def happened(view: View, after: int, upto: int) -> list[Happening]:
    """The events after the one position up to the other, as the view has read them. What it could not read is nobody's business yet."""
    statement = (
        "SELECT h.position, h.asset, h.kind, h.topic, h.stated, h.actor, e.command_id AS command"  # noqa: S608 -- names of the code
        f" FROM {view.of('history', 'h')} JOIN log.events e ON e.position = h.position"
        " WHERE h.position > %(after)s AND h.position <= %(upto)s ORDER BY h.position"
    )
    return [Happening(**row) for row in view.rows(statement, {"after": after, "upto": upto})]


@dataclass(frozen=True, slots=True)
class Waits:
    """For whoever may send the next command about what is there; `but`: not for this login, who asked for it."""

    kind: str
    there: UUID
    but: str | None = None


def waiting(view: View, happenings: Iterable[Happening]) -> dict[int, Waits]:
    """By their positions, those that somebody is still to do something about: what was done by now waits for nobody."""
    asked = [one for one in happenings if one.topic in WAITS]
    rows = view.rows(
        f"SELECT asset, topic, position FROM {view.of('history')} WHERE asset = ANY(%(assets)s) AND topic = ANY(%(topics)s)",  # noqa: S608 -- names of the code
        {
            "assets": [one.asset for one in asked],
            "topics": [topic for one in asked for topic in WAITS[one.topic].until],
        },
    )
    left = [one for one in asked if not any(_ends(row, one) for row in rows)]
    proposed = _proposed(view, [one.asset for one in left if one.topic in PROPOSED])
    found = {
        one.position: proposed.get(one.asset) if one.topic in PROPOSED else Waits(one.kind, one.asset) for one in left
    }
    return {position: waits for position, waits in found.items() if waits is not None}


def _proposed(view: View, proposals: Sequence[UUID]) -> dict[UUID, Waits]:
    """Proposals, with the unit that each waits at now."""
    rows = view.rows(
        f"SELECT asset, waits_at, submitter FROM {view.of('proposals')} WHERE {view.held()} AND asset = ANY(%(ids)s)"  # noqa: S608 -- names of the code
        " AND waits_at IS NOT NULL",
        {"ids": list(proposals)},
    )
    return {row["asset"]: Waits("units", row["waits_at"], row["submitter"]) for row in rows}


def _ends(row: Mapping[str, Any], one: Happening) -> bool:
    return row["asset"] == one.asset and row["position"] > one.position and row["topic"] in WAITS[one.topic].until


def requesters(view: View, happenings: Iterable[Happening]) -> dict[int, str]:
    """By the position of a decision: the login of whoever asked for it last."""
    found: dict[int, str] = {}
    for one in happenings:
        asked = ANSWERS.get(one.topic)
        if asked is not None:
            row = view.one(
                f"SELECT actor FROM {view.of('history')} WHERE asset = %(asset)s AND topic = %(topic)s"  # noqa: S608 -- names of the code
                " AND position < %(position)s ORDER BY position DESC LIMIT 1",
                {"asset": one.asset, "topic": asked, "position": one.position},
            )
            if row is not None:
                found[one.position] = row["actor"]
    return found
