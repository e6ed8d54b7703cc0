"""Throwaway PostGIS servers and databases for tests and benches; the user's own data is never near them."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from infra.cluster import Cluster, Urls
from infra.cluster.provision import DATABASE, create_database
from infra.migrations import migrate

PREFIX = "zhangtu-test-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A throwaway server whose own database is migrated and serves as the template of all others."""

    cluster: Cluster
    urls: Urls

    def database_urls(self, name: str) -> Urls:
        def swap(url: str) -> str:
            return url.replace(f"@/{DATABASE}?", f"@/{name}?")

        found = self.urls
        return Urls(application=swap(found.application), owner=swap(found.owner), superuser=swap(found.superuser))

    @contextmanager
    def new_database(self, *, template: str = DATABASE) -> Iterator[Urls]:
        """A database of one's own; what was connected to it is thrown out at the end."""
        name = f"t_{uuid.uuid4().hex[:12]}"
        admin = self.database_urls("postgres").superuser
        with psycopg.connect(admin, autocommit=True) as connection:
            create_database(connection, name, template)
        try:
            yield self.database_urls(name)
        finally:
            with psycopg.connect(admin, autocommit=True) as connection:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def throwaway_cluster(*, durable: bool = False) -> Iterator[Server]:
    """A server in a folder of its own. Benches ask for `durable=True`: they measure what a user would get."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    folder.chmod(0o755)  # started by root, the server runs as another user, who must get in
    cluster = Cluster(folder / "postgres", durable=durable)
    try:
        found = cluster.start()
        migrate(found.owner)
        yield Server(cluster=cluster, urls=found)
    finally:
        cluster.destroy()
        shutil.rmtree(folder)


def _sweep() -> None:
    """End servers of test runs that were killed before they could do it themselves."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).split("-")[0]
        if folder.stat().st_uid == os.geteuid() and not Path("/proc", pid).exists():
            Cluster(folder / "postgres").destroy()
            shutil.rmtree(folder, ignore_errors=True)
