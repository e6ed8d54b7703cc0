"""Every change of everything, in the order of the log: who decided it, on which document, and what was so before and after."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from domain.kernel.aggregate import Aggregate
from projections.stream import Part, Row, Step, Stream
from projections.tables import ASSET, Column, Model, Table
from projections.values import json


class _Actor(Struct, frozen=True, gc=False):
    user: str = ""
    unit: str = ""
    role: str = ""


class _Document(Struct, frozen=True, gc=False):
    number: str = ""
    digest: str | None = None


class _Mandate(Struct, frozen=True, gc=False):
    """What of a stored mandate is searched by; the rest is read from the log when it is shown."""

    actor: _Actor = _Actor()
    reason: str = ""
    documents: tuple[_Document, ...] = ()


_mandate = msgspec.json.Decoder(_Mandate).decode


_POSITION = 0
_OVERTAKEN = -1
"""Where a row holds the position of its event, and that of the event that corrected this one: the first and the last column."""


class HistoryRows(Part):
    __slots__ = ("kind", "told")
    table = "history"

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.told: dict[int, Row] = {}

    def take(self, step: Step, stream: Stream) -> None:
        position = step.record.position
        if step.corrects is not None:
            self.told[step.corrects][_OVERTAKEN] = position
        self.told[position] = self._row(step, stream)

    def _row(self, step: Step, stream: Stream) -> Row:
        record, event = step.record, step.record.event
        mandate = _mandate(record.mandate)
        return [
            record.position,
            stream.id,
            self.kind,
            event.topic,
            None if step.stated is None or step.stated is event else step.stated.topic,
            record.recorded_at,
            event.effective,
            mandate.actor.user,
            mandate.actor.unit,
            mandate.actor.role,
            mandate.reason,
            json([document.number for document in mandate.documents]) if mandate.documents else None,
            _changes(step),
            step.corrects,
            None,
        ]

    def rows(self, stream: Stream, after: int) -> list[Row]:  # noqa: ARG002 -- the part's signature
        if not after:
            return list(self.told.values())
        return [row for row in self.told.values() if (row[_OVERTAKEN] or row[_POSITION]) > after]


def _changes(step: Step) -> str:
    """Each fact that made a difference, as [facet, member, before, after, from, until]; what a correction says, always."""
    return json(
        [
            (
                said.facet,
                said.member,
                None if said.before is None else said.before.value,
                None if said.after is None else said.after.value,
                said.start,
                said.end,
            )
            for said in step.said
            if step.corrects or said.before is not said.after
        ]
    )


def _part(cls: type[Aggregate]) -> HistoryRows:
    return HistoryRows(cls.kind)


MODEL = Model(
    "history",
    (
        Table(
            "history",
            (
                Column("position", "bigint NOT NULL", "位置", "Position"),
                ASSET,
                Column("kind", "text NOT NULL", "种类", "Kind"),
                Column("topic", "text NOT NULL", "事项", "Event"),
                Column("stated", "text", "更正为", "Stated instead"),
                Column("recorded_at", "timestamptz NOT NULL", "登记时间", "Recorded"),
                Column("effective", "timestamptz NOT NULL", "生效时间", "Effective"),
                Column("actor", "text NOT NULL", "经办人", "Actor"),
                Column("unit", "text NOT NULL", "经办单位", "Acting for"),
                Column("role", "text NOT NULL", "角色", "Role"),
                Column("reason", "text NOT NULL", "事由", "Reason"),
                Column("documents", "jsonb", "依据文件", "Documents"),
                # Never searched in: as json it is kept as it comes.
                Column("changes", "json NOT NULL", "变更", "Changes"),
                Column("corrects", "bigint", "更正位置", "Corrects"),
                Column("overtaken", "bigint", "被更正于", "Overtaken by"),
            ),
            key=("position",),
            indexes=(
                "(asset, position)",
                "USING gin (documents jsonb_path_ops) WHERE documents IS NOT NULL",
                # Of one value each, many rows share an entry: half the work and a seventh of the size of one by position too.
                "(actor)",
            ),
        ),
    ),
    part=_part,
)
