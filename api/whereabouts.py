"""Where the things lie that a request to write names: asked of the live view, once it shows the last event of each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from api.composition import Services
from api.door_refusals import WhereaboutsUnknown
from domain.access.placing import Bonds
from domain.access.principal import Reach
from projections.queries import view as views
from projections.queries.reach import held, within
from projections.queries.view import Asked, View


class Whereabouts:
    """Of the things of one request. Nothing is asked for who may write everywhere."""

    def __init__(self, given: Services, named: Iterable[tuple[str, UUID]]) -> None:
        self._given = given
        self._named: dict[str, set[UUID]] = defaultdict(set)
        self._made: dict[UUID, Reach] = {}
        self._held: dict[tuple[Reach, Bonds], frozenset[UUID]] = {}
        for kind, id in named:
            self._named[kind].add(id)

    def holds(self, reach: Reach, bonds: Bonds, id: UUID) -> bool:
        """Whether it belongs to the jurisdiction by one of these bonds."""
        if reach.everything:
            return True
        if id in self._made:
            return self._made[id] == reach
        if (reach, bonds) not in self._held:
            with self._looking(reach) as view:
                self._held[reach, bonds] = frozenset(held(view, self._named, bonds))
        return id in self._held[reach, bonds]

    def has_unit_in(self, reach: Reach, code: str) -> bool:
        """Whether a unit of the jurisdiction is in this division."""
        if not reach.units:
            return False
        with self._looking(reach) as view:
            units = view.of("units")
            statement = f"SELECT 1 FROM {units} WHERE {view.held()} AND division = %(division)s LIMIT 1"  # noqa: S608 -- of ours; values are bound
            return view.one(statement, {"division": code}) is not None

    def made(self, id: UUID, reach: Reach) -> None:
        """What an earlier line of the same batch makes lies where that line may make things."""
        self._made[id] = reach

    @contextmanager
    def _looking(self, reach: Reach) -> Iterator[View]:
        """Rule: nobody changes what was just handed on. A view that does not show it yet is waited for, not believed."""
        named = [id for ids in self._named.values() for id in ids]
        asked = Asked(sight=within(reach), after=self._given.log.last_position(named))
        try:
            with views.opened(self._given.pool, asked) as view:
                yield view
        except (views.ViewMissing, views.ViewBehind):
            raise WhereaboutsUnknown from None
