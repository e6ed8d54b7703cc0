"""The composition root: what serves is put together here, from settings, and nowhere else. Nothing connects before `open`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from api.access.callers import Doorkeeper
from api.imports.working import Bench
from domain.registry import Registry
from infra import bases
from infra.access.openid import Provider
from infra.bases import Base
from infra.blobs import Blobs
from infra.database import Pool, application_pool
from infra.eventstore import EventStoreFactory, LogRecorder
from infra.settings import Settings
from maps.bases.fetching import Fetcher
from projections.queries.memory import Memory

PATIENCE_SECONDS = 10.0
CALLBACK = "/v1/session/openid/callback"


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that requests are answered with."""

    settings: Settings
    pool: Pool
    registry: Registry
    log: LogRecorder
    blobs: Blobs
    doorkeeper: Doorkeeper
    provider: Provider | None
    """Where people sign in elsewhere, if the settings name such a place."""
    bench: Bench
    """Where imports are worked on."""
    bases: Mapping[str, Base]
    """The base maps that were chosen, by name, and what fetches their tiles."""
    fetcher: Fetcher
    memory: Memory
    """What was counted for a map a moment ago."""


def build(settings: Settings) -> Services:
    pool = application_pool(settings)
    factory = EventStoreFactory(pool=pool)
    return Services(
        settings=settings,
        pool=pool,
        registry=Registry(factory),
        log=factory.application_recorder(),
        blobs=Blobs(settings.var_dir / "files"),
        doorkeeper=Doorkeeper(pool, settings),
        provider=None if settings.oidc_issuer is None else Provider(settings, f"{settings.public_url}{CALLBACK}"),
        bench=Bench(),
        bases=bases.read(settings.bases_file),
        fetcher=Fetcher(),
        memory=Memory(),
    )


@contextmanager
def opened(settings: Settings) -> Iterator[Services]:
    """The services, connected for the length of a block."""
    services = build(settings)
    # Long enough for a busy moment, short enough that a person waiting at a dead database is told so.
    services.pool.timeout = PATIENCE_SECONDS
    with services.pool:
        try:
            yield services
        finally:
            services.bench.close()
            services.fetcher.close()
            services.registry.close()
