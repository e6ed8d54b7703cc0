"""What clients sent and what they were told, on disk before anything else happens: it outlives a killed client."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID


class Journal:
    """One client's notes, a line each: what happened, to which command, and the answer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(self, what: str, command_id: UUID, said: str = "") -> None:
        # One write a line: whole in the file when it returns, and threads do not mix.
        os.write(self._file, f"{what} {command_id} {said}\n".encode())

    def unanswered(self) -> list[UUID]:
        """What was sent and not answered when the client of this name was killed."""
        sent, ended = set[UUID](), set[UUID]()
        for what, command_id, _ in notes(self._path):
            (sent if what == "sent" else ended).add(command_id)
        return sorted(sent - ended)


def notes(path: Path) -> list[tuple[str, UUID, str]]:
    lines = [line.split(" ", 2) for line in path.read_text().splitlines()]
    return [(what, UUID(command_id), said) for what, command_id, said in lines]
