"""Have a migrated database for the length of a block: our own server, or the one that the settings name."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from api.lifecycle.lock import Holder, current_holder, holding
from infra.cluster import Cluster
from infra.database import check_application, check_owner, check_projector
from infra.migrations import migrate
from infra.problems import Problem
from infra.settings import Settings
from infra.terminal import say

WATCH_SECONDS = 1.0


class StillStarting(Problem):
    zh = "另一个进程正在启动数据库。请稍等几秒再试。"
    en = "Another process is starting the database. Try again in a few seconds."


def private_cluster(settings: Settings) -> Cluster:
    return Cluster(settings.var_dir / "postgres")


@contextmanager
def own_database(settings: Settings, *, watch: bool = False) -> Iterator[Settings]:
    """For the process that holds the data folder: start, migrate, and stop at the end whatever happened between.

    `watch` brings the private server back when it dies under a running program.
    """
    if not settings.uses_private_cluster:
        yield _migrated(settings)
        return
    cluster = private_cluster(settings)
    _announce(cluster)
    try:
        found = cluster.start()
        ready = _migrated(settings.with_database(application=found.application, owner=found.owner))
        with _watching(cluster) if watch else _nothing():
            yield ready
    finally:
        say("正在停止数据库……", "Stopping the database …")
        cluster.stop()


@contextmanager
def borrowed_database(settings: Settings, verb: str) -> Iterator[Settings]:
    """For short commands: use the server of a running `up`, else start one and stop it again."""
    if current_holder(settings.var_dir) is None or not settings.uses_private_cluster:
        with _holding_if_private(settings, verb), own_database(settings) as ready:
            yield ready
        return
    cluster = private_cluster(settings)
    if not cluster.status().running:
        raise StillStarting
    found = cluster.urls()
    yield settings.with_database(application=found.application, owner=found.owner)


def _announce(cluster: Cluster) -> None:
    status = cluster.status()
    if status.folder != cluster.wanted:
        say(
            f"数据库的系统用户无法进入此目录，数据放在 {status.folder}",
            f"The database's own user cannot enter this folder; the data is in {status.folder}",
        )
    if not status.made:
        say(f"正在建立私有数据库 {status.folder}", f"Making the private database in {status.folder}")
    elif status.running:
        say("接管上次留下的数据库", "Taking over the database that was left running")
    else:
        say("正在启动数据库……", "Starting the database …")


def _migrated(settings: Settings) -> Settings:
    check_owner(settings.owner_url)
    migrate(settings.owner_url)
    check_application(settings.application_url)
    check_projector(settings.owner_url)
    return settings


@contextmanager
def _holding_if_private(settings: Settings, verb: str) -> Iterator[None]:
    if settings.uses_private_cluster:
        with holding(settings.var_dir, Holder(pid=os.getpid(), verb=verb)):
            yield
    else:
        yield


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _watching(cluster: Cluster) -> Iterator[None]:
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(cluster, done), name="cluster-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(cluster: Cluster, done: threading.Event) -> None:
    while not done.wait(WATCH_SECONDS):
        try:
            if not cluster.status().running:
                say("数据库意外停止，正在恢复……", "The database died; bringing it back …")
                cluster.start()
        except (Problem, psycopg.Error) as problem:
            say(f"恢复失败，将重试：{problem}", f"Not back yet, trying again: {problem}")
