"""Events are read from the log without the vault: all that they state, and nothing personal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.kernel.events import Event, FactCorrected, Stamp, Statement
from projections.records import record
from tests.domain.scenario import an_id, day
from tests.golden import FOLDER, MAPPER, SAMPLES
from tests.projections.brute import stated

RECORDED = datetime(2026, 11, 20, 8, tzinfo=UTC)


def corrections() -> Iterator[FactCorrected]:
    """A correction of every sample that can be corrected."""
    for sample in SAMPLES:
        if sample.correctable:
            stamp = Stamp(originator_id=sample.originator_id, originator_version=99, effective=day("2026-03-01"))
            yield FactCorrected(**stamp, of=1, statement=Statement.of(sample))


def named(event: Event) -> str:
    """A correction is named after what it corrects, too."""
    return (
        f"{event.topic}-{event.statement.topic}"
        if event.originator_version == 99 and isinstance(event, FactCorrected)
        else event.topic
    )


def read_back(event: Event) -> Event:
    stored = MAPPER.to_stored_event(event)
    row = (event.originator_id, event.originator_version, stored.topic, stored.state, 7, RECORDED, b"{}")
    found = record(row)
    assert (found.position, found.recorded_at, found.mandate) == (7, RECORDED, b"{}")
    return found.event


@pytest.mark.parametrize("event", [*SAMPLES, *corrections()], ids=named)
def test_an_event_read_from_the_log_states_the_facts_that_were_recorded(event: Event) -> None:
    found = read_back(event)
    assert (type(found), found.effective, list(found.facts())) == (type(event), event.effective, list(event.facts()))


@pytest.mark.parametrize(
    "event", [e for e in [*SAMPLES, *corrections()] if (said := stated(e)) and said.personal], ids=named
)
def test_what_is_personal_stays_sealed(event: Event) -> None:
    said, original = stated(read_back(event)), stated(event)
    assert said is not None
    assert original is not None
    for name in said.__struct_fields__:
        expected = getattr(original, name)
        assert getattr(said, name) == (expected if name not in said.personal or expected is None else "")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.name)
def test_every_version_that_was_ever_stored_can_be_read(path: Path) -> None:
    topic = path.name.rsplit(".v", 1)[0]
    assert record((an_id("any"), 1, topic, path.read_bytes(), 7, RECORDED, b"{}")).event.topic == topic
