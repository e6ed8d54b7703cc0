"""Fixtures for everyone: one throwaway server a run, and fresh migrated databases made from its template."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.cluster import Urls
from tests.databases import Server, throwaway_cluster

DATABASE_FIXTURES = {"cluster", "database", "module_database"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by what a test asks for, so that `-m "not database"` is right without anyone keeping lists."""
    for item in items:
        if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Server]:
    """The throwaway PostGIS server of this run."""
    with throwaway_cluster() as server:
        yield server


@pytest.fixture
def database(cluster: Server) -> Iterator[Urls]:
    """A freshly migrated database for one test."""
    with cluster.new_database() as urls:
        yield urls


@pytest.fixture(scope="module")
def module_database(cluster: Server) -> Iterator[Urls]:
    """A freshly migrated database that the tests of one module share."""
    with cluster.new_database() as urls:
        yield urls
