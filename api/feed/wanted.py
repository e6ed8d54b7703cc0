"""What a consumer of the feed wants to hear of: filters, each a condition on an event of the log.

Whether an event passes depends on the log up to that event and on nothing after it. So a page is the same whenever it is read,
and who goes on from a position gets exactly what a listener would have got.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from annotated_types import Len
from pydantic import AfterValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from api import scalars
from api.feed.relations import RELATIONS
from domain.access.principal import Sight
from domain.catalogue import AGGREGATES, BIRTHS
from domain.kernel.divisions import prefix
from domain.kernel.events import EVENTS
from projections.queries.view import View

KINDS = tuple(cls.kind for cls in AGGREGATES)
TOPICS = tuple(sorted(EVENTS))

BIRTH_TOPICS = {event.topic: cls.kind for event, cls in BIRTHS.items()}
"""The kind of a stream, by the topic of its first event."""


def _one_of(words: tuple[str, ...]) -> Any:
    """A word out of a list that the code makes, so that no `Literal` can be written for it."""

    def check(given: str) -> str:
        if given not in words:
            raise PydanticCustomError("literal_error", "{expected}", {"expected": ", ".join(words)})
        return given

    return Annotated[str, AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(words)})]


_Kind: Any = _one_of(KINDS)
_Topic: Any = _one_of(TOPICS)
Kinds: Any = Annotated[list[_Kind], Len(0, len(KINDS))]
Topics: Any = Annotated[list[_Topic], Len(0, len(TOPICS))]
Unit: Any = scalars.id_of("与此单位有关的事项（含本单位）", "Of this unit, and of what has or had to do with it")
Division: Any = Annotated[
    str,
    StringConstraints(strict=True, max_length=6, pattern="^[1-9][0-9]([0-9]{2}){0,2}$"),
    WithJsonSchema(
        {
            "type": "string",
            "maxLength": 6,
            "pattern": "^[1-9][0-9]([0-9]{2}){0,2}$",
            "description": "行政区划，含下级 · A division with those in it",
            "examples": ["640104", "6401", "64"],
        }
    ),
]

BIRTH = "(SELECT b.topic FROM log.events b WHERE b.originator_id = e.originator_id AND b.originator_version = 1)"
"""The topic of the first event of an event's stream: one look into an index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Events of any of these kinds, of any of these topics, to do with this unit, in this division; empty: of all.

    `sight`: and of what the consumer may see, as it stands when they are read.
    """

    sight: Sight
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    unit: UUID | None = None
    division: str | None = None

    @property
    def needs_view(self) -> bool:
        """Relations are in the live generation, and so is where things belong; the rest is in the log itself."""
        return self.unit is not None or self.division is not None or not self.sight.everything

    def relations(self, view: View | None) -> dict[str, str]:
        """SQL of the relations (asset, since) that the event's stream must have by its position, by their names."""
        if view is None:
            return {}
        wanted = {
            "of_unit": self.unit is not None,
            "in_division": self.division is not None,
            "in_sight": not self.sight.everything,
        }
        return {name: RELATIONS[name](view) for name, is_wanted in wanted.items() if is_wanted}

    def conditions(self) -> Iterator[str]:
        """SQL about the event `e` alone; its parameters are `parameters`."""
        if self.topics:
            yield "e.topic = ANY(%(topics)s)"
        if self.kinds:
            yield f"{BIRTH} = ANY(%(births)s)"

    def parameters(self) -> dict[str, Any]:
        return {
            "topics": list(self.topics),
            "births": [topic for topic, kind in BIRTH_TOPICS.items() if kind in self.kinds],
            "unit": self.unit,
            "division": None if self.division is None else prefix(self.division) + "%",
        }
