"""Every version of every facet of everything, and through it who holds what: a value that is an id points at another thing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.kernel.aggregate import Aggregate
from projections.stream import Part, Row, Stream
from projections.tables import ASSET, AXES, Column, Model, Table
from projections.values import json, row_of


class TimelineRows(Part):
    __slots__ = ()
    table = "timelines"

    def rows(self, stream: Stream, after: int) -> list[Row]:
        head = [stream.id]
        return [
            row_of(head, version, [facet, member, *_value(version.content.value), version.content.order])
            for facet, members in stream.lines.items()
            for member, timeline in members.items()
            for version in timeline.versions(after)
        ]


def _value(value: Any) -> tuple[str | None, UUID | None]:
    """A value as JSON, or the other thing that it names."""
    if type(value) is UUID:
        return None, value
    return None if value is None else json(value), None


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
