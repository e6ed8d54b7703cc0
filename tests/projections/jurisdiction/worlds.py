"""Random units, divisions and things tied to them at random, as rows of a generation; and callers who see some of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias
from uuid import UUID

import psycopg
from hypothesis import Phase, settings
from hypothesis import strategies as st
from psycopg.types.json import Json

from domain.access.policy import KINDS
from domain.access.principal import NOWHERE, Reach, Sight
from projections import belongings, models
from projections.columns import COLUMNS
from projections.generations import ddl
from projections.holdings import ROLES
from projections.queries.sight import declare
from projections.queries.view import View
from tests.projections.scopes import Rows

SCHEMA = "g1"
MOMENT = datetime(2026, 6, 1, tzinfo=UTC)
FIRST = MOMENT - timedelta(days=30)
EACH = 4
"""Things of each kind."""

DIVISIONS = ("640104", "640105", "640100", "640200", "640381")
PREFIXES = ("6401", "640104", "6403", "64", "65")


def an_id(kind: str, number: int) -> UUID:
    return UUID(int=(sorted(KINDS).index(kind) + 1) * 1000 + number)


World: TypeAlias = dict[UUID, tuple[str, list[tuple[datetime, dict[str, Any]]]]]
"""By thing: its kind, and its versions, each with the moment at which it begins."""

IDS = {kind: [an_id(kind, number) for number in range(EACH)] for kind in KINDS}


NAMED: dict[str, dict[str, str]] = {
    "units": {"parent": "units"},
    "people": {"unit": "units"},
    "drivers": {"person": "people"},
    "journeys": {"unit": "units", "vehicle": "vehicles"},
    "buildings": {"owner": "units"},
    "warehouses": {"managing_unit": "units"},
    "fences": {"managing_unit": "units"},
    "rooms": {"building": "buildings", "using_unit": "units"},
    "vehicles": {"owner": "units", "using_unit": "units", "posted_to": "units"},
    "items": {
        "owner": "units", "warehouse": "warehouses", "using_unit": "units", "borrower": "units", "receiving_unit": "units",
        "entering": "warehouses",
    },
    "lots": {"warehouse": "warehouses"},
    "proposals": {"unit": "units"},
}  # fmt: skip
"""By kind: what a thing names, and of which kind that is. Written here once more: the code's own table may lack one."""

SEVERAL = {"buildings": "using_units", "proposals": "levels", "fences": "for_units"}
"""By kind: of what units it names any number."""

DIVIDED = ("units", "compounds", "buildings", "warehouses")


