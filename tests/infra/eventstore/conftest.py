"""The log that the tests of this folder look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.kernel.events import EVENTS, recorded_as
from infra.cluster import Urls
from tests.infra.eventstore.mapped import Everything, Grown
from tests.stores import Store, opened


@pytest.fixture(scope="module")
def store(module_database: Urls) -> Iterator[Store]:
    """A log that the tests of one module share: each works on streams of its own."""
    with opened(module_database.application) as found:
        yield found


@pytest.fixture
def own_store(database: Urls) -> Iterator[Store]:
    """A log of one's own, for tests that look at all of it or change the database."""
    with opened(database.application) as found:
        yield found


@pytest.fixture
def temporary_types() -> Iterator[None]:
    """Two event types that exist for the length of a test."""
    recorded_as("test.Everything", correctable=True)(Everything)
    recorded_as("test.Grown")(Grown)
    yield
    del EVENTS["test.Everything"], EVENTS["test.Grown"]
