"""Everything a list shows of each thing: one table a kind, one row a version of the whole thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from projections.columns import COLUMNS
from projections.stream import Row, Step, Stream
from projections.tables import ASSET, AXES, Column, Model, Table
from projections.values import axes
from projections.whole import Shape, Shown, Whole


@dataclass(slots=True)
class AssetRows:
    kind: str
    whole: Whole

    def take(self, step: Step, stream: Stream) -> None:
        self.whole.follow(stream.lines, step.moves, step.record.position, corrects=step.corrects is not None)

    def rows(self, stream: Stream, after: int) -> Iterator[Row]:
        id: UUID = stream.id
        for version in self.whole.versions(after):
            yield self.kind, [id, *axes(version), *version.content]


_SHAPES = {kind: Shape.of(columns) for kind, columns in COLUMNS.items()}


def _part(cls: type[Aggregate]) -> AssetRows:
    return AssetRows(cls.kind, Whole(_SHAPES[cls.kind]))


def _table(kind: str, columns: tuple[Shown, ...]) -> Table:
    shown = tuple(Column(column.name, column.type, column.zh, column.en) for column in columns)
    return Table(
        kind,
        (ASSET, *AXES, *shown),
        key=("asset", "begins", "since"),
        # What holds at a moment, by all that is known; in the order of the moment it ends, so that "now" is one end of it.
        indexes=("(ends, begins) WHERE until IS NULL",),
    )


MODEL = Model("assets", tuple(_table(kind, columns) for kind, columns in COLUMNS.items()), part=_part)
