"""A log that grows event by event, of a world with late facts, corrections and every kind of thing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from api.composition import opened
from api.world.loading import load
from infra.cluster import Urls
from infra.settings import Settings
from tests.databases import Server
from tests.projections.generations.situations import Log, Row
from tests.stores import rows

EVENTS = 2_000


@pytest.fixture(scope="session")
def history(cluster: Server, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Row]:
    """The rows of a log, made once."""
    folder: Path = tmp_path_factory.mktemp("world")
    with cluster.new_database() as urls:
        settings = Settings(database_url=urls.application, owner_database_url=urls.owner, var_dir=folder)
        with opened(settings) as services:
            load(services, EVENTS, seed=7)
        return rows(urls.superuser, "SELECT * FROM log.events ORDER BY position")


@pytest.fixture
def log(database: Urls, history: Sequence[Row]) -> Log:
    """An empty log, and what may be poured into it."""
    return Log(database, history)
