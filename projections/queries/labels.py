"""What things are called beside the ids that name them, at the moment and position of the view; people by the vault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from projections.queries.things import named
from projections.queries.view import View

MOST_REMEMBERED = 50_000


@dataclass(slots=True)
class Labels:
    """The labels of a list that is read part by part: the same units and buildings come again and again."""

    view: View
    _known: dict[UUID, str | None] = field(default_factory=dict)

    def of(self, ids: Iterable[UUID]) -> dict[UUID, str | None]:
        wanted = set(ids)
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        missing = wanted - self._known.keys()
        if missing:
            found = named(self.view, missing)
            self._known |= {id: thing.label if (thing := found.get(str(id))) else None for id in missing}
        return {id: self._known[id] for id in wanted}
