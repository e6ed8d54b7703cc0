"""A durable server of its own whose log holds a generated world, as it would be after `./dev world`."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from api.composition import opened
from api.world.loading import load
from infra.settings import Settings
from tests.bench._measure import progress
from tests.databases import Server, throwaway_cluster

SEED = 2026


@contextmanager
def world_of(events: int) -> Iterator[Server]:
    with throwaway_cluster(durable=True) as server, tempfile.TemporaryDirectory() as folder:
        # In a process of its own: what a world takes to be made is not memory of whatever is measured afterwards.
        made = multiprocessing.get_context("spawn").Process(
            target=_fill, args=(settings_of(server, Path(folder)), events)
        )
        made.start()
        made.join()
        if made.exitcode != 0:
            raise RuntimeError("the world could not be made")
        with psycopg.connect(server.urls.superuser, autocommit=True) as connection:
            # What the server does by itself some time after; not while something is measured.
            connection.execute("VACUUM (ANALYZE) log.events")
            connection.execute("CHECKPOINT")
        progress(f"{events:,} events")
        yield server


def settings_of(server: Server, folder: Path) -> Settings:
    return Settings(database_url=server.urls.application, owner_database_url=server.urls.owner, var_dir=folder)


def _fill(settings: Settings, events: int) -> None:
    with opened(settings) as services:
        load(services, events, seed=SEED)
