"""The private cluster itself: make, start, recover, stop, destroy."""

from __future__ import annotations

import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from infra.cluster.binaries import Binaries, find_binaries
from infra.cluster.configuration import write_configuration
from infra.cluster.layout import FolderNotOurs, Layout, choose_layout, make_folders
from infra.cluster.processes import clear_the_way, postmaster
from infra.cluster.provision import Urls, provision, urls
from infra.problems import Problem

START_SECONDS = "180"  # crash recovery of a full WAL takes its time
STOP_SECONDS = "60"


class ClusterFailed(Problem):
    zh = "私有 PostgreSQL {step}失败：{reason}\n日志在 {log}。请按日志处理后重试；磁盘满、权限不足最常见。"
    en = "The private PostgreSQL failed to {verb}: {reason}\nIts log is in {log}. A full disk or missing rights are the usual causes."


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is known from outside about a cluster."""

    folder: Path
    made: bool
    pid: int | None
    major: int | None

    @property
    def running(self) -> bool:
        return self.pid is not None


class Cluster:
    """A PostgreSQL server in `folder`. `durable=False` is for throwaway servers of tests."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.wanted = folder.absolute()
        self._durable = durable

    def start(self) -> Urls:
        """Bring the server up from any state, a crash included, and return how to reach it. Safe to repeat."""
        layout = choose_layout(self.wanted)
        make_folders(layout)
        if not (layout.data / "PG_VERSION").is_file():
            self._initialise(layout)
        accounts = {"root", layout.account.name, pwd.getpwuid(os.geteuid()).pw_name}
        write_configuration(layout.data, layout.sockets, layout.account, accounts, durable=self._durable)
        self._run(layout)
        return provision(layout.sockets)

    def stop(self) -> None:
        """Stop with a checkpoint; what was committed is on disk either way."""
        layout = choose_layout(self.wanted)
        if postmaster(layout.data) is None:
            return
        self._control(layout, "stop", "--mode=fast", "--wait", f"--timeout={STOP_SECONDS}")

    def status(self) -> Status:
        layout = choose_layout(self.wanted)
        return Status(
            folder=layout.folder,
            made=_major(layout) is not None,
            pid=postmaster(layout.data),
            major=_major(layout),
        )

    def urls(self) -> Urls:
        """How to reach it when it runs; asks nothing of the server."""
        return urls(choose_layout(self.wanted).sockets)

    def destroy(self) -> None:
        """Stop, and delete everything that it stored."""
        self.stop()
        layout = choose_layout(self.wanted)
        for folder in {layout.folder, layout.sockets}:
            if folder.exists():
                shutil.rmtree(folder)

    def _initialise(self, layout: Layout) -> None:
        """Into a folder beside, then renamed: a crash half-way leaves nothing that looks like a database."""
        fresh = layout.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        # Both collate by code point; C needs no call of the C library for it, and sorts texts in a third of the time.
        options = ["--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--lc-collate=C", "--data-checksums"]
        options += ["--auth-local=peer", "--auth-host=reject", "--no-instructions"]
        options += [] if self._durable else ["--no-sync"]
        done = layout.account.run(find_binaries().path("initdb"), *options, f"--pgdata={fresh}")
        if done.returncode != 0:
            raise ClusterFailed(step="初始化", verb="initialise", reason=_tail(done.stderr), log=layout.folder)
        fresh.rename(layout.data)

    def _run(self, layout: Layout) -> None:
        if postmaster(layout.data) is not None:
            self._control(layout, "reload")
            return
        clear_the_way(layout.data, layout.sockets)
        self._control(layout, "start", "--wait", f"--timeout={START_SECONDS}", f"--log={layout.folder}/start.log")

    def _control(self, layout: Layout, verb: str, *options: str) -> None:
        done = layout.account.run(_binaries(layout).path("pg_ctl"), verb, f"--pgdata={layout.data}", *options)
        if done.returncode != 0:
            steps = {"start": "启动", "stop": "停止", "reload": "重新加载配置"}
            reason = _tail(done.stderr + _start_log(layout))
            raise ClusterFailed(step=steps[verb], verb=verb, reason=reason, log=layout.data / "log")


def _binaries(layout: Layout) -> Binaries:
    return find_binaries(_major(layout))


def _major(layout: Layout) -> int | None:
    try:
        return int((layout.data / "PG_VERSION").read_text())
    except PermissionError:
        raise FolderNotOurs(folder=layout.folder, owner=layout.folder.stat().st_uid) from None
    except FileNotFoundError:
        return None


def _start_log(layout: Layout) -> str:
    try:
        return (layout.folder / "start.log").read_text(errors="replace")
    except OSError:
        return ""


def _tail(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-6:])
