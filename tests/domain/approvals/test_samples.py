"""The samples: one of every event type, and each says the same after a round through its stored form."""

from __future__ import annotations

import msgspec
import pytest

from domain.approvals.proposal import Proposal
from domain.kernel.events import EVENTS, Event, revive
from tests.domain.approvals.samples import SAMPLES


def test_there_is_a_sample_of_every_event_type() -> None:
    assert Proposal.kind == "proposals"  # its module brings in every event of the context
    topics = sorted(sample.topic for sample in SAMPLES)
    assert topics == sorted(topic for topic in EVENTS if topic.startswith("approvals."))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.topic)
def test_a_stored_event_says_what_it_said(sample: Event) -> None:
    stored = msgspec.json.decode(msgspec.json.encode(sample))
    revived = revive(sample.topic, sample.class_version, stored)
    assert revived == sample
    assert list(revived.facts()) == list(sample.facts())
