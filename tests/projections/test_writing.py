"""What is written into a generation is what is read from it, whatever stands in it, by COPY and by key alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.rows import TupleRow

from infra.cluster import Urls
from projections import models, writing
from projections.columns.making import array_of
from projections.generations import ddl
from projections.generations.upserting import upsert
from projections.tiling import FOREVER, Version
from projections.values import json, row_of
from tests.projections.histories import NASTY

SCHEMA = "written"
NASTIES = [
    *(
        "",
        " ",
        "null",
        "NULL",
        "\\N",
        "\\.",
        '"',
        '""',
        "\\",
        "\\\\",
        "\\n",
        "'",
        ",",
        "[",
        "]",
        "]\n[",
        "{}",
        "{null}",
    ),
    *("\n", "\r\n", "\t", "\b\f", "\x01\x1f\x7f", "\u2028\u2029\ufeff", "中文", "😀", "e\u0301", "%s %(a)s $1", NASTY),
]

texts = st.sampled_from(NASTIES) | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
rows_of_texts = st.lists(st.tuples(texts, st.lists(texts, max_size=3), st.none() | texts), min_size=1, max_size=20)


@pytest.fixture(scope="module")
def connection(module_database: Urls) -> Iterator[psycopg.Connection[TupleRow]]:
    with psycopg.connect(module_database.superuser) as connection:
        ddl.create(connection, SCHEMA)
        for table in map(models.table, ("search", "timelines", "upkeep")):
            connection.execute(ddl.primary_key(table).encode())
        connection.execute(f"SET search_path = {SCHEMA}, public".encode())
        connection.commit()
        yield connection


def search_row(number: int, words: str, listed: list[str]) -> list[Any]:
    return [UUID(int=number), words, words, array_of(listed), number]


def timelines_row(number: int, member: str, value: str | None) -> list[Any]:
    version = Version(None, datetime(2026, 1, 1, tzinfo=UTC), FOREVER, since=number)
    return row_of([UUID(int=number)], version, ["facet", member, value, None, number])


@given(rows_of_texts)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_every_text_and_every_list_of_texts_comes_back_as_it_was(
    connection: psycopg.Connection[TupleRow], rows: list[tuple[str, list[str], str | None]]
) -> None:
    written = [search_row(number, words, listed) for number, (words, listed, _) in enumerate(rows)]
    expected = [(words, sorted(listed)) for words, listed, _ in rows]
    for write in (writing.copy_in, upsert):
        with connection.transaction(force_rollback=True):
            write(connection, SCHEMA, {"search": written})
            found = connection.execute("SELECT words, pairs FROM search ORDER BY touched").fetchall()
        assert found == expected


@given(rows_of_texts)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_nothing_stays_nothing_and_a_text_that_looks_like_it_stays_a_text(
    connection: psycopg.Connection[TupleRow], rows: list[tuple[str, list[str], str | None]]
) -> None:
    values = [None if value is None else json(value) for _, _, value in rows]
    written = [timelines_row(number, rows[number][0], value) for number, value in enumerate(values)]
    for write in (writing.copy_in, upsert):
        with connection.transaction(force_rollback=True):
            write(connection, SCHEMA, {"timelines": written})
            found = connection.execute(
                "SELECT member, value, ends = 'infinity', until IS NULL, ref IS NULL FROM timelines ORDER BY stated"
            ).fetchall()
        assert found == [(member, value, True, True, True) for member, _, value in rows]


@pytest.mark.parametrize("write", [writing.copy_in, upsert])
def test_numbers_moments_and_truth_values_come_back_as_they_were(
    connection: psycopg.Connection[TupleRow], write: Any
) -> None:
    moment = datetime(2026, 3, 1, 8, 30, 15, 123456, tzinfo=UTC)
    id, amount = UUID(int=7), Decimal("-12345678901234567890.0100")
    row = [id, 5, 0, id, moment, "fuel", amount, None, 2**40, "", 5, None]
    with connection.transaction(force_rollback=True):
        write(connection, SCHEMA, {"upkeep": [row]})
        found = connection.execute("SELECT * FROM upkeep").fetchone()
    assert found == tuple(row)
    assert str(found[6]) == str(amount)


def test_a_row_written_again_by_key_takes_the_place_of_the_one_before(
    connection: psycopg.Connection[TupleRow],
) -> None:
    with connection.transaction(force_rollback=True):
        upsert(connection, SCHEMA, {"search": [search_row(1, "旧", ["旧"])]})
        upsert(connection, SCHEMA, {"search": [search_row(1, "新", []), search_row(2, "另", ["另"])]})
        found = connection.execute("SELECT words, pairs FROM search ORDER BY touched").fetchall()
    assert found == [("新", []), ("另", ["另"])]


def test_no_rows_are_no_statement(connection: psycopg.Connection[TupleRow]) -> None:
    writing.copy_in(connection, "a schema that is not there", {"search": []})


def test_a_text_that_no_database_can_hold_is_refused_and_not_changed(connection: psycopg.Connection[TupleRow]) -> None:
    with pytest.raises(psycopg.DataError), connection.transaction():
        writing.copy_in(connection, SCHEMA, {"search": [search_row(1, "a\0b", [])]})


def test_what_a_thing_is_now_is_written_after_what_it_was() -> None:
    """A list reads the present; scattered among the past it would stand on every page of the table."""
    then = datetime(2024, 1, 1, tzinfo=UTC)
    was, will_end, corrected, now = (
        row_of([UUID(int=number)], version, [])
        for number, version in enumerate(
            [Version(None, then, then, 1), Version(None, then, then, 2), Version(None, then, FOREVER, 3, 4), Version(None, then, FOREVER, 5)]
        )
    )  # fmt: skip
    ordered = writing.present_last({"rooms": [now, was, corrected, will_end], "history": [now, was]})
    assert ordered == {"rooms": [was, corrected, will_end, now], "history": [now, was]}