@st.composite
def _version(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """What a thing is tied to; half of the ties are none, so that some things are nobody's any more."""
    said: dict[str, Any] = {
        name: draw(st.one_of(st.none(), st.sampled_from(IDS[party]))) for name, party in NAMED.get(kind, {}).items()
    }
    if kind in DIVIDED:
        said["division"] = draw(st.sampled_from(DIVISIONS))
    if kind in SEVERAL:
        said[SEVERAL[kind]] = draw(st.lists(st.sampled_from(IDS["units"]), max_size=2, unique=True))
    if kind == "fences":
        said["for_vehicles"] = draw(st.lists(st.sampled_from(IDS["vehicles"]), max_size=1))
    if kind == "items":
        said["published_for"] = draw(st.sampled_from([None, None, None, "sharing"]))
    if kind == "vehicles":
        said["unmarked"] = draw(st.sampled_from([False, False, True]))
    return said


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """By thing: its versions, each with the moment at which it begins, in order; the last one goes on for ever."""
    found = {}
    for kind, ids in IDS.items():
        for id in ids:
            begins = sorted(draw(st.sets(st.integers(0, 60), min_size=1, max_size=3)))
            found[id] = (kind, [(FIRST + timedelta(days=day), draw(_version(kind))) for day in begins])
    return found


_parts = st.builds(
    Reach,
    divisions=st.frozensets(st.sampled_from(PREFIXES), max_size=1),
    units=st.frozensets(st.sampled_from(IDS["units"]), min_size=1, max_size=2),
)
reaches = st.one_of(_parts, _parts, _parts, st.just(NOWHERE), st.just(Reach(everything=True)))
sights = st.builds(
    Sight,
    # Mostly one jurisdiction for all kinds: what is tied through another thing shows only there.
    kinds=st.one_of(
        _parts.map(lambda reach: dict.fromkeys(KINDS, reach)), st.fixed_dictionaries(dict.fromkeys(KINDS, reaches))
    ),
    names=reaches,
    personal=reaches,
    masked=reaches,
)


def filled(owner: psycopg.Connection[Any], world: World) -> Rows:
    """The rows of these things, as the read models would make them of the same facts, and what they belong to."""
    with owner.transaction():
        pour(owner, world)
        fill(owner)
    return Rows.read(owner, SCHEMA, MOMENT)


def fill(owner: psycopg.Connection[Any]) -> None:
    """What things belong to, made anew."""
    owner.execute(f"SET LOCAL search_path = {SCHEMA}, public".encode())
    owner.execute(b"DELETE FROM belongings")
    for statement in ddl.filling(belongings.MODEL.tables[0]):
        owner.execute(statement.encode())


def pour(owner: psycopg.Connection[Any], world: World) -> None:
    """Their rows alone, in the place of all that are there."""
    # Not TRUNCATE: it would make every index anew.
    for table in [*KINDS, "timelines", "history"]:
        owner.execute(f"DELETE FROM {SCHEMA}.{table}".encode())  # noqa: S608 -- names of the code
    for table, rows in _tables(world).items():
        columns = ", ".join(f"{name} {type}" for name, type in _TYPES[table].items())
        names = ", ".join(_TYPES[table])
        statement = (
            f"INSERT INTO {SCHEMA}.{table} ({names}) SELECT {names} FROM jsonb_to_recordset(%s::jsonb) AS r({columns})"  # noqa: S608 -- names of the code
        )
        owner.execute(statement.encode(), [Json(rows, dumps=_dumps)])


_FACETS = {kind: {one.name: one.facets[0].name for one in columns} for kind, columns in COLUMNS.items()}
_TYPES = {table.name: {column.name: column.type.split()[0] for column in table.columns} for table in models.tables()}
_dumps = partial(json.dumps, default=str)
_OF_AN_EVENT = {"topic": "topic", "recorded_at": MOMENT, "effective": MOMENT, "documents": [], "changes": []}
_NOTHING = dict.fromkeys(("actor", "unit", "role", "reason"), "")


def _tables(world: World) -> dict[str, list[dict[str, Any]]]:
    """By table, its rows."""
    found: dict[str, list[dict[str, Any]]] = {}
    for number, (id, (kind, versions)) in enumerate(world.items(), 1):
        event = {"asset": id, "kind": kind, "position": number, **_OF_AN_EVENT, **_NOTHING}
        found.setdefault("history", []).append(event)
        ends = [*(begins for begins, _ in versions[1:]), "infinity"]
        for (begins, said), end in zip(versions, ends, strict=True):
            held = {"asset": id, "begins": begins, "ends": end, "since": 1}
            found.setdefault(kind, []).append(held | said)
            for facet, member, ref in refs(kind, said):
                line = {"facet": facet, "member": member, "ref": ref, "stated": 1}
                found.setdefault("timelines", []).append(held | line)
    return found


def refs(kind: str, said: dict[str, Any]) -> Iterator[tuple[str, str, UUID]]:
    for name, value in said.items():
        facet = _FACETS[kind][name]
        if facet in ROLES:
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    yield facet, str(one) if isinstance(value, list) else "", one


@contextmanager
def looking(connection: psycopg.Connection[Any], sight: Sight) -> Iterator[View]:
    """For the length of a block: what was read would stay locked, and the next world waits for it."""
    try:
        connection.execute(f"SET LOCAL search_path = {SCHEMA}, public".encode())
        declare(connection, SCHEMA, MOMENT, sight)
        yield View(connection, SCHEMA, 1, MOMENT, None, sight)
    finally:
        connection.rollback()


some = settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""Worlds of forty things take minutes to be made smaller, and hardly become so."""
