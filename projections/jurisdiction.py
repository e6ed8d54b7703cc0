"""Where things belong, as SQL over the tables of a generation: the table of ADR 0012, and the functions that are made from it.

A transaction declares what it may see (`projections/queries/sight.py`). Of each kind `seen_…()` are the things in sight: found out
when they are first asked for, and remembered to the end of the transaction. What was not declared is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain.access.bonds import EVERY_BOND, Bond
from projections.columns import COLUMNS
from projections.holdings import ROLES
from projections.tables import View

DIVISIONS, UNITS, EVERYBODY = "divisions", "units", "everybody"
_KEPT: Final = frozenset({Bond.KEEPS})


@dataclass(frozen=True, slots=True)
class Tie:
    """A column that says to whom or what a thing belongs; `through`: by which bonds that other thing must belong itself."""

    column: str
    to: str
    bond: Bond = Bond.KEEPS
    through: frozenset[Bond] = EVERY_BOND


TIES: Final[dict[str, tuple[Tie, ...]]] = {
    "units": (Tie("division", DIVISIONS), Tie("asset", UNITS)),
    "people": (Tie("unit", UNITS),),
    "compounds": (Tie("division", DIVISIONS),),
    "buildings": (Tie("division", DIVISIONS), Tie("owner", UNITS), Tie("using_units", UNITS, Bond.USES)),
    "rooms": (Tie("building", "buildings", through=_KEPT), Tie("using_unit", UNITS, Bond.USES)),
    "vehicles": (Tie("owner", UNITS), Tie("using_unit", UNITS, Bond.USES), Tie("posted_to", UNITS, Bond.USES)),
    "drivers": (Tie("person", "people"),),
    "journeys": (Tie("unit", UNITS), Tie("vehicle", "vehicles", Bond.USES)),
    "fences": (
        Tie("managing_unit", UNITS), Tie("for_units", UNITS, Bond.USES), Tie("for_vehicles", "vehicles", Bond.USES),
    ),
    "warehouses": (Tie("division", DIVISIONS), Tie("managing_unit", UNITS)),
    "items": (
        Tie("owner", UNITS), Tie("warehouse", "warehouses"), Tie("using_unit", UNITS, Bond.USES),
        Tie("borrower", UNITS, Bond.USES), Tie("receiving_unit", UNITS, Bond.USES),
        Tie("entering", "warehouses", Bond.USES), Tie("published_for", EVERYBODY, Bond.OFFERED),
    ),
    "lots": (Tie("warehouse", "warehouses"),),
    "proposals": (Tie("unit", UNITS), Tie("levels", UNITS)),
}  # fmt: skip
"""By kind. A thing belongs by any of its ties as they are now or from a later day on; where it has none any more, by its last."""

DIRECTORY: Final = ("units", "compounds", "buildings", "rooms", "warehouses")
"""The kinds whose names are shown wherever something that one sees refers to them."""

NAMES, PERSONAL, MASKED = "names", "personal", "masked"
"""The keys of what is shown to some only: people's names, their telephone and identity numbers, places of secret work."""

OWN: Final = "own"
"""The key of the reach that is being looked into, while it is found out what lies in it."""

FACETS: Final = {kind: {one.name: one.facets[0].name for one in columns} for kind, columns in COLUMNS.items()}


def in_force(row: str) -> str:
    """SQL: this version holds now or will hold, by all that the generation knows."""
    return f"{row}.until IS NULL AND {row}.ends > access.moment(this_generation())"


def belonging(kind: str, bonds: frozenset[Bond] = EVERY_BOND) -> str:
    """SQL: the things of a kind that belong, by one of these bonds, to the reach that is being looked into."""
    everything = f"SELECT r.asset FROM {kind} r WHERE access.whole('{OWN}') AND {in_force('r')}"  # noqa: S608 -- names of the code
    ties = [_tied(kind, tie) for tie in TIES[kind] if tie.bond in bonds]
    return " UNION ALL ".join([everything, *ties])


def _tied(kind: str, tie: Tie) -> str:
    """SQL: the things of a kind that have this tie."""
    if tie.column == "asset":
        return "SELECT unnest(own_units())"
    if tie.to in (DIVISIONS, EVERYBODY):
        # The patterns as a query of their own: they are read once, and not for every row.
        patterns = f"(SELECT access.divisions('{OWN}'))::text[]"
        said = f"r.division LIKE ANY ({patterns})" if tie.to == DIVISIONS else f"r.{tie.column} IS NOT NULL"
        return f"SELECT r.asset FROM {kind} r WHERE {_SOMEWHERE} AND {in_force('r')} AND {said}"  # noqa: S608 -- names of the code
    return _referring(kind, tie)


_SOMEWHERE: Final = f"access.reach('{OWN}') <> 'all'"


