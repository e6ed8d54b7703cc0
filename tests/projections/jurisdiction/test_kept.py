"""What things belong to, kept while they change, is what would be made of them anew: also by way of things that change alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
from hypothesis import given
from hypothesis import strategies as st

from projections.generations.belonging import belong
from tests.projections.jurisdiction.worlds import IDS, SCHEMA, World, fill, filled, pour, some, worlds

ALL_IDS = [id for ids in IDS.values() for id in ids]


@some
@given(before=worlds(), after=worlds(), touched=st.sets(st.sampled_from(ALL_IDS), min_size=1, max_size=8))
def test_kept_is_as_made_anew(owner: psycopg.Connection[Any], before: World, after: World, touched: set[UUID]) -> None:
    filled(owner, before)
    rows: dict[str, list[list[UUID]]] = {}
    for id in touched:
        rows.setdefault(after[id][0], []).append([id])
    with owner.transaction():
        pour(owner, {id: (after if id in touched else before)[id] for id in before})
        belong(owner, SCHEMA, rows)
        kept = said(owner)
        fill(owner)
        assert kept == said(owner)


def said(owner: psycopg.Connection[Any]) -> set[tuple[Any, ...]]:
    return set(owner.execute(f"SELECT asset, kind, bond, scope, ends::text FROM {SCHEMA}.belongings".encode()))  # noqa: S608 -- names of the code
