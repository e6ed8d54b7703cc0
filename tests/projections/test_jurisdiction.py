"""Random units, divisions and things tied to them at random: nobody is ever shown a row outside, and nothing inside is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.access.bonds import Bond
from domain.access.policy import KINDS
from domain.access.principal import NOWHERE, Reach, Sight
from infra.cluster import Urls
from infra.database import application_conninfo
from projections import models
from projections.generations import ddl
from projections.holdings import ROLES
from projections.jurisdiction import _FACETS, TIES
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


IDS = {kind: [an_id(kind, number) for number in range(EACH)] for kind in KINDS}


@pytest.fixture(scope="module")
def urls(module_database: Urls) -> Urls:
    with psycopg.connect(module_database.superuser) as connection:
        ddl.create(connection, SCHEMA)
        for table in models.tables():
            for statement in (ddl.primary_key(table), *ddl.indexes(table).values()):
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


@st.composite
def _version(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """What a thing is tied to; some ties are none."""
    said: dict[str, Any] = {}
    for tie in TIES[kind]:
        if tie.to == "divisions":
            said["division"] = draw(st.sampled_from(DIVISIONS))
        elif tie.to == "everybody":
            said[tie.column] = draw(st.sampled_from([None, None, None, "sharing"]))
        elif tie.column == "using_units":
            said[tie.column] = draw(st.lists(st.sampled_from(IDS["units"]), max_size=2, unique=True))
        elif tie.column != "asset":
            said[tie.column] = draw(st.sampled_from([None, *IDS[tie.to]]))
    if kind == "units":
        said["parent"] = draw(st.sampled_from([None, *IDS["units"]]))
    if kind == "vehicles":
        said["unmarked"] = draw(st.sampled_from([False, False, True]))
    return said


@st.composite
def worlds(draw: st.DrawFn) -> dict[UUID, tuple[str, list[tuple[datetime, dict[str, Any]]]]]:
    """By thing: its versions, each with the moment at which it begins, in order; the last one goes on for ever."""
    found = {}
    for kind, ids in IDS.items():
        for id in ids:
            begins = sorted(draw(st.sets(st.integers(0, 60), min_size=1, max_size=3)))
            found[id] = (kind, [(FIRST + timedelta(days=day), draw(_version(kind))) for day in begins])
    return found


reaches = st.one_of(
    st.just(NOWHERE),
    st.just(Reach(everything=True)),
    st.builds(
        Reach,
        divisions=st.frozensets(st.sampled_from(PREFIXES), max_size=2),
        units=st.frozensets(st.sampled_from(IDS["units"]), max_size=2),
    ),
)
sights = st.builds(
    Sight,
    kinds=st.fixed_dictionaries(dict.fromkeys(KINDS, reaches)),
    names=reaches,
    personal=reaches,
    masked=reaches,
)


def filled(
    owner: psycopg.Connection[Any], world: dict[UUID, tuple[str, list[tuple[datetime, dict[str, Any]]]]]
) -> Rows:
    """The rows of these things, as the read models would make them of the same facts."""
    owner.execute(f"TRUNCATE {', '.join(f'{SCHEMA}.{name}' for name in [*KINDS, 'timelines', 'history'])}".encode())
    with owner.cursor() as cursor:
        for number, (id, (kind, versions)) in enumerate(world.items(), 1):
            cursor.execute(_HISTORY, [number, id, kind, MOMENT, MOMENT])
            for place, (begins, said) in enumerate(versions):
                ends: Any = versions[place + 1][0] if place + 1 < len(versions) else "infinity"
                names = ", ".join(said)
                marks = ", ".join(["%s"] * len(said))
                statement = (
                    f"INSERT INTO {SCHEMA}.{kind} (asset, begins, ends, since, {names}) VALUES (%s, %s, %s, 1, {marks})"  # noqa: S608 -- names of the code
                )
                cursor.execute(statement.encode(), [id, begins, ends, *said.values()])
                for facet, member, ref in _refs(kind, said):
                    cursor.execute(_TIMELINE, [id, begins, ends, facet, member, ref])
    return Rows.read(owner, SCHEMA, MOMENT)


_HISTORY = (
    f"INSERT INTO {SCHEMA}.history VALUES (%s, %s, %s, 'topic', NULL, %s, %s, '', '', '', '', NULL, '[]', NULL, NULL)"  # noqa: S608 -- names of the code
).encode()
_TIMELINE = (
    f"INSERT INTO {SCHEMA}.timelines (asset, begins, ends, since, facet, member, ref, stated) VALUES (%s, %s, %s, 1, %s, %s, %s, 1)"  # noqa: S608 -- names of the code
).encode()


def _refs(kind: str, said: dict[str, Any]) -> Iterator[tuple[str, str, UUID]]:
    for name, value in said.items():
        facet = _FACETS[kind][name]
        if facet in ROLES:
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    yield facet, str(one) if isinstance(value, list) else "", one


def looking(connection: psycopg.Connection[Any], sight: Sight) -> View:
    connection.rollback()
    declare(connection, SCHEMA, MOMENT, sight)
    return View(connection, SCHEMA, 1, MOMENT, None, sight)


def assets(view: View, item: str) -> set[UUID]:
    return {row["asset"] for row in view.rows(f"SELECT asset FROM {item}")}  # noqa: S608 -- of our own names


@settings(max_examples=60, deadline=None)
@given(world=worlds(), sight=sights)
def test_a_thing_is_shown_to_those_to_whom_it_belongs_and_to_nobody_else(
    owner: psycopg.Connection[Any], application: psycopg.Connection[Any], world: Any, sight: Sight
) -> None:
    rows = filled(owner, world)
    seen, hidden = rows.seen(sight), rows.hidden(sight)
    by_kind = {kind: seen & set(IDS[kind]) for kind in KINDS}
    # The policies alone: nothing but the tables' own names.
    view = looking(application, sight)
    assert {kind: assets(view, f"{SCHEMA}.{kind}") for kind in KINDS} == by_kind
    assert assets(view, f"{SCHEMA}.history") == seen
    assert assets(view, f"{SCHEMA}.timelines") == {
        id for id in seen if any(_refs(world[id][0], s) for _, s in world[id][1])
    }
    # The filter alone: whoever owns the tables passes by the policies.
    view = looking(application, sight)
    owner.execute(b"BEGIN")
    declare(owner, SCHEMA, MOMENT, sight)
    try:
        owner.execute(b"RESET ROLE")
        alone = View(owner, SCHEMA, 1, MOMENT, None, sight)
        assert {kind: assets(alone, alone.of(kind)) for kind in KINDS} == by_kind
        assert assets(alone, alone.of("history")) == seen
    finally:
        owner.execute(b"ROLLBACK")
    if not sight.masked.everything:
        assert set(view.rows(f"SELECT {SCHEMA}.hidden() AS ids")[0]["ids"]) == hidden


@settings(max_examples=40, deadline=None)
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
    assert held(looking(application, sight), IDS, bonds) == inside


def test_without_a_declaration_nothing_is_shown(
    owner: psycopg.Connection[Any], application: psycopg.Connection[Any]
) -> None:
    application.rollback()
    owner.execute(
        f"INSERT INTO {SCHEMA}.compounds (asset, begins, ends, since) VALUES (%s, now(), 'infinity', 1)".encode(),  # noqa: S608 -- names of the code
        [UUID(int=7)],
    )
    for table in models.tables():
        assert application.execute(f"SELECT count(*) FROM {SCHEMA}.{table.name}".encode()).fetchone() == (0,)  # noqa: S608 -- names of the code


def test_every_table_of_a_generation_is_guarded(owner: psycopg.Connection[Any]) -> None:
    guarded = {
        row[0]
        for row in owner.execute(
            b"SELECT tablename::text FROM pg_policies JOIN pg_class c ON c.oid = (schemaname || '.' || tablename)::regclass"
            b" WHERE schemaname = 'g1' AND permissive = 'RESTRICTIVE' AND c.relrowsecurity"
        )
    }
    assert guarded == {table.name for table in models.tables()}
