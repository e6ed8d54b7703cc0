"""A registry on a log that the tests of one module share, the same seen by another process, and a unit."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from infra.cluster import Urls
from tests.registry.acting import new
from tests.stores import Store, establish, opened


@pytest.fixture(scope="module")
def store(module_database: Urls) -> Iterator[Store]:
    with opened(module_database.application) as found:
        yield found


@pytest.fixture(scope="module")
def elsewhere(module_database: Urls) -> Iterator[Store]:
    """The same log, from another process's point of view."""
    with opened(module_database.application) as found:
        yield found


@pytest.fixture
def unit(store: Store) -> UUID:
    return new(store.execute(establish()))
