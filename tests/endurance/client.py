"""A client in a process of its own, made to be killed: `python -m tests.endurance.client verb address …`.

What it says on its standard output it had been told by the log: one line an acknowledged command.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

from domain.kernel.saving import ValueTaken
from infra.eventstore import writer
from infra.eventstore.writer import Append
from tests.stores import Store, claiming, establish, established, opened


def main(argv: list[str]) -> int:
    verb, address, *rest = argv
    with opened(address) as store:
        VERBS[verb](store, *rest)
    return 0


def once(store: Store, command_id: str) -> None:
    """One command, acknowledged by its position."""
    say(store.execute(establish(), command_id=UUID(command_id)).position)


def once_and_die(store: Store, command_id: str, moment: str) -> None:
    """One command, whose client dies by the hand of the system: before it is sent, or when it is committed."""
    send = writer.Writer._call

    def dying(self: writer.Writer, group: list[Append]) -> None:
        if moment == "committed":
            send(self, group)
        os.kill(os.getpid(), signal.SIGKILL)

    writer.Writer._call = dying  # type: ignore[method-assign]  # nothing else can stop between these two steps
    once(store, command_id)


def race(store: Store, value: str, threads: str) -> None:
    """So many who all want one value; says who got it, and who was told that it is taken."""
    together = threading.Barrier(int(threads))

    def claim() -> str:
        holder = uuid4()
        together.wait()
        try:
            store.append(established(holder), conditions=claiming(("plate", value, holder)))
        except ValueTaken as refused:
            return f"taken {refused.data['holder']}"
        return f"got {holder}"

    with ThreadPoolExecutor(int(threads)) as pool:
        for answer in [one.result() for one in [pool.submit(claim) for _ in range(int(threads))]]:
            say(answer)


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


VERBS: dict[str, Callable[..., None]] = {"once": once, "once-and-die": once_and_die, "race": race}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
