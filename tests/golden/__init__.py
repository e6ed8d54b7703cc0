"""The golden corpus: the stored bytes of one event of every type and version that was ever shipped.

`python -m tests.golden` adds the samples that are missing and never touches one that is there: what was once stored must
load for ever.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast
from uuid import UUID

from domain.kernel.events import Event
from infra.eventstore.mapper import EventMapper
from infra.vault import Vault
from tests.domain.approvals.samples import SAMPLES as APPROVALS
from tests.domain.organisations.samples import SAMPLES as ORGANISATIONS
from tests.domain.premises.samples import SAMPLES as PREMISES
from tests.domain.vehicles.samples import SAMPLES as VEHICLES
from tests.domain.warehouse.samples import SAMPLES as WAREHOUSE

SAMPLES: tuple[Event, ...] = (*ORGANISATIONS, *PREMISES, *VEHICLES, *WAREHOUSE, *APPROVALS)
FOLDER = Path(__file__).parent


class OneKey(Vault):
    """The real seal with a key that everyone may know, so that the corpus opens on any machine."""

    def __init__(self) -> None:
        super().__init__(cast("Any", None))

    def _key(self, subject: UUID) -> bytes | None:  # noqa: ARG002 -- one key for everyone
        return b"golden corpus key, known to all."


MAPPER = EventMapper(OneKey())


def path_of(topic: str, class_version: int) -> Path:
    return FOLDER / f"{topic}.v{class_version}.json"


def add_missing() -> list[str]:
    """Writes the stored form of every sample that has none yet, and says which."""
    added = []
    for event in SAMPLES:
        path = path_of(event.topic, event.class_version)
        if not path.exists():
            path.write_bytes(MAPPER.to_stored_event(event).state)
            added.append(path.name)
    return added
