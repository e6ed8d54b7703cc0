"""What a caller may see, declared to the database for the length of a transaction (`infra/migrations/sql/reach.sql`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final, TypeAlias

import psycopg

from domain.access.policy import KINDS
from domain.access.principal import Reach, Sight
from infra.database import EVERYTHING_ROLE
from projections.jurisdiction import MASKED, NAMES, PERSONAL

Connection: TypeAlias = psycopg.Connection[Any]

DECLARED: Final = f"""
    set_config('zhangtu.' || schema || '_moment', moment::text, true),
    (SELECT count(set_config('zhangtu.' || said.setting, said.value, true))
       FROM unnest(%(settings)s::text[], %(values)s::text[]) AS said(setting, value)),
    CASE WHEN %(everything)s::boolean THEN set_config('role', '{EVERYTHING_ROLE}', true) END"""  # noqa: S608 -- a constant
"""SQL, in the SELECT of a generation: from here to the end of the transaction its tables show what is in sight, and nothing else.

`schema` and `moment` are columns of what is selected from: what holds then or later decides where things belong. The parameters
are `declared`. So it takes no statement of its own.
"""


def declared(sight: Sight) -> dict[str, Any]:
    """What a caller may see, as the parameters of `DECLARED`."""
    is_plain = sight.everything and sight.names.everything and sight.personal.everything
    groups = {} if is_plain else _groups(sight)
    said = {} if is_plain else {**dict(_reaches(sight, groups)), **dict(_grants(groups))}
    return {"everything": sight.everything, "settings": list(said), "values": list(said.values())}


def declare(connection: Connection, schema: str, moment: datetime, sight: Sight) -> None:
    """The same of a generation that was chosen already."""
    chosen = "(SELECT %(schema)s::text AS schema, %(moment)s::timestamptz AS moment)"
    statement = f"SELECT {DECLARED} FROM {chosen} chosen"  # noqa: S608 -- constants
    connection.execute(statement.encode(), {"schema": schema, "moment": moment, **declared(sight)})


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
    yield "reaches", _array(groups.values())
    yield "whole", _array(kind for kind in sorted(KINDS) if sight.of(kind).everything)


def _grants(groups: dict[Reach, str]) -> Iterator[tuple[str, str]]:
    for reach, number in groups.items():
        yield f"divisions_{number}", _array(f"{prefix}%" for prefix in sorted(reach.divisions))
        yield f"granted_{number}", _array(str(unit) for unit in sorted(reach.units))


def _array(words: Iterable[str]) -> str:
    return "{" + ",".join(words) + "}"
