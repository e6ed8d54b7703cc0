"""Which things a file was attached to: by the mandates of their events, and by the photos that these show."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from domain.kernel.aggregate import Aggregate
from domain.kernel.events import EVENTS
from projections.stream import Part, Row, Step, Stream
from projections.tables import ASSET, Column, Model, Table


class _Document(Struct, frozen=True, gc=False):
    digest: str | None = None


class _Mandate(Struct, frozen=True, gc=False):
    documents: tuple[_Document, ...] = ()


_mandate = msgspec.json.Decoder(_Mandate).decode

_WITH_FILE = b'"digest":"'
"""Most mandates have no file: looking for this takes a tenth of the time that reading them would."""

_PHOTOGRAPHED = {cls for cls in EVENTS.values() if "photos" in cls.__struct_fields__}


class AttachmentRows(Part):
    __slots__ = ("first",)
    table = "attachments"

    def __init__(self) -> None:
        self.first: dict[str, int] = {}
        """The position of the first event that names each file; a correction takes nothing back."""

    def take(self, step: Step, stream: Stream) -> None:  # noqa: ARG002 -- the part's signature
        if _WITH_FILE in step.record.mandate or type(step.stated) in _PHOTOGRAPHED:
            for digest in _named(step):
                self.first.setdefault(digest, step.record.position)

    def rows(self, stream: Stream, after: int) -> list[Row]:
        return [[digest, stream.id, position] for digest, position in self.first.items() if position > after]


def _named(step: Step) -> Iterator[str]:
    yield from (each.digest for each in _mandate(step.record.mandate).documents if each.digest is not None)
    yield from getattr(step.stated, "photos", ())


def _part(_: type[Aggregate]) -> AttachmentRows:
    return AttachmentRows()


MODEL = Model(
    "attachments",
    (
        Table(
            "attachments",
            (
                Column("digest", "text NOT NULL", "摘要", "Digest"),
                ASSET,
                Column("position", "bigint NOT NULL", "登记位置", "Named first at"),
            ),
            key=("digest", "asset"),
        ),
    ),
    part=_part,
)
