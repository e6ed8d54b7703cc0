"""What a caller may see, declared to the database for the length of a transaction (`infra/migrations/sql/reach.sql`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, TypeAlias

import psycopg

from domain.access.policy import KINDS
from domain.access.principal import Reach, Sight
from infra.database import EVERYTHING_ROLE
from projections.jurisdiction import MASKED, NAMES, PERSONAL

Connection: TypeAlias = psycopg.Connection[Any]

_AS_EVERYTHING: Final = f"SET LOCAL ROLE {EVERYTHING_ROLE}"
_SET: Final = "SELECT set_config('zhangtu.' || said.setting, said.value, true) FROM unnest(%s::text[], %s::text[]) AS said(setting, value)"


def declare(connection: Connection, schema: str, moment: datetime, sight: Sight) -> None:
    """From here to the end of the transaction the tables of this generation show what is in sight, and nothing else.

    `moment`: what holds then or later decides where things belong.
    """
    if sight.everything:
        connection.execute(_AS_EVERYTHING)
        if sight.names.everything and sight.personal.everything:
            return
    groups = _groups(sight)
    said = {f"{schema}_moment": moment.isoformat(), **dict(_reaches(sight, groups)), **dict(_grants(groups))}
    connection.execute(_SET, [list(said), list(said.values())])


def _keys(sight: Sight) -> dict[str, Reach]:
    rights = {NAMES: sight.names, PERSONAL: sight.personal, MASKED: sight.masked}
    return {kind: sight.of(kind) for kind in sorted(KINDS)} | rights


def _groups(sight: Sight) -> dict[Reach, str]:
    """The different reaches, numbered: most callers have one for all that they may do."""
    found = dict.fromkeys(reach for reach in _keys(sight).values() if reach and not reach.everything)
    return {reach: str(number) for number, reach in enumerate(found, 1)}


def _reaches(sight: Sight, groups: dict[Reach, str]) -> Iterator[tuple[str, str]]:
    for key, reach in _keys(sight).items():
        yield f"reach_{key}", "all" if reach.everything else groups.get(reach, "")
    whole = all(sight.of(kind).everything for kind in KINDS)
    yield "reach_complete", "all" if whole else ""


def _grants(groups: dict[Reach, str]) -> Iterator[tuple[str, str]]:
    for reach, number in groups.items():
        yield f"divisions_{number}", _array(f"{prefix}%" for prefix in sorted(reach.divisions))
        yield f"granted_{number}", _array(str(unit) for unit in sorted(reach.units))


def _array(words: Iterator[str]) -> str:
    return "{" + ",".join(words) + "}"
