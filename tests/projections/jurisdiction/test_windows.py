"""Nobody is ever shown a row outside their jurisdiction, nothing inside is missing, and of the tables themselves nobody sees a row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
from hypothesis import given
from hypothesis import strategies as st

from domain.access.bonds import Bond
from domain.access.policy import KINDS
from domain.access.principal import ALL_SEEING, Reach, Sight
from projections import jurisdiction, models, windows
from projections.queries.reach import held
from projections.queries.view import View
from tests.projections.jurisdiction.worlds import (
    DIVISIONS,
    FIRST,
    IDS,
    SCHEMA,
    filled,
    looking,
    reaches,
    refs,
    sights,
    some,
    worlds,
)


def assets(view: View, item: str) -> set[UUID]:
    return {row["asset"] for row in view.rows(f"SELECT asset FROM {item}")}  # noqa: S608 -- of our own names


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
            id for id in seen if any([*refs(world[id][0], said)] for _, said in world[id][1])
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
