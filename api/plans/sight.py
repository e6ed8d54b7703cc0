"""What of a plan's lines a member may see: what they wrote, and what is about things in their sight.

The registry's own rules hold for a draft too, or adding somebody to a plan would show them what no list does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from api.composition import Services
from api.plans.bodies import uuids
from api.reading import looking
from domain.access.principal import Principal
from domain.access.rights import Right
from domain.catalogue import COMMANDS
from infra.plans.lines import Line
from projections.queries import masking
from projections.queries.reach import seen
from projections.queries.things import labels, named
from projections.queries.view import Asked, View
from projections.queries.words.values import Names

_CALLED_BY = ("name", "number", "plate", "asset_number", "destination")
_PERSONAL = frozenset({"name", "phone", "id_number"})


class Seen:
    """The lines of one plan, as one member sees them."""

    def __init__(
        self,
        caller: Principal,
        lines: Sequence[Line],
        in_sight: frozenset[UUID],
        names: Names,
        former: Sequence[Any] = (),
    ) -> None:
        self._caller, self._in_sight = caller, in_sight
        self.made = {UUID(said["id"]) for said in (*(line.said for line in lines), *former) if makes(said)}
        made_names = {line.said["id"]: _called(line.said) for line in lines if makes(line.said) and self.shows(line)}
        self.names = {**names, **{id: name for id, name in made_names.items() if name}}

    def shows(self, line: Line) -> bool:
        return line.writer == self._caller.account or self.shows_things(line.said)

    def shows_things(self, said: Any) -> bool:
        """Where a thing that one sees goes to may lie elsewhere; of what is new, all that it is made of is seen."""
        about = {UUID(said["id"])} - self.made if said.get("id") else set()
        named = uuids(said.get("arguments")) - self.made
        wanted = about or named
        if masks(said) and not self._caller.may(Right.PERSONAL):
            return False
        return wanted <= self._in_sight and (bool(about) or named <= self._in_sight)


def makes(said: Any) -> bool:
    """Whether the line brings its thing into being."""
    return bool(said.get("id")) and COMMANDS[said["command"]].creates and said.get("corrects") is None


def masks(said: Any) -> bool:
    """Whether the line tells what is sealed in the log."""
    return bool(said["command"].startswith("people.") and _PERSONAL & said["arguments"].keys())


def _called(said: Any) -> str | None:
    """What a new thing will be called."""
    flat = {**said["arguments"]}
    for value in said["arguments"].values():
        flat |= value if isinstance(value, dict) else {}
    return next((str(flat[name]) for name in _CALLED_BY if flat.get(name)), None)


@contextmanager
def viewed(
    given: Services, caller: Principal, ids: Iterable[UUID], at: datetime | None = None, *, wait: bool = True
) -> Iterator[View]:
    """A view that knows the last of these things: what was just handed on is not shown any more."""
    after = given.log.last_position(list(ids)) if wait else None
    with looking(given, Asked(sight=caller.sight, at=at, after=after)) as view:
        yield view


def seen_by(given: Services, caller: Principal, lines: Sequence[Line], *former: Any, wait: bool = True) -> Seen:
    """`former`: lines as they were, of which something is to be told as well. `wait`: until the view knows all that they name."""
    known = [said for said in former if said is not None]
    ids = set[UUID]().union(*(uuids(said) for said in (*(line.said for line in lines), *known)))
    if not ids:
        return Seen(caller, lines, frozenset(), {}, known)
    with viewed(given, caller, ids, wait=wait) as view:
        in_sight = seen(view, ids) - masking.hidden(view, ids)
        return Seen(caller, lines, in_sight, labels(named(view, ids)), known)
