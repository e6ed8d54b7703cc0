"""How far notices are made. The row that says so is the lock: whoever writes notices holds it, and no two do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from infra.access.calling import Connection
from infra.notices import mails


@dataclass(frozen=True, slots=True)
class Place:
    position: int
    day: date


def taken(connection: Connection) -> Place | None:
    """To the end of the transaction; None while another process has it."""
    row = connection.execute("SELECT position, day FROM notices.follower FOR UPDATE SKIP LOCKED").fetchone()
    return None if row is None else Place(*row)


def moved(connection: Connection, position: int) -> None:
    connection.execute("UPDATE notices.follower SET position = %s, seen_at = clock_timestamp()", [position])


def looked_at(connection: Connection, day: date) -> None:
    connection.execute("UPDATE notices.follower SET day = %s, seen_at = clock_timestamp()", [day])


def health(connection: Connection, head: int) -> dict[str, Any]:
    row = connection.execute("SELECT position FROM notices.follower").fetchone()
    position = int((row or (0,))[0])
    return {"position": position, "lag": max(head - position, 0), "mails": mails.health(connection)}
