"""A generated region, and callers of every sort who see a part of it, and what they should see."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias
from uuid import UUID

import psycopg
from hypothesis import strategies as st

from domain.access.policy import KINDS
from domain.access.principal import ALL_SEEING, NOWHERE, Reach, Sight
from infra.cluster import Urls
from infra.database import application_conninfo
from projections.generations import ddl
from projections.queries.sight import declare
from projections.queries.view import View
from tests.projections.queries.looks import ZOOM, World
from tests.projections.scopes import Rows
from tests.projections.viewing import SCHEMA, Generation, a_region, generation_of

MOMENT: Final = datetime(2026, 6, 1, tzinfo=UTC)
"""What holds then or later decides where things belong."""


@dataclass(frozen=True)
class Seeing:
    """A caller who asks about a moment: what is theirs, what of it is hidden, and how they see it."""

    sight: Sight
    seen: set[UUID]
    hidden: set[UUID]
    whole: View
    """What there is: on a connection of the owner's."""
    views: tuple[View, View]
    """What they see of it: taken for few, and for many."""

    @property
    def view(self) -> View:
        return self.views[0]


class Region:
    """No dataclass: Hypothesis shows what a test was given, and not all of this."""

    def __init__(self, generation: Generation, application: psycopg.Connection[Any]) -> None:
        self._generation, self._application = generation, application
        self.rows = Rows.read(generation.connection, SCHEMA, MOMENT)
        self.world = _world(generation.connection)

    def seeing(self, sight: Sight, at: datetime = MOMENT, known: int | None = None) -> Seeing:
        def view(connection: psycopg.Connection[Any], sight: Sight, *, few: bool = False) -> View:
            return View(connection, SCHEMA, self._generation.position, at, known, sight, few)

        for connection in (self._application, self._generation.connection):
            connection.rollback()
        declare(self._application, SCHEMA, MOMENT, sight)
        whole, few = view(self._generation.connection, ALL_SEEING), view(self._application, sight, few=True)
        return Seeing(sight, self.rows.seen(sight), self.rows.hidden(sight), whole, (few, replace(few, few=False)))

    def drawn(self, drawn: Drawn) -> Seeing:
        """What was drawn, with units of the region."""
        kinds, names, personal, masked, (at, known) = drawn
        sight = Sight(
            kinds={kind: self._reach(one) for kind, one in kinds.items()},
            names=self._reach(names),
            personal=self._reach(personal),
            masked=self._reach(masked),
        )
        return self.seeing(sight, at, None if known is None else int(self._generation.position * known))

    def _reach(self, drawn: Any) -> Reach:
        if isinstance(drawn, Reach):
            return drawn
        divisions, numbers = drawn
        units = self.world.ids["units"]
        return Reach(divisions=divisions, units=frozenset(units[number % len(units)] for number in numbers))

    def undeclared(self) -> psycopg.Connection[Any]:
        """The application before it says who is asking."""
        self._application.rollback()
        return self._application


@contextmanager
def region_of(urls: Urls, events: int) -> Iterator[Region]:
    with ExitStack() as stack:
        generation = stack.enter_context(generation_of(urls, a_region(events, seed=5)))
        connection = generation.connection
        ddl.open_to_readers(connection, SCHEMA)
        # Too few vehicles of a small region do secret work, and none of its documents has a file.
        connection.execute(b"UPDATE vehicles SET unmarked = true WHERE hashtext(asset::text) % 2 = 0")
        connection.execute(b"INSERT INTO attachments SELECT position::text, asset, position FROM history")
        connection.autocommit = False
        application = stack.enter_context(closing(psycopg.connect(application_conninfo(urls.application))))
        application.execute(f"SET search_path = {SCHEMA}, public".encode())
        application.commit()
        yield Region(generation, application)


def _world(connection: psycopg.Connection[Any]) -> World:
    ids: dict[str, list[UUID]] = {kind: [] for kind in sorted(KINDS)}
    for id, kind in connection.execute(b"SELECT DISTINCT asset, kind FROM history ORDER BY 1"):
        ids[kind].append(id)
    numbers = connection.execute(
        b"SELECT DISTINCT number FROM history, jsonb_array_elements_text(documents) number ORDER BY 1 LIMIT 20"
    )
    places = connection.execute(b"SELECT DISTINCT ST_X(p), ST_Y(p) FROM map, ST_PointOnSurface(shape) p ORDER BY 1, 2")
    squares = sorted({_square(longitude, latitude) for longitude, latitude in places})
    some = squares[:: len(squares) // 25 + 1]
    return World(ids, [number for (number,) in numbers], ["局", "中心 政府"], some)


def _square(longitude: float, latitude: float) -> tuple[int, int]:
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return int((longitude + 180) / 360 * 2**ZOOM), int(y * 2**ZOOM)


_DIVISIONS = ["64", "6401", "640104", "640106", "6402", "6403", "6404", "65"]
_parts = st.tuples(
    st.frozensets(st.sampled_from(_DIVISIONS), max_size=2), st.frozensets(st.integers(0, 30), max_size=3)
)
_reaches = st.one_of(st.just(NOWHERE), st.just(Reach(everything=True)), _parts, _parts)
_kinds = st.one_of(
    st.fixed_dictionaries(dict.fromkeys(sorted(KINDS), _reaches)),
    _reaches.map(lambda everywhere: dict.fromkeys(sorted(KINDS), everywhere)),
)
_moments = st.sampled_from([(MOMENT, None), (datetime(2021, 3, 1, tzinfo=UTC), None), (MOMENT, 0.7), (MOMENT, 0.4)])

Drawn: TypeAlias = tuple[dict[str, Any], Any, Any, Any, tuple[datetime, float | None]]
callers: Final[st.SearchStrategy[Drawn]] = st.tuples(_kinds, _reaches, _reaches, _reaches, _moments)
"""Reaches by kind, those of the three rights, and which moment is asked about, as known when (a share of the log)."""
