"""Throwaway PostGIS servers and databases for tests and benches; the user's own data is never near them."""

from __future__ import annotations

import fcntl
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
SWEEPING = "zhangtu-sweep-"
MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of one's own is made in it, as in any temporary folder
ROOM = 8 * 2**30
"""Far more than the servers of a run take; where there is not so much, they work on the disk."""


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
            create_database(connection, name, template, strategy="FILE_COPY")
        try:
            yield self.database_urls(name)
        finally:
            with psycopg.connect(admin, autocommit=True) as connection:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def throwaway_cluster(*, durable: bool = False) -> Iterator[Server]:
    """A server in a folder of its own. Benches ask for `durable=True`: they measure what a user would get."""
    _sweep()
    with throwaway_folder(on_disk=durable) as folder:
        cluster = Cluster(folder / "postgres", durable=durable)
        try:
            found = cluster.start()
            migrate(found.owner)
            yield Server(cluster=cluster, urls=found)
        finally:
            cluster.destroy()


@contextmanager
def throwaway_folder(*, on_disk: bool = False) -> Iterator[Path]:
    """For a server and what belongs to it. Memory makes a database, which is hundreds of files, several times faster."""
    place = Path(tempfile.gettempdir()) if on_disk or not _has_room(MEMORY) else MEMORY
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place))
    folder.chmod(0o755)  # started by root, the server runs as another user, who must get in
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _has_room(memory: Path) -> bool:
    """What is mounted there says how much may be in it, the kernel how much could be."""
    if not (memory.is_mount() and os.access(memory, os.W_OK)):
        return False
    told = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return min(shutil.disk_usage(memory).free, int(told["MemAvailable"].split()[0]) * 1024) >= ROOM


def _sweep() -> None:
    """End servers of test runs that were killed before they could do it themselves."""
    temporary = Path(tempfile.gettempdir())
    # The processes of a run begin together, and two would destroy the same server at once.
    with (temporary / f"{SWEEPING}{os.geteuid()}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for folder in [*temporary.glob(f"{PREFIX}*"), *MEMORY.glob(f"{PREFIX}*")]:
            if _is_left_over(folder):
                Cluster(folder / "postgres").destroy()
                shutil.rmtree(folder, ignore_errors=True)


def _is_left_over(folder: Path) -> bool:
    """Ours, and nobody's who lives."""
    pid = folder.name.removeprefix(PREFIX).split("-")[0]
    try:
        return folder.stat().st_uid == os.geteuid() and not Path("/proc", pid).exists()
    except FileNotFoundError:  # another process has just finished with it
        return False
