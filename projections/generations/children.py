"""Child processes that die with their parent, however it dies, and so never work for someone who is gone."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence

from infra.settings import PREFIX, ROOT

GRACE_SECONDS = 10.0


def start(
    module: str, arguments: Sequence[str], database_url: str, settings: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Runs a module of ours. The address goes in the environment: a command line can be read by everyone.

    `settings`: variables of ours that it is given besides; of this process' own it sees none.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**kept, **(settings or {}), f"{PREFIX}DATABASE_URL": database_url},
        stdin=subprocess.PIPE,  # its other end is ours: when we are gone, the kernel closes it
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C at the console is the parent's to handle
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Asks it to stop, and insists. Nothing is lost: whatever it was at is rolled back."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdin is not None:
        process.stdin.close()


def die_with_parent() -> None:
    """In the child: ends the process as soon as the parent's end of stdin is closed."""
    threading.Thread(target=_wait_for_the_end, name="parent-watch", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)
