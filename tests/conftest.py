"""Fixtures for everyone: one throwaway server a process, fresh migrated databases made from its template; and who runs what."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from infra.cluster import Urls
from tests.databases import Server, throwaway_cluster

DATABASE_FIXTURES = {"cluster", "database", "module_database"}
PROCESSES = 2
"""For the whole suite. Each has a server of its own, so more of them want more memory: `./dev test -n 4`."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Several processes for everything; for a part of it this one, which is done before others had begun."""
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    is_picked = config.getoption("keyword") or config.getoption("lf", default=False)
    return PROCESSES if is_whole and not is_picked else 0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark by what a test asks for, so that `-m "not database"` is right without anyone keeping lists."""
    for item in items:
        if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)
    if hasattr(config, "workerinput"):
        begin_with_the_longest(items)


def pytest_collection_finish() -> None:
    """All modules are there now and stay: looking through them again and again for garbage takes a tenth of the time."""
    gc.collect()
    gc.freeze()


def begin_with_the_longest(items: list[pytest.Item]) -> None:
    """Files with slow tests, then those with a database, then the many short ones, which fill the end of each process."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    served = {item.path for item in items if item.get_closest_marker("database")}
    items.sort(key=lambda item: (item.path not in slow, item.path not in served))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Server]:
    """The throwaway PostGIS server of this process."""
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
