"""The members of a plan are told what became of it, in the transaction in which it did."""

from __future__ import annotations

from uuid import UUID

from infra.access.calling import Connection
from infra.notices import kept
from infra.notices.kept import Notice


def tell(connection: Connection, plan: UUID, matter: str, *, but: UUID | None = None) -> None:
    """All of them, without the one who did it. `matter`: of `api/notices/matters.py`."""
    rows = connection.execute("SELECT account FROM desk.plan_members WHERE plan = %s", [plan]).fetchall()
    told = (account for (account,) in rows if account != but)
    kept.add(connection, [Notice(account=one, why="told", matter=matter, link=f"/plans/{plan}") for one in told])
