"""What stands in a query where a table's name would: the table, or a window on the part of it that is in sight."""

from __future__ import annotations

from collections.abc import Sequence

from domain.access.policy import KINDS
from domain.access.principal import Sight
from projections.jurisdiction import DIRECTORY
from projections.windows import ADDED_UP, FEW, KINDS_IN, MANY, SAYS_KIND, WHOLE


def seen(schema: str, sight: Sight, table: str, alias: str, kinds: Sequence[str], *, few: bool) -> str:
    """`few`: so little is in sight that it is quicker to begin with that than to look at each row."""
    if sight.everything:
        return f"{schema}.{table} {alias or table}"
    partial = FEW if few else MANY
    window = WHOLE if table == ADDED_UP or _is_whole(sight, table, kinds) else partial
    return f"{schema}.{window}_{table} {alias or table}"


def _is_whole(sight: Sight, table: str, kinds: Sequence[str]) -> bool:
    """Whether of all kinds that are asked about everything is in sight; where a row says its kind, it may also be nothing."""
    reaches = [sight.of(kind) for kind in _asked(table, kinds)]
    return all(reach.everything or (table in SAYS_KIND and not reach) for reach in reaches)


def _asked(table: str, kinds: Sequence[str]) -> Sequence[str]:
    all_kinds = KINDS_IN.get(table, tuple(KINDS))
    return kinds if kinds and table in SAYS_KIND else all_kinds


def wholly(sight: Sight, kind: str) -> bool:
    """Whether all of a kind may be counted without a look at each."""
    return sight.of(kind).everything and (kind != "vehicles" or sight.masked.everything)


def called(schema: str, sight: Sight, kind: str, alias: str, *, few: bool) -> str:
    if kind in DIRECTORY and not sight.of(kind).everything:
        return f"{schema}.directory_{kind} {alias}"
    return seen(schema, sight, kind, alias, (), few=few)
