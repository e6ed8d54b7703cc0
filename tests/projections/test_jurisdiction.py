"""Random units, divisions and things tied to them at random: nobody is ever shown a row outside, and nothing inside is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias
from uuid import UUID

import psycopg
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Json

from domain.access.bonds import Bond
from domain.access.policy import KINDS
from domain.access.principal import ALL_SEEING, NOWHERE, Reach, Sight
from infra.cluster import Urls
from infra.database import application_conninfo
from projections import belongings, jurisdiction, models, windows
from projections.columns import COLUMNS
from projections.generations import ddl
from projections.holdings import ROLES
from projections.queries.reach import held
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


@pytest.fixture(scope="module")
def urls(module_database: Urls) -> Urls:
    with psycopg.connect(module_database.superuser) as connection:
        ddl.create(connection, SCHEMA)
        for table in models.tables():
            for statement in (*ddl.completing(table), *ddl.indexes(table).values()):
                connection.execute(statement.encode())
        ddl.open_to_readers(connection, SCHEMA)
    return module_database


@pytest.fixture(scope="module")
def owner(urls: Urls) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(urls.superuser, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def application(urls: Urls) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(application_conninfo(urls.application)) as connection:
        yield connection


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
    """The rows of these things, as the read models would make them of the same facts."""
    with owner.transaction():
        # Not TRUNCATE: it would make every index anew.
        for table in [*KINDS, "timelines", "history", "belongings"]:
            owner.execute(f"DELETE FROM {SCHEMA}.{table}".encode())  # noqa: S608 -- names of the code
        for table, rows in _tables(world).items():
            columns = ", ".join(f"{name} {type}" for name, type in _TYPES[table].items())
            names = ", ".join(_TYPES[table])
            statement = f"INSERT INTO {SCHEMA}.{table} ({names}) SELECT {names} FROM jsonb_to_recordset(%s::jsonb) AS r({columns})"  # noqa: S608 -- names of the code
            owner.execute(statement.encode(), [Json(rows, dumps=_dumps)])
        owner.execute(f"SET LOCAL search_path = {SCHEMA}, public".encode())
        for statement in ddl.filling(belongings.MODEL.tables[0]):
            owner.execute(statement.encode())
    return Rows.read(owner, SCHEMA, MOMENT)


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
            for facet, member, ref in _refs(kind, said):
                line = {"facet": facet, "member": member, "ref": ref, "stated": 1}
                found.setdefault("timelines", []).append(held | line)
    return found


def _refs(kind: str, said: dict[str, Any]) -> Iterator[tuple[str, str, UUID]]:
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


def assets(view: View, item: str) -> set[UUID]:
    return {row["asset"] for row in view.rows(f"SELECT asset FROM {item}")}  # noqa: S608 -- of our own names


some = settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""Worlds of forty things take minutes to be made smaller, and hardly become so."""


@some
@given(world=worlds(), sight=sights)
def test_a_thing_is_shown_to_those_to_whom_it_belongs_and_to_nobody_else(
    owner: psycopg.Connection[Any],
    application: psycopg.Connection[Any],
    world: Any,
    sight: Sight,
) -> None:
    rows = filled(owner, world)
    seen, hidden = rows.seen(sight), rows.hidden(sight)
    by_kind = {kind: seen & set(IDS[kind]) for kind in KINDS}
    with looking(application, sight) as view:
        for one in (view, replace(view, few=True)):
            assert {kind: assets(one, one.of(kind)) for kind in KINDS} == by_kind
            assert assets(one, one.of("history")) == seen
        assert assets(view, view.of("timelines")) == {
            id for id in seen if any([*_refs(world[id][0], said)] for _, said in world[id][1])
        }
        if not sight.masked.everything:
            assert assets(view, f"{SCHEMA}.hidden") == hidden


@some
@given(world=worlds(), sight=sights)
def test_whichever_window_a_query_looks_through_it_shows_nothing_else(
    owner: psycopg.Connection[Any], application: psycopg.Connection[Any], world: Any, sight: Sight
) -> None:
    seen = filled(owner, world).seen(sight)
    with looking(application, sight) as view:
        for window in windows.views():
            if window.name.endswith(("_history", *(f"_{kind}" for kind in KINDS))):
                assert assets(view, f"{SCHEMA}.{window.name}") <= seen, window.name


@some
@given(world=worlds(), reach=reaches, bonds=st.frozensets(st.sampled_from(Bond)))
def test_what_may_be_changed_is_what_belongs_by_such_a_bond(
    owner: psycopg.Connection[Any],
    application: psycopg.Connection[Any],
    world: Any,
    reach: Reach,
    bonds: frozenset[Bond],
) -> None:
    rows = filled(owner, world)
    sight = Sight(kinds=dict.fromkeys(KINDS, reach), masked=reach)
    inside = {id for kind, ids in IDS.items() for id in ids if rows.within(kind, id, reach, bonds)}
    with looking(application, sight) as view:
        assert held(view, IDS, bonds) == inside


def test_without_a_declaration_nothing_is_shown(
    owner: psycopg.Connection[Any], application: psycopg.Connection[Any]
) -> None:
    owner.execute(
        f"INSERT INTO {SCHEMA}.compounds (asset, begins, ends, since) VALUES (%s, now(), 'infinity', 1)".encode(),  # noqa: S608 -- names of the code
        [UUID(int=7)],
    )
    for window in (*windows.views(), *jurisdiction.HELPERS[::2], *jurisdiction.views()[:2]):
        own = " WHERE scope <> '00000000-0000-0000-0000-000000000001'" if window.name == "scopes" else ""
        found = application.execute(f"SELECT count(*) FROM {SCHEMA}.{window.name}{own}".encode()).fetchone()  # noqa: S608 -- names of the code
        assert found == (0,), window.name
    application.rollback()


def test_the_application_sees_no_row_of_a_table_itself_whatever_it_declares(
    owner: psycopg.Connection[Any], application: psycopg.Connection[Any]
) -> None:
    filled(owner, {IDS["compounds"][0]: ("compounds", [(FIRST, {"division": DIVISIONS[0]})])})
    sight = Sight(kinds=ALL_SEEING.kinds)
    with looking(application, sight) as view:
        assert assets(view, view.of("compounds")) == {IDS["compounds"][0]}
        for name in [*(one.name for one in models.tables()), *(one.name for one in models.views())]:
            if name in ("compounds", "belongings"):
                assert view.rows(f"SELECT FROM {SCHEMA}.{name}") == [], name


def test_every_table_of_a_generation_is_closed(owner: psycopg.Connection[Any]) -> None:
    closed = {
        row[0]
        for row in owner.execute(
            b"SELECT tablename::text FROM pg_policies JOIN pg_class c ON c.oid = (schemaname || '.' || tablename)::regclass"
            b" WHERE schemaname = 'g1' AND permissive = 'RESTRICTIVE' AND c.relrowsecurity"
        )
    }
    assert closed == {table.name for table in models.tables()}
