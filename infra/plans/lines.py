"""The lines of a plan: ordered rows, each with a version of its own, so that several people write different ones at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from psycopg.rows import class_row
from psycopg.types.json import Json

from infra.access.calling import Connection
from infra.plans.refusals import LineChanged, LineUnknown, PlanFull
from infra.plans.store import changed

MOST_LINES: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`said`: as a batch has it. `seen`: the version that its thing had when it was written; None where there was none."""

    id: UUID
    place: int
    said: Any
    seen: int | None
    version: int
    writer: UUID
    written_by: str
    changed_by: str
    changed_at: datetime


_LINES = (
    "SELECT l.id, l.place, l.said, l.seen, l.version, l.written_by AS writer, w.login AS written_by, c.login AS changed_by,"
    " l.changed_at FROM desk.plan_lines l JOIN access.accounts w ON w.id = l.written_by"
    " JOIN access.accounts c ON c.id = l.changed_by WHERE l.plan = %s"
)


def of(connection: Connection, plan: UUID) -> list[Line]:
    with connection.cursor(row_factory=class_row(Line)) as cursor:
        return cursor.execute(f"{_LINES} ORDER BY l.place".encode(), [plan]).fetchall()


def find(connection: Connection, plan: UUID, id: UUID) -> Line:
    with connection.cursor(row_factory=class_row(Line)) as cursor:
        found = cursor.execute(f"{_LINES} AND l.id = %s".encode(), [plan, id]).fetchone()
    if found is None:
        raise LineUnknown(id=id)
    return found


def add(connection: Connection, account: UUID, plan: UUID, said: Any, seen: int | None) -> UUID:
    """At the end."""
    row = connection.execute(
        "SELECT count(*), coalesce(max(place), 0) FROM desk.plan_lines WHERE plan = %s", [plan]
    ).fetchone() or (0, 0)
    if row[0] >= MOST_LINES:
        raise PlanFull(most=MOST_LINES)
    id = uuid4()
    connection.execute(
        "INSERT INTO desk.plan_lines (id, plan, place, said, seen, written_by, changed_by) VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [id, plan, row[1] + 1, Json(said), seen, account, account],
    )
    changed(connection, plan, account, "added", line=id)
    return id


def change(
    connection: Connection, account: UUID, plan: UUID, id: UUID, said: Any, seen: int | None, *, expected: int | None
) -> None:
    was = find(connection, plan, id)
    _require(was, expected)
    connection.execute(
        "UPDATE desk.plan_lines SET said = %s, seen = %s, version = version + 1, changed_by = %s, changed_at = clock_timestamp()"
        " WHERE id = %s",
        [Json(said), seen, account, id],
    )
    changed(connection, plan, account, "changed", line=id, before=was.said)


def remove(connection: Connection, account: UUID, plan: UUID, id: UUID, *, expected: int | None) -> None:
    was = find(connection, plan, id)
    _require(was, expected)
    connection.execute("DELETE FROM desk.plan_lines WHERE id = %s", [id])
    changed(connection, plan, account, "removed", line=id, before=was.said)


def move(connection: Connection, account: UUID, plan: UUID, id: UUID, *, up: bool) -> None:
    """Past its neighbour; at the end of the list it stays where it is."""
    line = find(connection, plan, id)
    beyond, order = ("<", "DESC") if up else (">", "ASC")
    row = connection.execute(
        f"SELECT id, place FROM desk.plan_lines WHERE plan = %s AND place {beyond} %s ORDER BY place {order} LIMIT 1".encode(),  # noqa: S608 -- two words of ours
        [plan, line.place],
    ).fetchone()
    if row is None:
        return
    for one, place in ((id, row[1]), (row[0], line.place)):
        connection.execute("UPDATE desk.plan_lines SET place = %s WHERE id = %s", [place, one])
    changed(connection, plan, account, "moved", line=id)


def _require(line: Line, expected: int | None) -> None:
    if expected not in (None, line.version):
        raise LineChanged(id=line.id)
