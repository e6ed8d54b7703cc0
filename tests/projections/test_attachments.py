"""Which things a file was attached to: found in every mandate and among the photos, and never forgotten."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.events import EVENTS, FactCorrected, FactWithdrawn
from projections import models
from projections.stream import Record
from tests.projections.brute import stated
from tests.projections.histories import histories
from tests.projections.test_models import bounded, each_kind, folded

DIGESTS = [letter * 64 for letter in "abc"]


@each_kind
@given(data=st.data())
@bounded
def test_a_thing_has_every_file_that_its_events_name_from_the_first_that_names_it(
    kind: str, data: st.DataObject
) -> None:
    records = [on_documents(record, data) for record in data.draw(histories(kind))]
    first: dict[str, int] = {}
    for record in records:
        for digest in {*digests_of(record), *getattr(stated(record.event), "photos", ())}:
            first.setdefault(digest, record.position)
    assert attached(records) == {(digest, records[0].event.originator_id, at) for digest, at in first.items()}


def on_documents(record: Record, data: st.DataObject) -> Record:
    documents = [
        {"number": "宁财发1号", "digest": digest}
        for digest in data.draw(st.lists(st.none() | st.sampled_from(DIGESTS), max_size=2))
    ]
    mandate = {"actor": {}, "documents": documents, "request": "f" * 64}
    return msgspec.structs.replace(record, mandate=msgspec.json.encode(mandate))


def digests_of(record: Record) -> list[str]:
    told = msgspec.json.decode(record.mandate)["documents"]
    return [each["digest"] for each in told if each["digest"] is not None]


def attached(records: list[Record]) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in models.rows(folded(records)).get("attachments", ())}


@pytest.mark.parametrize("topic", sorted(EVENTS.keys() - {FactCorrected.topic, FactWithdrawn.topic}))
def test_no_event_names_a_file_in_a_field_that_nobody_looks_at(topic: str) -> None:
    """The digest of a track, or of what a proposal says, is no file of ours: each is kept elsewhere."""
    named = {
        field for field in EVENTS[topic].__struct_fields__ if "photo" in field or "digest" in field or "file" in field
    }
    assert named <= {"photos", "track_digest"} | ({"digest"} if topic.startswith("approvals.") else set())
