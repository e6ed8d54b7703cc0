"""The index of all read models. A generation holds all of these, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from projections import (
    assets,
    attachments,
    belongings,
    cells,
    history,
    holdings,
    journeys,
    loans,
    places,
    pyramid,
    search,
    statistics,
    timelines,
    upkeep,
)
from projections.stream import Part, Record, Rows, Stream, read
from projections.tables import Model, Table, View

MODELS: tuple[Model, ...] = (
    timelines.MODEL,
    assets.MODEL,
    history.MODEL,
    upkeep.MODEL,
    places.MODEL,
    cells.MODEL,
    pyramid.MODEL,
    search.MODEL,
    holdings.MODEL,
    statistics.MODEL,
    journeys.MODEL,
    loans.MODEL,
    attachments.MODEL,
    belongings.MODEL,
)


def tables() -> tuple[Table, ...]:
    return tuple(table for model in MODELS for table in model.tables)


def views() -> tuple[View, ...]:
    return tuple(view for model in MODELS for view in model.views)


def parts_of(cls: type[Aggregate]) -> Sequence[Part]:
    """What every read model keeps of a stream of this kind."""
    return [part for model in MODELS if (part := model.part(cls)) is not None]


def folded(id: UUID, records: Iterable[Record]) -> Stream:
    """A stream read whole, with all that the read models keep of it."""
    return read(id, records, parts_of)


def rows(stream: Stream, after: int = 0) -> Rows:
    """The rows of all read models that events of this stream after a position made or changed."""
    return {part.table: found for part in stream.parts if (found := part.rows(stream, after))}


@cache
def table(name: str) -> Table:
    return next(table for table in tables() if table.name == name)


@cache
def sums_of(name: str) -> tuple[Table, ...]:
    """The tables whose rows are sums over this one's."""
    return tuple(table for table in tables() if table.sum is not None and table.sum.of == name)
