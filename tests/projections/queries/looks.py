"""Everything that can be asked of a view about many things: by name a question whose answer is rows, each of one thing.

Each answer is reckoned again for a caller who sees a part, by leaving out of the whole answer what is not theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias
from uuid import UUID

from projections.queries import (
    compare,
    contents,
    documents,
    finding,
    history,
    holdings,
    lists,
    relations,
    scopes,
    statistics,
    tiles,
    timelines,
    upkeep,
)
from projections.queries.compare import Sides
from projections.queries.idle import idle_since
from projections.queries.listed import LISTED, LOANS
from projections.queries.lists import Wanted
from projections.queries.statistics import Which
from projections.queries.statistics_subjects import SUBJECTS
from projections.queries.upkeep import Period
from projections.queries.view import View
from projections.windows import FACETS_OF_PLACE
from tests.vector_tiles import layers

Told: TypeAlias = tuple[UUID, *tuple[Any, ...]]
"""Of which thing, and what: so that two answers can be compared."""

ALL = 100_000
ZOOM = 16
EARLIER = datetime(2019, 6, 1, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """What there is to ask about, by kind; some of it."""

    ids: dict[str, list[UUID]]
    numbers: list[str]
    """Of documents."""
    words: list[str]
    squares: list[tuple[int, int]]
    """In which anything was ever drawn."""

    def some(self, *kinds: str, most: int = 6) -> Iterator[UUID]:
        for kind in kinds:
            yield from self.ids[kind][:: max(1, len(self.ids[kind]) // most)]

    @property
    def every(self) -> list[UUID]:
        return [id for ids in self.ids.values() for id in ids]


Look: TypeAlias = Callable[[View, World], Iterator[Told]]


def listed(view: View, _: World) -> Iterator[Told]:
    for kind in LISTED:
        for row in lists.page(view, Wanted(kind), ALL):
            # Where secret work takes place is told of elsewhere.
            yield (
                row["asset"],
                *(str(value) for name, value in row.items() if name not in ("parking_name", "destination")),
            )


def changed(view: View, _: World) -> Iterator[Told]:
    for row in history.question(view, history.Wanted(), history.Part()).rows():
        yield row["asset"], row["position"]


def changed_of_one(view: View, world: World) -> Iterator[Told]:
    for id in world.some(*world.ids):
        for row in history.question(view, history.Wanted(asset=id), history.Part()).rows():
            yield row["asset"], row["position"]
        yield from ((id, *told) for told in timelines.recorded(view, id).items())


def drawn_out(view: View, world: World) -> Iterator[Told]:
    for id in world.some(*world.ids):
        for one in timelines.rectangles(view, id, at=None, known=None):
            yield id, one.facet, one.member, one.begins, one.since, one.stated


def held(view: View, world: World) -> Iterator[Told]:
    for row in holdings.page(view, holdings.Wanted(holders=world.every, holds=None), None, None).rows():
        yield row["asset"], row["kind"], row["role"], row["member"], row["holder"], row["stated"]


def pointing(view: View, world: World) -> Iterator[Told]:
    for id in world.some(*world.ids):
        yield from ((id, row["role"], row["member"], row["holder"]) for row in relations.points_at(view, id))


def lent(view: View, _: World) -> Iterator[Told]:
    for row in lists.question(view, Wanted(LOANS), None).rows():
        yield row["asset"], row["borrower"], row["lent_since"], row["value"]


def spent(view: View, world: World) -> Iterator[Told]:
    for id in [*world.ids["vehicles"], *world.some("buildings", "rooms", "items")]:
        for row in upkeep.entries(view, id, Period(), None, None).rows():
            yield id, row["position"], row["line"], row["entry"], row["amount"]
        for row in upkeep.kinds(view, id, Period()):
            yield id, row["entry"], row["entries"], row["amount"]


def contained(view: View, world: World) -> Iterator[Told]:
    yield from ((id, compound) for compound in world.ids["compounds"] for id in contents.buildings(view, compound))
    yield from ((row["asset"], row["building"]) for row in contents.rooms(view, world.ids["buildings"]).rows())
    for warehouse in world.ids["warehouses"]:
        for row in contents.stored(view, warehouse, None, None).rows():
            yield row["asset"], row["kind"], warehouse, row["shelf"], row["quantity"], row["value"]


def cited(view: View, world: World) -> Iterator[Told]:
    for number in world.numbers:
        for row in documents.changed(view, number, ALL):
            yield row["asset"], number, row["events"], row["first"], row["last"]


def found(view: View, world: World) -> Iterator[Told]:
    for words in world.words:
        for hit in finding.hits(view, words, finding.KINDS, None, ALL):
            yield hit.id, hit.kind, words
        for kind in finding.KINDS:
            yield from ((row["asset"], kind, words) for row in lists.page(view, Wanted(kind, words=words), ALL))


def counted(view: View, _: World) -> Iterator[Told]:
    for name, subject in SUBJECTS.items():
        for row in statistics.rows(view, Which(subject=subject), None, statistics.Page()).rows():
            yield row["asset"], name, row["kind"], row["line"], row["area"], row["value"], row["quantity"], row["posts"]


def idle(view: View, _: World) -> Iterator[Told]:
    unused = [("rooms", row["asset"]) for row in lists.page(view, Wanted("rooms"), ALL) if row["using_unit"] is None]
    unused += [("items", row["asset"]) for row in lists.page(view, Wanted("items"), ALL) if row["idle"]]
    yield from idle_since(view, unused).items()


def on_a_tile(view: View, world: World) -> Iterator[Told]:
    for x, y in world.squares:
        for layer in layers(tiles.drawn(view, tiles.Tile(z=ZOOM, x=x, y=y))).values():
            yield from ((UUID(one["id"]), one["kind"], x, y) for one in layer)


def otherwise(view: View, world: World) -> Iterator[Told]:
    """What units had some years before and have no longer, or have since; and by which events."""
    sides = Sides(View(view.connection, view.schema, view.position, EARLIER, view.known, view.sight, view.few), view)
    for unit in world.some("units", most=2):
        scope = scopes.of_unit(sides, unit, subtree=False)
        columns: dict[str, Sequence[str]] = dict.fromkeys(scope.conditions, ("asset",))
        for batch in compare.different(sides, scope, columns, None, None):
            yield from ((one.id, one.kind, unit, one.in_a, one.in_b) for one in batch)
    for id, causes in compare.causes(sides, list(world.some(*world.ids))).items():
        yield from ((id, line, tuple(positions)) for line, positions in causes.items())


def facets(view: View, world: World) -> Iterator[Told]:
    for id, lines in compare.lines(view, list(world.some(*world.ids))).items():
        yield from ((id, *line, held.stated) for line, held in lines.items())


LOOKS: Final[tuple[Look, ...]] = (
    listed, changed, changed_of_one, drawn_out, held, pointing, lent, spent, contained, cited, found, counted, idle, on_a_tile,
    otherwise, facets,
)  # fmt: skip


def of_secret_work(look: Look, told: Told) -> bool:
    """Whether this would tell where secret work takes place, if the thing does such work."""
    if look in (drawn_out, facets):
        return told[1] in FACETS_OF_PLACE
    return look is found or (look is on_a_tile and told[1] == "vehicles")
