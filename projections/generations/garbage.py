"""Python's search for unreachable cycles, at a time of our choosing.

A full search looks at every remembered stream: some tenths of a second, in the middle of a batch. Folding makes next to no
cycles, so it waits until nothing is to do.
"""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, field

IDLE_SECONDS = 60.0
"""How long after the last search one is worth while when there is nothing to do."""

AT_LAST_SECONDS = 1_800.0
"""… and when there is always something to do."""

NEVER = 1_000_000


@dataclass(slots=True)
class Garbage:
    """For a process of our own alone: the setting is one of the whole interpreter."""

    _searched: float = field(default_factory=time.monotonic)

    def take_over(self) -> None:
        young, middle, _ = gc.get_threshold()
        gc.collect()
        gc.freeze()  # what was imported stays for ever, and need not be looked at again
        gc.set_threshold(young, middle, NEVER)

    def search(self, *, is_idle: bool) -> None:
        """Called often; searches seldom."""
        if time.monotonic() - self._searched > (IDLE_SECONDS if is_idle else AT_LAST_SECONDS):
            gc.collect()
            self._searched = time.monotonic()
