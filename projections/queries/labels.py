"""What things are called beside the ids that name them, at the moment and position of the view; people by the vault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from projections.queries.things import Named, named
from projections.queries.view import View

MOST_REMEMBERED = 20_000


@dataclass(slots=True)
class Labels:
    """The labels of a list that is read part by part: the same units and buildings come again and again."""

    view: View
    _known: dict[str, str | None] = field(default_factory=dict)

    def of(self, ids: Iterable[UUID]) -> dict[UUID, str | None]:
        wanted = {id: str(id) for id in ids}
        known = self._all(wanted.values())
        return {id: known[text] for id, text in wanted.items()}

    def called(self, ids: Iterable[Any]) -> dict[str, str]:
        """By the ids as text: the label, or the id where nobody knows one."""
        wanted = {str(id) for id in ids}
        known = self._all(wanted)
        return {text: known[text] or text for text in wanted}

    def _all(self, wanted: Iterable[str]) -> Mapping[str, str | None]:
        if len(self._known) > MOST_REMEMBERED:
            self._known.clear()
        missing = [text for text in wanted if text not in self._known]
        if missing:
            found: Mapping[str, Named] = named(self.view, missing)
            self._known |= {text: thing.label if (thing := found.get(text)) else None for text in missing}
        return self._known
