"""The scopes of a caller are found out once for a state of a generation, and anew when it changes or a day comes at which they do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from domain.access.policy import KINDS
from domain.access.principal import Reach, Sight
from projections.queries.own_scopes import State, told
from projections.queries.sight import declare
from tests.projections.jurisdiction.worlds import FIRST, IDS, MOMENT, SCHEMA, World, filled

GRANTED, BELOW, OTHER, _ = IDS["units"]
LATER = MOMENT + timedelta(days=10)
SIGHT = Sight(kinds=dict.fromkeys(KINDS, Reach(units=frozenset({GRANTED}))))


def a_world(parents: dict[datetime, Any]) -> World:
    """Of one unit: under which others, one after the other."""
    versions = [(begins, {"parent": parent, "division": "650000"}) for begins, parent in parents.items()]
    alone = [(FIRST, {"parent": None, "division": "650000"})]
    return {GRANTED: ("units", alone), OTHER: ("units", alone), BELOW: ("units", versions)}


@pytest.fixture
def version() -> str:
    """No other test has a generation of it."""
    return str(uuid4())


def seen(application: psycopg.Connection[Any], version: str, moment: datetime) -> set[Any]:
    try:
        application.execute(f"SET LOCAL search_path = {SCHEMA}, public".encode())
        declare(application, SCHEMA, moment, SIGHT)
        told(application, State(schema=SCHEMA, version=version, moment=moment), SIGHT)
        return {row[0] for row in application.execute(b"SELECT asset FROM many_units")}
    finally:
        application.rollback()


@pytest.fixture
def moves(owner: psycopg.Connection[Any]) -> Iterator[None]:
    """The unit is under the granted one, and on a later day under another."""
    filled(owner, a_world({FIRST: GRANTED, LATER: OTHER}))
    yield
    filled(owner, {})


@pytest.mark.usefixtures("moves")
def test_a_day_at_which_a_unit_goes_elsewhere_is_not_slept_through(
    application: psycopg.Connection[Any], version: str
) -> None:
    assert seen(application, version, MOMENT) == {GRANTED, BELOW}
    assert seen(application, version, LATER - timedelta(seconds=1)) == {GRANTED, BELOW}
    assert seen(application, version, LATER) == {GRANTED}
    assert seen(application, version, MOMENT) == {GRANTED, BELOW}


@pytest.mark.usefixtures("moves")
def test_they_are_found_out_once_for_a_state_and_anew_for_the_next(
    owner: psycopg.Connection[Any], application: psycopg.Connection[Any], version: str
) -> None:
    assert seen(application, version, MOMENT) == {GRANTED, BELOW}
    filled(owner, a_world({FIRST: OTHER}))
    # What nobody does: rows that change and leave the generation's version as it was.
    assert seen(application, version, MOMENT + timedelta(days=1)) == {GRANTED, BELOW}
    assert seen(application, f"{version}, changed", MOMENT) == {GRANTED}
