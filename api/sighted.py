"""Reading from the log itself, which knows of no jurisdiction: a view says first whether the caller may see a thing, and what of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from api.angles.asking import subject
from api.composition import Services
from api.reading import looking
from domain.access.principal import Sight
from domain.kernel.aggregate import Aggregate
from domain.organisations.person import Person
from projections.jurisdiction import NAMES, PERSONAL
from projections.queries import masking, names
from projections.queries.history import known_position
from projections.queries.view import Asked, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of a thing its reader may see; `known`: up to which position of the log, where that was asked."""

    known: int | None = None
    places: bool = True
    name: bool = True
    personal: bool = True


def shown(given: Services, asked: Asked, cls: type[Aggregate], id: UUID) -> Shown:
    """Refuses what the caller does not see in the words for what does not exist.

    Nobody is shown what was just handed on: a view that has not read the thing's last event yet is waited for, not believed.
    """
    of_the_past = asked.known is not None or asked.case is not None
    if not of_the_past and asked.after is None and _sees_all(asked.sight, cls):
        return Shown()
    if not of_the_past:
        asked = Asked(sight=asked.sight, at=asked.at, after=max(asked.after or 0, given.log.last_position([id])))
    with looking(given, asked) as view:
        subject(view, asked, cls, id)
        return _shown(view, cls, id, known_position(view) if of_the_past else None)


def _sees_all(sight: Sight, cls: type[Aggregate]) -> bool:
    return sight.everything and (cls is not Person or (sight.names.everything and sight.personal.everything))


def _shown(view: View, cls: type[Aggregate], id: UUID, known: int | None) -> Shown:
    is_person = cls is Person
    return Shown(
        known=known,
        places=not masking.hidden(view, [id]),
        name=not is_person or bool(names.in_sight(view, NAMES, [id])),
        personal=not is_person or bool(names.in_sight(view, PERSONAL, [id])),
    )
