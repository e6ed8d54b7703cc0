"""Every version of every facet of everything, and through it who holds what: a value that is an id points at another thing."""

from __future__ import annotations

from uuid import UUID

from domain.kernel.aggregate import Aggregate
from projections.stream import Part, Row, Stream
from projections.tables import ASSET, AXES, Column, Model, Table
from projections.tiling import FOREVER, Version
from projections.values import INFINITY, json


class TimelineRows(Part):
    __slots__ = ()
    table = "timelines"

    def rows(self, stream: Stream, after: int) -> list[Row]:
        id = stream.id
        return [
            _row(id, facet, member, version)
            for facet, members in stream.lines.items()
            for member, timeline in members.items()
            for version in timeline.versions(after)
        ]


def _row(id: UUID, facet: str, member: str, version: Version) -> Row:
    """A value as JSON, or the other thing that it names. More than half of all rows are these: nothing is made in between."""
    fact, end, ended = version.content, version.end, version.ended
    value = fact.value
    is_ref = type(value) is UUID
    return [
        id,
        version.start,
        INFINITY if end is FOREVER else end,
        version.since,
        version.until,
        version.cut,
        INFINITY if ended is FOREVER else ended,
        facet,
        member,
        None if is_ref or value is None else json(value),
        value if is_ref else None,
        fact.order,
    ]


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
                # Never compared or searched in: as json it is kept as it comes.
                Column("value", "json", "值", "Value"),
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
