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
from domain.catalogue import AGGREGATES, BIRTHS
from domain.kernel.events import EVENTS

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

_OF_UNIT = """(e.originator_id = %(unit)s OR EXISTS (
    SELECT FROM holdings h WHERE h.asset = e.originator_id AND h.holder = %(unit)s AND h.since <= e.position))"""

# Where something is: by its own division, else by that of the unit, building or warehouse it belongs to; a driver's is that of
# the unit that the person belongs to.
_IN = "t.facet = 'division' AND t.value #>> '{}' LIKE %(division)s AND t.since <= e.position"
_IN_DIVISION = f"""(
    EXISTS (SELECT FROM timelines t WHERE t.asset = e.originator_id AND {_IN})
    OR EXISTS (SELECT FROM holdings h JOIN timelines t ON t.asset = h.holder
                WHERE h.asset = e.originator_id AND h.since <= e.position AND {_IN})
    OR EXISTS (SELECT FROM holdings p JOIN holdings h ON h.asset = p.holder JOIN timelines t ON t.asset = h.holder
                WHERE p.asset = e.originator_id AND p.party = 'people' AND p.since <= e.position
                  AND h.role = 'member_of' AND h.since <= e.position AND {_IN}))"""  # noqa: S608 -- constants of ours; values are bound

# The view stopped before a parked event, so nobody can say what it relates to: rather told once too often than lost.
_PARKED = """EXISTS (SELECT FROM reading.parked p JOIN reading.generations g ON g.id = p.generation
    WHERE g.schema = %(schema)s AND p.stream = e.originator_id AND p.position <= e.position)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Events of any of these kinds, of any of these topics, to do with this unit, in this division; empty: of all."""

    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    unit: UUID | None = None
    division: str | None = None

    @property
    def needs_view(self) -> bool:
        """Relations are in the live generation; the rest is in the log itself."""
        return self.unit is not None or self.division is not None

    def conditions(self) -> Iterator[str]:
        """SQL about the event `e`; its parameters are `parameters`."""
        if self.topics:
            yield "e.topic = ANY(%(topics)s)"
        if self.kinds:
            yield f"{BIRTH} = ANY(%(births)s)"
        if self.unit is not None:
            yield f"({_OF_UNIT} OR {_PARKED})"
        if self.division is not None:
            yield f"({_IN_DIVISION} OR {_PARKED})"

    def parameters(self) -> dict[str, Any]:
        return {
            "topics": list(self.topics),
            "births": [topic for topic, kind in BIRTH_TOPICS.items() if kind in self.kinds],
            "unit": self.unit,
            "division": None if self.division is None else _prefix(self.division) + "%",
        }


def _prefix(division: str) -> str:
    """A division's code without the zeros that stand for all of its parts."""
    while len(division) > 2 and division.endswith("00"):  # noqa: PLR2004 -- the province's two digits stay
        division = division[:-2]
    return division
