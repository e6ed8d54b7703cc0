"""A registry with processes of its own, as `./dev up` starts them, for tests that signal and kill them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.databases import throwaway_folder

ROOT = Path(__file__).parents[1]
PATIENCE = 180.0


@dataclass
class LivingRegistry:
    """A checkout's data folder, and the processes that were started on it."""

    var: Path
    port: int
    started: list[subprocess.Popen[str]] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(*arguments),
            cwd=ROOT,
            env=self._environment(),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    def up(self) -> subprocess.Popen[str]:
        """Start, and wait until it answers."""
        with (self.var.parent / "up.log").open("a") as log:
            process = subprocess.Popen(
                self._command("up"),
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                text=True,
            )
        self.started.append(process)
        until = time.monotonic() + PATIENCE
        while not self.answers():
            assert process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)
        return process

    def running(self) -> subprocess.Popen[str]:
        """The process that serves, as others left it; started where there is none."""
        return self.started[-1] if self.started and self.started[-1].poll() is None else self.up()

    def stopped(self) -> None:
        """It has run, and does not any more."""
        process = self.started[-1] if self.started else self.up()
        process.terminate()
        process.wait(PATIENCE)

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/healthz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def kill_everything(self) -> None:
        """SIGKILL, the way a power cut comes: the web first, then every process of the database."""
        for pid in [self.started[-1].pid, *self.servers()]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.started[-1].wait()

    def said(self) -> str:
        return (self.var.parent / "up.log").read_text()

    def servers(self) -> list[int]:
        """Every process of its database."""
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and self._is_ours(entry)]

    def _is_ours(self, process: Path) -> bool:
        try:
            return (process / "cwd").readlink().is_relative_to(self.var)
        except OSError:
            return False

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "api.cli", *arguments]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHANGTU_")}
        return {**kept, "ZHANGTU_VAR_DIR": str(self.var), "ZHANGTU_PORT": str(self.port), **self.settings}


@contextmanager
def living_registry(*, on_disk: bool = False) -> Iterator[LivingRegistry]:
    """A data folder and a port of its own; nothing of it is left afterwards."""
    with throwaway_folder(on_disk=on_disk) as folder:
        made = LivingRegistry(var=folder / "var", port=_a_free_port())
        try:
            yield made
        finally:
            for process in made.started:
                process.kill()
                process.wait()
            made.run("reset", "--yes")


def _a_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
