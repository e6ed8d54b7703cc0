"""What lies in the jurisdictions that a transaction declared, as SQL over the tables of a generation.

A transaction declares what it may see (`projections/queries/sight.py`). The scopes that this makes its own are found out when they
are first asked for, and remembered to its end: they are as many as there are units in the jurisdiction, however much belongs to
them. What was not declared is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from projections.belongings import AFTER_DIVISIONS, ANYBODY, EVERYWHERE
from projections.tables import View

DIRECTORY: Final = ("units", "compounds", "buildings", "rooms", "warehouses")
"""The kinds whose names are shown wherever something that one sees refers to them."""

NAMES, PERSONAL, MASKED = "names", "personal", "masked"
"""The keys of what is shown to some only: people's names, their telephone and identity numbers, places of secret work."""

OWN: Final = "own"
"""The key of the reach that is being looked into, while it is found out which scopes are its own."""

MOMENT: Final = "(SELECT access.moment(this_generation()))"
"""SQL: what holds then or later decides where things belong."""


def in_force(row: str) -> str:
    """SQL: this version holds now or will hold, by all that the generation knows."""
    return f"{row}.until IS NULL AND {row}.ends > {MOMENT}"


def belonging_to(kind: str, key: str) -> str:
    """SQL: the things of a kind that belong to the reach of this key, which is not everywhere.

    IS TRUE: the scopes are hashed once and each row is looked at, where a join would ask for the scopes again with every row.
    """
    return (
        f"SELECT b.asset FROM belongings b WHERE b.kind = '{kind}' AND b.ends > {MOMENT}"  # noqa: S608 -- names of the code
        f" AND (b.scope IN (SELECT scopes_of('{key}'))) IS TRUE"
    )


# Divisions stand first in the index of scopes, and are few: each is looked for behind the one before.
_SCOPES = f"""
    WITH RECURSIVE below(asset) AS (
        SELECT unnest(access.granted('{OWN}'))
         UNION SELECT u.asset FROM below JOIN units u ON u.parent = below.asset WHERE {in_force("u")}),
    divisions(scope) AS (
        (SELECT b.scope FROM belongings b WHERE b.scope > {ANYBODY} AND b.scope < {AFTER_DIVISIONS} ORDER BY b.scope LIMIT 1)
         UNION ALL SELECT (SELECT b.scope FROM belongings b WHERE b.scope > d.scope AND b.scope < {AFTER_DIVISIONS} ORDER BY b.scope LIMIT 1)
                     FROM divisions d WHERE d.scope IS NOT NULL)
    SELECT asset AS scope FROM below
     UNION SELECT u.asset FROM units u WHERE {in_force("u")} AND u.division LIKE ANY ((SELECT access.divisions('{OWN}'))::text[])
     UNION SELECT d.scope FROM divisions d WHERE right(d.scope::text, 6) LIKE ANY ((SELECT access.divisions('{OWN}'))::text[])
     UNION SELECT {ANYBODY}"""  # noqa: S608 -- names of the code

# By what its kind's reach is called, and the scope: so that one look answers for things of every kind.
_IN_SIGHT = f"""
    SELECT b.asset, b.kind, b.bond FROM belongings b
     WHERE b.ends > {MOMENT}
       AND ((access.reach(b.kind), b.scope) IN (SELECT x.reach, x.scope FROM scopes_in_sight() x)) IS TRUE"""  # noqa: S608 -- names of the code

# The same from the other side: by the index of scopes.
_GATHERED = f"""
    SELECT b.asset, b.kind FROM scopes_in_sight() x JOIN belongings b ON b.scope = x.scope
     WHERE b.ends > {MOMENT} AND access.reach(b.kind) = x.reach"""  # noqa: S608 -- names of the code

_SECRET = f"""
    SELECT v.asset FROM vehicles v WHERE v.unmarked AND {in_force("v")} EXCEPT {belonging_to("vehicles", MASKED)}"""  # noqa: S608 -- names of the code

HIDDEN_VEHICLE: Final = "{0}.asset IN (SELECT unnest(secret()))"
"""SQL: this is a vehicle that does secret work, and whose places are hidden from whoever looks."""
HIDDEN_JOURNEY: Final = "EXISTS (SELECT FROM timelines w WHERE w.asset = {0}.asset AND w.facet = 'vehicle' AND w.ref IN (SELECT unnest(secret())))"
"""SQL: this is a journey that such a vehicle made: where it went is hidden with where it is."""

_HIDDEN = """
    SELECT unnest(secret()) AS asset
     UNION ALL SELECT t.asset FROM timelines t WHERE t.facet = 'vehicle' AND t.ref IN (SELECT unnest(secret()))"""


def _named(kind: str) -> str:
    shown = {"rooms": "number, building"}.get(kind, "name")
    return f"SELECT asset, begins, ends, since, until, cut, ended, {shown} FROM {kind}"  # noqa: S608 -- names of the code


_SCOPES_END = f"SELECT min(u.ends) AS until FROM units u WHERE {in_force('u')} AND u.ends < 'infinity'"  # noqa: S608 -- names of the code

HELPERS: Final = (View("scopes", _SCOPES), View("scopes_end", _SCOPES_END), View("secrecy", _SECRET))
"""What the functions read, with the rights of whoever made them: of the tables, all rows."""


def views() -> tuple[View, ...]:
    return (
        View("in_sight", _IN_SIGHT),
        View("gathered", _GATHERED),
        View("hidden", _HIDDEN),
        *(View(f"people_{key}", belonging_to("people", key)) for key in (NAMES, PERSONAL)),
        View("directory", f"SELECT asset, kind, position FROM history WHERE kind = ANY ('{{{','.join(DIRECTORY)}}}')"),  # noqa: S608 -- names of the code
        *(View(f"directory_{kind}", _named(kind)) for kind in DIRECTORY),
    )


def functions(schema: str) -> Iterator[str]:
    """What is found out once a transaction. What they read is looked for when they run."""
    select = f"PERFORM set_config('zhangtu.reach_{OWN}', reach, true);"
    place = f"'{schema}_scopes_' || reach"
    yield _remembered("scopes(reach text)", place, f"SELECT scope AS one FROM {schema}.scopes", select)  # noqa: S608 -- names of the code
    yield _remembered("secret()", f"'{schema}_secret'", f"SELECT asset AS one FROM {schema}.secrecy")  # noqa: S608 -- likewise
    yield f"""CREATE FUNCTION scopes_of(key text) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 300 AS $$
        SELECT unnest({schema}.scopes(access.reach(key))) $$"""
    yield f"""CREATE FUNCTION scopes_in_sight() RETURNS TABLE (reach text, scope uuid) LANGUAGE sql STABLE ROWS 300 AS $$
        SELECT 'all', {EVERYWHERE} WHERE access.declared('whole') <> '{{}}'
         UNION ALL SELECT g, unnest({schema}.scopes(g)) FROM unnest(access.declared('reaches')::text[]) g $$"""  # noqa: S608 -- likewise


def _remembered(signature: str, place: str, select: str, first: str = "") -> str:
    return f"""CREATE FUNCTION {signature} RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    place text := {place};
    known text := access.declared(place);
BEGIN
    IF known IS NULL AND place IS NOT NULL THEN
        {first}
        known := coalesce((SELECT array_agg(one) FROM ({select}) s)::text, '{{}}');
        PERFORM set_config('zhangtu.' || place, known, true);
    END IF;
    RETURN coalesce(known, '{{}}');
END $$"""  # noqa: S608 -- names of the code
