"""What differs between two sides, in words: things, facet by facet, and the events between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from api.angles.asking import on_page, thing
from projections.queries import compare, history
from projections.queries.beside import on_side
from projections.queries.compare import Different, Held, Lines, Otherwise, Sides
from projections.queries.history import Change, Part
from projections.queries.telling import ids_of_line, line, value
from projections.queries.things import Names, labels, named
from projections.queries.view import View

MOST_CAUSES = 20
MOST_EVENTS = 200


class Shown:
    """The things on a page with their facets on both sides, and the events between."""

    def __init__(self, sides: Sides, ids: Sequence[UUID]) -> None:
        self.sides = sides
        self.a, self.b = (compare.lines(view, ids) for view in (sides.a, sides.b))
        self.causes = compare.causes(sides, ids)

    def told(self, found: Iterable[Different]) -> dict[str, Any]:
        differing = [(one, self._otherwise(one.id)) for one in found]
        events = self._events({position for _, each in differing for one in each for position in _cited(one)})
        spoken_of = {id for one, each in differing for id in _ids(one, each)}
        spoken_of |= {str(id) for event in events for id in event.things()}
        a, b = (self._named(side, spoken_of) for side in (self.sides.a, self.sides.b))
        names = {**a, **b}
        return {
            "different": [_told(one, each, a, b, names) for one, each in differing],
            "events": [event.told(labels(names)) for event in events],
            "things": on_page(names, spoken_of),
        }

    def rows(self, found: Iterable[Different]) -> list[dict[str, Any]]:
        """One a facet that differs, with the thing whose it is; a thing that is otherwise by its place alone is one row too."""
        told = self.told(found)
        events = {event["position"]: event for event in told["events"]}
        return [
            {**one, **change, "events": {at: events.get(at) for at in change["caused_by"]}}
            for one in told["different"]
            for change in one["changes"] or [_NO_FACET]
        ]

    def _otherwise(self, id: UUID) -> list[Otherwise]:
        nothing: Lines = {}
        return compare.otherwise(self.a.get(id, nothing), self.b.get(id, nothing), self.causes.get(id, {}))

    def _events(self, positions: set[int]) -> list[Change]:
        """The latest of the events cited; what one view does not have, the other may."""
        wanted = history.Wanted(positions=sorted(positions)[-MOST_EVENTS:])
        found: dict[int, Change] = {}
        for view in (self.sides.a, self.sides.b):
            with on_side(view):
                changes = history.changes(view, wanted, Part(newest_first=False, limit=MOST_EVENTS))
            found |= {change.position: change for change in changes}
        return [found[position] for position in sorted(found)]

    @staticmethod
    def _named(view: View, ids: set[str]) -> Names:
        with on_side(view):
            return named(view, ids)


_NO_FACET: Final[dict[str, Any]] = {
    **dict.fromkeys(("zh", "en", "member", "member_zh", "member_en")), "a": None, "b": None, "caused_by": [],
}  # fmt: skip


def _told(one: Different, each: list[Otherwise], a: Names, b: Names, names: Names) -> dict[str, Any]:
    changes = [_change(one.kind, other, a, b, names) for other in each]
    return {"thing": thing(names, one.id), "in_a": one.in_a, "in_b": one.in_b, "changes": changes}


def _change(kind: str, other: Otherwise, a: Names, b: Names, names: Names) -> dict[str, Any]:
    return {
        **line(kind, other.facet, other.member, labels(names)),
        "a": _held(kind, other.facet, other.a, a),
        "b": _held(kind, other.facet, other.b, b),
        "caused_by": _cited(other),
        "causes": len(other.caused_by),
    }


def _held(kind: str, facet: str, held: Held | None, names: Names) -> dict[str, Any] | None:
    return None if held is None else value(kind, facet, held.value, labels(names)) | {"stated_by": held.stated}


def _cited(other: Otherwise) -> list[int]:
    """Some facets change with every journey: the last events say most."""
    return other.caused_by[-MOST_CAUSES:]


def _ids(one: Different, each: list[Otherwise]) -> Iterable[str]:
    yield str(one.id)
    for other in each:
        values = [held.value for held in (other.a, other.b) if held is not None]
        yield from ids_of_line(one.kind, other.facet, other.member, *values)
