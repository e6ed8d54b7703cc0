"""Everything a list shows of each thing: one table a kind, one row a version of the whole thing."""

from __future__ import annotations

from domain.kernel.aggregate import Aggregate
from projections.columns import COLUMNS
from projections.shown import Shape, Shown
from projections.stream import Row, Stream
from projections.tables import ASSET, AXES, Column, Model, Table
from projections.values import row_of
from projections.whole import Whole


class AssetRows(Whole):
    __slots__ = ("table",)

    def __init__(self, kind: str) -> None:
        super().__init__(_SHAPES[kind])
        self.table = kind

    def rows(self, stream: Stream, after: int) -> list[Row]:
        head = [stream.id]
        return [row_of(head, version, version.content) for version in self.versions(after)]


_SHAPES = {kind: Shape.of(columns) for kind, columns in COLUMNS.items()}


def _part(cls: type[Aggregate]) -> AssetRows:
    return AssetRows(cls.kind)


def _table(kind: str, columns: tuple[Shown, ...]) -> Table:
    shown = tuple(Column(column.name, column.type, column.zh, column.en) for column in columns)
    return Table(
        kind,
        (ASSET, *AXES, *shown),
        key=("asset", "begins", "since"),
        # What holds at a moment, by all that is known; in the order of the moment it ends, so that "now" is one end of it.
        indexes=("(ends, begins) WHERE until IS NULL", *_OTHER_INDEXES.get(kind, ())),
    )


_OTHER_INDEXES = {"vehicles": ("(asset) WHERE unmarked",)}
"""Secret work is rare, and asked about wherever a place is shown."""


MODEL = Model("assets", tuple(_table(kind, columns) for kind, columns in COLUMNS.items()), part=_part)
