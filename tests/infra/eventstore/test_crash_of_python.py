"""An error on the way leaves nothing, or all of a command."""

from __future__ import annotations

from unittest.mock import patch
from uuid import uuid4

import psycopg
import pytest

from infra.cluster import Urls
from tests.infra.eventstore.crashing import commands
from tests.stores import Store, established, renamed, run


def test_an_error_in_python_on_the_way_to_the_log_leaves_nothing(own_store: Store) -> None:
    with (
        patch("infra.eventstore.writer._parameters", side_effect=RuntimeError("on the way")),
        pytest.raises(RuntimeError, match="on the way"),
    ):
        own_store.append(established())
    assert commands(own_store) == []
    assert own_store.append(established()) == [1]


def test_an_error_in_python_after_the_insert_cannot_commit_half_of_anything(own_store: Store) -> None:
    """Trap 2: the commit is the statement's own; there is no Python between the insert and it. What fails after is an
    answer not given, which the retry under the same id gives.
    """
    command_id, unit = uuid4(), uuid4()
    with (
        patch.object(own_store.recorder, "_refuse", side_effect=RuntimeError("after")),
        patch("infra.eventstore.recorder.range", create=True, side_effect=RuntimeError("after")),
        pytest.raises(RuntimeError, match="after"),
    ):
        own_store.append(established(unit), renamed(unit, 2), command_id=command_id)
    assert commands(own_store) == [(command_id, 0, 2), (command_id, 1, 2)]


def test_an_error_of_the_database_between_two_inserts_of_a_command_leaves_nothing(
    own_store: Store, database: Urls
) -> None:
    run(
        database.owner,
        "CREATE FUNCTION log.fail() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN IF NEW.line = 2 THEN RAISE ''no more'' USING ERRCODE = ''53100''; END IF; RETURN NEW; END'",
        "CREATE TRIGGER fail BEFORE INSERT ON log.events FOR EACH ROW EXECUTE FUNCTION log.fail()",
    )
    unit = uuid4()
    with pytest.raises(psycopg.errors.DiskFull):
        own_store.append(established(unit), renamed(unit, 2), renamed(unit, 3))
    assert commands(own_store) == []
    assert own_store.append(established(unit)) == [1]