def _referring(kind: str, tie: Tie) -> str:
    """SQL: the things that name one of a set, found by the index of the timelines over what is named.

    A tie that has ended counts where none of the thing lasted longer: what nobody has any more is whose it was last.
    """
    facets = FACETS[kind]
    facet = facets[tie.column]
    ties = ", ".join(f"'{facets[one.column]}'" for one in TIES[kind] if one.to not in (DIVISIONS, EVERYBODY))
    shared = f" AND EXISTS (SELECT FROM {kind} k WHERE k.asset = t.asset)" if " " in ROLES[facet].of else ""
    return (
        f"SELECT t.asset FROM timelines t WHERE {_SOMEWHERE} AND t.facet = '{facet}' AND t.until IS NULL"  # noqa: S608 -- likewise
        f" AND t.ref = ANY ((SELECT own_{_set(tie.to, tie.through)}())::uuid[]){shared}"
        f" AND (t.ends > access.moment(this_generation()) OR NOT EXISTS (SELECT FROM timelines x WHERE x.asset = t.asset"
        f" AND x.facet IN ({ties}) AND x.ref IS NOT NULL AND x.until IS NULL AND x.ends > t.ends))"
    )


def _set(kind: str, through: frozenset[Bond]) -> str:
    return kind if through == EVERY_BOND else f"{kind}_{'_'.join(sorted(through))}"


_UNITS = f"""
    WITH RECURSIVE below(asset) AS (
        SELECT unnest(access.granted('{OWN}'))
         UNION SELECT u.asset FROM below JOIN units u ON u.parent = below.asset WHERE {in_force("u")})
    SELECT asset FROM below
     UNION SELECT u.asset FROM units u WHERE {in_force("u")}
              AND (access.whole('{OWN}') OR u.division LIKE ANY ((SELECT access.divisions('{OWN}'))::text[]))"""  # noqa: S608 -- names of the code

# Where they went is hidden with where they are; the index of the timelines is over what is referred to.
_HIDDEN = f"""
    WITH secret AS MATERIALIZED (
        SELECT v.asset FROM vehicles v WHERE v.unmarked AND {in_force("v")}
        EXCEPT SELECT unnest(seen_vehicles_masked()))
    SELECT asset FROM secret
     UNION ALL SELECT t.asset FROM timelines t WHERE t.facet = 'vehicle' AND t.ref IN (TABLE secret)"""  # noqa: S608 -- names of the code


def views() -> tuple[View, ...]:
    """They read with the rights of whoever made them: of the tables, all rows."""
    sets = {tie.to: tie.through for ties in TIES.values() for tie in ties if tie.through != EVERY_BOND}
    return (
        *(View(f"belonging_{kind}", _UNITS if kind == UNITS else belonging(kind)) for kind in TIES),
        *(View(f"belonging_{_set(kind, bonds)}", belonging(kind, bonds)) for kind, bonds in sets.items()),
        View("hiding", _HIDDEN),
        View("directory", f"SELECT asset, kind, position FROM history WHERE kind = ANY ('{{{','.join(DIRECTORY)}}}')"),  # noqa: S608 -- names of the code
        *(View(f"directory_{kind}", _named(kind)) for kind in DIRECTORY),
    )


def _named(kind: str) -> str:
    shown = {"rooms": "number, building"}.get(kind, "name")
    return f"SELECT asset, begins, ends, since, until, cut, ended, {shown} FROM {kind}"  # noqa: S608 -- names of the code


def statements(schema: str) -> Iterator[str]:
    """In the order in which they are made: a function is looked for where a view speaks of it, what it asks when it runs."""
    yield from _functions(schema)
    for view in views():
        yield f"CREATE VIEW {view.name} AS {view.select}"


def _functions(schema: str) -> Iterator[str]:
    """What is found out once a transaction: by reach what belongs to it, and by key of a declaration what is in sight."""
    sets = [*TIES, *{_set(tie.to, tie.through) for ties in TIES.values() for tie in ties if tie.through != EVERY_BOND}]
    for name in sets:
        place = f"'{schema}_{name}_' || access.reach('{OWN}')"
        yield _remembered(f"own_{name}", place, f"SELECT asset FROM {schema}.belonging_{name}")  # noqa: S608 -- names of the code
    for kind in TIES:
        yield _seen(schema, kind, kind, kind)
    for key, kind in ((NAMES, "people"), (PERSONAL, "people"), (MASKED, "vehicles")):
        yield _seen(schema, f"{kind}_{key}", key, kind)
    yield _remembered("hidden", f"'{schema}_hidden'", f"SELECT asset FROM {schema}.hiding")  # noqa: S608 -- names of the code


def _remembered(name: str, place: str, select: str) -> str:
    return f"""CREATE FUNCTION {name}() RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    place text := {place};
    found text := access.declared(place);
BEGIN
    IF place IS NOT NULL AND found IS NULL THEN
        found := coalesce((SELECT array_agg(DISTINCT asset) FROM ({select}) s)::text, '{{}}');
        PERFORM set_config('zhangtu.' || place, found, true);
    END IF;
    RETURN coalesce(found, '{{}}');
END $$"""  # noqa: S608 -- names of the code


def _seen(schema: str, name: str, key: str, kind: str) -> str:
    return f"""CREATE FUNCTION seen_{name}() RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    PERFORM set_config('zhangtu.reach_{OWN}', access.reach('{key}'), true);
    RETURN {schema}.own_{kind}();
END $$"""
