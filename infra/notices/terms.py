"""Which terms an account was told of already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from infra.access.calling import Connection


@dataclass(frozen=True, slots=True)
class Ending:
    """That something of a thing ends on a day."""

    thing: UUID
    ends: date


def told(connection: Connection, account: UUID, matter: str, endings: Iterable[Ending]) -> list[Ending]:
    """Those that were not told before; from now on they were."""
    wanted = sorted(set(endings), key=lambda one: (one.ends, one.thing))
    rows = connection.execute(
        "INSERT INTO notices.terms_told (account, matter, thing, ends)"
        " SELECT %s, %s, said.thing, said.ends FROM unnest(%s::uuid[], %s::date[]) AS said(thing, ends)"
        " ON CONFLICT DO NOTHING RETURNING thing, ends",
        [account, matter, [one.thing for one in wanted], [one.ends for one in wanted]],
    ).fetchall()
    new = {Ending(*row) for row in rows}
    return [one for one in wanted if one in new]
