"""To whose jurisdiction each thing belongs: the table of ADR 0012, and the rows that are made from it.

A thing belongs to *scopes*: to units, to divisions, to whoever it is offered to. A row says by which bond and until when, so that
whoever asks compares his own scopes with those of a thing, and nobody has to find out again what lies in a jurisdiction. What
belongs by way of another thing (a room by its building) has that one's scopes as its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain.access.bonds import EVERY_BOND, Bond
from projections.columns import COLUMNS
from projections.tables import ASSET, Column, Model, Table

DIVISIONS, UNITS, EVERYBODY, ITSELF = "divisions", "units", "everybody", "itself"
_KEPT: Final = frozenset({Bond.KEEPS})


@dataclass(frozen=True, slots=True)
class Tie:
    """A column that says to whom or what a thing belongs; `through`: by which bonds that other thing must belong itself."""

    column: str
    to: str
    bond: Bond = Bond.KEEPS
    through: frozenset[Bond] = EVERY_BOND

    @property
    def is_by_way(self) -> bool:
        """Of another thing, whose scopes are its scopes."""
        return self.to not in (DIVISIONS, UNITS, EVERYBODY, ITSELF)


TIES: Final[dict[str, tuple[Tie, ...]]] = {
    "units": (Tie("division", DIVISIONS), Tie("asset", ITSELF)),
    "people": (Tie("unit", UNITS),),
    "compounds": (Tie("division", DIVISIONS),),
    "buildings": (Tie("division", DIVISIONS), Tie("owner", UNITS), Tie("using_units", UNITS, Bond.USES)),
    "vehicles": (Tie("owner", UNITS), Tie("using_unit", UNITS, Bond.USES), Tie("posted_to", UNITS, Bond.USES)),
    "warehouses": (Tie("division", DIVISIONS), Tie("managing_unit", UNITS)),
    "proposals": (Tie("unit", UNITS), Tie("levels", UNITS)),
    "rooms": (Tie("building", "buildings", through=_KEPT), Tie("using_unit", UNITS, Bond.USES)),
    "drivers": (Tie("person", "people"),),
    "journeys": (Tie("unit", UNITS), Tie("vehicle", "vehicles", Bond.USES)),
    "fences": (
        Tie("managing_unit", UNITS), Tie("for_units", UNITS, Bond.USES), Tie("for_vehicles", "vehicles", Bond.USES),
    ),
    "items": (
        Tie("owner", UNITS), Tie("warehouse", "warehouses"), Tie("using_unit", UNITS, Bond.USES),
        Tie("borrower", UNITS, Bond.USES), Tie("receiving_unit", UNITS, Bond.USES),
        Tie("entering", "warehouses", Bond.USES), Tie("published_for", EVERYBODY, Bond.OFFERED),
    ),
    "lots": (Tie("warehouse", "warehouses"),),
}  # fmt: skip
"""By kind, those first by way of which others belong. A thing belongs by any of its ties as they are now or from a later day on;
where it has none any more, by its last."""

BY_WAY: Final = {kind: tuple(tie for tie in ties if tie.is_by_way) for kind, ties in TIES.items()}

EVERYWHERE: Final = "'00000000-0000-0000-0000-000000000000'::uuid"
"""SQL: the scope of everything, for whoever sees all of a kind."""
ANYBODY: Final = "'00000000-0000-0000-0000-000000000001'::uuid"
"""SQL: the scope of whoever may read such things at all."""
AFTER_DIVISIONS: Final = "'00000000-0000-0000-0000-000001000000'::uuid"


def select(kind: str, rows: str, table: str = "belongings") -> str:
    """SQL: the rows of the table for versions (`rows`) of things of a kind; those by way of which they belong have theirs."""
    columns = ", ".join(f"r.{name}" for name in dict.fromkeys(["asset", *(tie.column for tie in TIES[kind])]))
    held = f"SELECT {columns}, max(r.ends) AS ends FROM {rows} r WHERE r.until IS NULL GROUP BY {columns}"  # noqa: S608 -- names of the code
    tied = f", tied AS MATERIALIZED ({_tied(kind)})" if _referring(kind) else ""
    return (
        f"WITH held AS MATERIALIZED ({held}){tied}"  # noqa: S608 -- likewise
        f" SELECT asset, '{kind}'::text AS kind, bond, scope, max(ends) AS ends"
        f" FROM ({' UNION ALL '.join(_scoped(kind, table))}) AS scoped GROUP BY asset, bond, scope"
    )


def _scoped(kind: str, table: str) -> Iterator[str]:
    """SQL: things, each with one of its scopes."""
    yield f"SELECT asset, '{Bond.KEEPS}' AS bond, {EVERYWHERE} AS scope, ends FROM held"  # noqa: S608 -- names of the code
    for tie in TIES[kind]:
        if tie.to in _OWN_SCOPES:
            scope, where = (sql.format(tie.column) for sql in _OWN_SCOPES[tie.to])
            ends = "'infinity'" if tie.to == ITSELF else "ends"
            yield f"SELECT asset, '{tie.bond}', {scope}, {ends} FROM held WHERE {where}"  # noqa: S608 -- likewise
    if any(tie.to == UNITS for tie in TIES[kind]):
        yield f"SELECT asset, bond, ref, ends FROM tied WHERE target = '{UNITS}'"  # noqa: S608 -- likewise
    yield from (_by_way(tie, table) for tie in BY_WAY[kind])


_OWN_SCOPES: Final = {
    DIVISIONS: ("lpad({}, 32, '0')::uuid", "{} ~ '^[0-9]{{6}}$'"),
    EVERYBODY: (ANYBODY, "{} IS NOT NULL"),
    ITSELF: ("{}", "true"),
}
"""SQL: the scope that a column says by itself, and where it says one. That of a division is its code, as the last digits of an id."""


def _by_way(tie: Tie, table: str) -> str:
    bonds = ", ".join(f"'{bond}'" for bond in sorted(tie.through))
    return (
        f"SELECT t.asset, t.bond, b.scope, least(t.ends, b.ends) FROM tied t JOIN {table} b ON b.asset = t.ref"  # noqa: S608 -- names of the code
        f" WHERE t.target = '{tie.to}' AND t.bond = '{tie.bond}' AND b.scope <> {EVERYWHERE} AND b.bond IN ({bonds})"
    )


def _referring(kind: str) -> list[Tie]:
    return [tie for tie in TIES[kind] if tie.to == UNITS or tie.is_by_way]


def _tied(kind: str) -> str:
    """SQL: what each thing refers to, and until when. The last that it referred to is for ever: what nobody has any more is
    whose it was last.
    """
    types = {column.name: column.type for column in COLUMNS[kind]}
    refs = [
        f"SELECT '{tie.bond}', '{tie.to}', {f'unnest({tie.column})' if types[tie.column] == 'uuid[]' else tie.column}"
        for tie in _referring(kind)
    ]
    return (
        "SELECT asset, bond, target, ref,"  # noqa: S608 -- names of the code
        " CASE WHEN max(ends) = max(max(ends)) OVER (PARTITION BY asset) THEN 'infinity' ELSE max(ends) END AS ends"
        f" FROM (SELECT held.asset, held.ends, said.* FROM held, LATERAL ({' UNION ALL '.join(refs)}) AS said(bond, target, ref)"
        " WHERE said.ref IS NOT NULL) AS told GROUP BY asset, bond, target, ref"
    )


MODEL = Model(
    "belongings",
    (
        Table(
            "belongings",
            (
                ASSET,
                Column("kind", "text NOT NULL", "种类", "Kind"),
                Column("bond", "text NOT NULL", "关系", "Bond"),
                Column("scope", "uuid NOT NULL", "所属范围", "Scope"),
                Column("ends", "timestamptz NOT NULL", "至", "To"),
            ),
            key=("asset", "scope", "bond"),
            # What one jurisdiction holds, of one kind and of all.
            indexes=("(kind, scope) INCLUDE (asset, ends)", "(scope) INCLUDE (asset, kind, ends)"),
            filled=tuple(select(kind, kind) for kind in TIES),
        ),
    ),
)
