"""A client in a process of its own, made to be killed: `python -m tests.endurance.client verb address …`.

What it says on its standard output it had been told by the log: one line an acknowledged command.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from domain.kernel.errors import Refusal
from domain.kernel.saving import ValueTaken
from infra.eventstore import writer
from infra.eventstore.writer import Append
from tests.endurance.commands import calls_of
from tests.endurance.journal import Journal
from tests.stores import Store, claiming, establish, established, opened

PATIENCE = 5.0
"""Seconds for a connection: a server that was killed is back sooner or later."""


def main(argv: list[str]) -> int:
    verb, address, *rest = argv
    with opened(address, patience=PATIENCE) as store:
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


def write(store: Store, folder: str, name: str, threads: str) -> None:
    """Commands without end, until the folder holds a file named `stop`; each is noted before it is sent and when it is
    answered. What a killed predecessor of this name had sent is sent again first.
    """
    stop, journal = Path(folder) / "stop", Journal(Path(folder) / f"{name}.journal")
    pending = iter(journal.unanswered())
    turn = threading.Lock()

    def work() -> None:
        while True:
            with turn:
                command_id = next(pending, None)
            if command_id is None:
                if stop.exists():
                    return
                command_id = uuid4()
                journal.note("sent", command_id)
            journal.note(*answered(store, command_id))

    with ThreadPoolExecutor(int(threads)) as pool:
        for one in [pool.submit(work) for _ in range(int(threads))]:
            one.result()


def answered(store: Store, command_id: UUID) -> tuple[str, UUID, str]:
    """Asks until there is an answer, as a client does that does not know whether it was heard."""
    while True:
        try:
            answer = store.execute(*calls_of(command_id), command_id=command_id)
        except psycopg.OperationalError:
            time.sleep(0.05)
        except Refusal as refused:
            return "refused", command_id, refused.code
        else:
            return "done", command_id, ",".join(str(line.position) for line in answer.lines)


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


VERBS: dict[str, Callable[..., None]] = {"once": once, "once-and-die": once_and_die, "race": race, "write": write}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
