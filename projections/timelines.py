"""Every version of every facet of everything, and through it who holds what: a value that is an id points at another thing."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from projections.stream import Row, Step, Stream
from projections.tables import ASSET, AXES, Column, Model, Table
from projections.values import axes, json


class TimelineRows:
    def take(self, step: Step, stream: Stream) -> None:
        """Nothing: the stream itself keeps the timelines."""

    def rows(self, stream: Stream, after: int) -> Iterator[Row]:
        id = stream.id
        for facet, members in stream.lines.items():
            for member, timeline in members.items():
                for version in timeline.versions(after):
                    fact = version.content
                    value = fact.value
                    is_ref = isinstance(value, UUID)
                    yield (
                        "timelines",
                        [id, *axes(version), facet, member, None if is_ref or value is None else json(value),
                         value if is_ref else None, fact.order],
                    )  # fmt: skip


_ROWS = TimelineRows()


def _part(_: type[Aggregate]) -> TimelineRows:
    return _ROWS


MODEL = Model(
    "timelines",
    (
        Table(
            "timelines",
            (
                ASSET,
                *AXES,
                Column("facet", "text NOT NULL", "事项", "Facet"),
                Column("member", "text NOT NULL", "成员", "Member"),
                Column("value", "jsonb", "值", "Value"),
                Column("ref", "uuid", "对象", "Reference"),
                Column("stated", "bigint NOT NULL", "登记位置", "Stated at"),
            ),
            # The numbers first: comparing them is a third of the work of making this index.
            key=("asset", "since", "begins", "facet", "member"),
            indexes=("(ref, facet) WHERE ref IS NOT NULL",),
        ),
    ),
    part=_part,
)
