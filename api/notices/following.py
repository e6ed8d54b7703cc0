"""Follows the log from where it stopped and makes notices: those of an event and the position past it are one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from api.notices import standing_in
from api.notices.concerning import Part, People, concerned
from api.notices.happenings import happened, requesters, waiting
from domain.access.principal import ALL_SEEING, Sight
from infra.access import principals
from infra.access.calling import Connection
from infra.database import Pool
from infra.notices import follower, kept, watches
from infra.plans import store
from projections.queries import view as views
from projections.queries.view import Asked, View

WINDOW = 500
"""The most events that one step goes over: all of it is done, or none."""

_BEHIND = (
    "SELECT EXISTS (SELECT FROM notices.follower f, reading.generations g"
    " WHERE g.role = 'live' AND g.state = 'ready' AND g.position > f.position)"
)


class Following:
    """Any number may; one at a time does. Never beyond what the live view has read: who may see what is asked of it."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def step(self) -> int:
        """How many events were gone over; 0 where there is nothing, or another process is at it."""
        with self._pool.connection() as connection:
            return self._step(connection) if connection.execute(_BEHIND).fetchone() == (True,) else 0

    def _step(self, connection: Connection) -> int:
        place = follower.taken(connection)
        if place is None:
            return 0
        upto, part = self._read(place.position)
        if part.happenings:
            people = everybody(connection)
            made = concerned(self.look, people, part)
            kept.add(connection, made)
            standing_in.tell(connection, people, part, made)
            store.settle_proposed(connection, {one.asset for one in part.happenings if one.kind == "proposals"})
        follower.moved(connection, max(upto, place.position))
        return max(upto - place.position, 0)

    def _read(self, after: int) -> tuple[int, Part]:
        with self.look(ALL_SEEING) as view:
            upto = min(after + WINDOW, view.position)
            found = happened(view, after, upto)
            return upto, Part(found, requesters(view, found), waiting(view, found), standing_in.handed(view, found))

    @contextmanager
    def look(self, sight: Sight) -> Iterator[View]:
        with views.opened(self._pool, Asked(sight=sight)) as view:
            yield view


def everybody(connection: Connection) -> People:
    return People(principals=principals.people(connection), watches=watches.everyones(connection))
