"""Whatever is wrong with the live view is named: table, key, column, both values, and the event that touched it last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from psycopg.conninfo import conninfo_to_dict

from projections import models
from projections.generations.verify import NotComparable, Verdict, verify
from projections.tables import Table
from tests.databases import Server
from tests.projections.generations.situations import Log, Row
from tests.stores import rows, run


def _verdict(log: Log, *, most: int = 100) -> Verdict:
    live, shadow = log.the_live_one(), next(one for one in log.generations().values() if one.role == "shadow")
    assert live is not None
    return verify(log.url, live.id, shadow.id, most=most, wait=0.2)


def _damage(log: Log, statement: str) -> None:
    live = log.the_live_one()
    assert live is not None
    run(log.urls.superuser, statement.replace("live.", f"{live.schema}."))


@pytest.fixture(scope="module")
def made(cluster: Server, history: Sequence[Row]) -> Iterator[str]:
    """The name of a database with a live view that followed the log, and beside it one that was built of the whole."""
    with cluster.new_database() as urls:
        log = Log(urls, history)
        log.pour(1_000)
        log.live()
        log.pour(2_000)
        log.follow(100)
        log.built()
        yield str(conninfo_to_dict(urls.owner)["dbname"])


@pytest.fixture
def followed(cluster: Server, made: str, history: Sequence[Row]) -> Iterator[Log]:
    with cluster.new_database(template=made) as urls:
        yield Log(urls, history)


@pytest.fixture(scope="module")
def damaged(cluster: Server, made: str, history: Sequence[Row]) -> Iterator[tuple[Verdict, dict[str, set[str]]]]:
    """What was found where in every table one value a column is damaged, in rows of their own; and which these are."""
    with cluster.new_database(template=made) as urls:
        log = Log(urls, history)
        columns = {table.name: _every_column_damaged(log, table) for table in models.tables()}
        yield _verdict(log, most=10_000), columns


def test_a_live_view_that_followed_the_log_is_without_fault(followed: Log) -> None:
    verdict = _verdict(followed)
    assert (verdict.count, verdict.differences, verdict.is_same, verdict.position) == (0, [], True, 2_000)
    assert len(verdict.digests) == len(models.tables())


def test_a_changed_value_is_named_with_both_values_and_the_event(followed: Log) -> None:
    _damage(followed, "UPDATE live.history SET reason = '伪造' WHERE position = 1234")
    (found,) = _verdict(followed).differences
    assert (found.table, found.key, found.column, found.live) == ("history", {"position": "1234"}, "reason", "伪造")
    assert found.shadow not in (None, "伪造")
    assert (found.position, found.topic) == (1234, followed.history[1233][4])


@pytest.mark.parametrize("table", sorted(table.name for table in models.tables()))
def test_every_column_of_every_table_is_compared(damaged: tuple[Verdict, dict[str, set[str]]], table: str) -> None:
    """Each is found, and nothing else."""
    verdict, columns = damaged
    found = [one for one in verdict.differences if one.table == table]
    assert bool(found) == bool(columns[table])
    assert {one.column for one in found} >= columns[table]
    assert verdict.count == len(verdict.differences)


def _every_column_damaged(log: Log, table: Table) -> set[str]:
    named = [column.name for column in table.columns if column.name not in table.key]
    return {name for number, name in enumerate(named) if _damaged(log, table.name, name, number)}


def _damaged(log: Log, table: str, column: str, number: int) -> bool:
    """Puts nothing, or another row's value, into one row; False where no row can be damaged."""
    live = log.the_live_one()
    assert live is not None
    name = f'{live.schema}."{table}"'
    other = f'SELECT "{column}" AS value FROM {name} WHERE "{column}"::text IS DISTINCT FROM t."{column}"::text LIMIT 1'  # noqa: S608 -- names of ours
    chosen = f"SELECT t.ctid, o.value FROM {name} t, LATERAL ({other}) o ORDER BY t.ctid OFFSET {number} LIMIT 1"  # noqa: S608 -- names of ours
    can = rows(log.url, f"SELECT EXISTS ({chosen})") == [(True,)]
    run(
        log.urls.superuser,
        f'WITH one AS ({chosen}) UPDATE {name} d SET "{column}" = one.value FROM one WHERE d.ctid = one.ctid',  # noqa: S608 -- names of ours
    )
    return can


def test_a_missing_row_is_named(followed: Log) -> None:
    _damage(followed, "DELETE FROM live.history WHERE position = 77")
    (found,) = _verdict(followed).differences
    assert (found.kind, found.table, found.key, found.position) == ("missing", "history", {"position": "77"}, 77)


def test_a_surplus_row_is_named(followed: Log) -> None:
    _damage(
        followed,
        "INSERT INTO live.search SELECT gen_random_uuid(), kind, words, pairs, touched FROM live.search LIMIT 1",
    )
    (found,) = _verdict(followed).differences
    assert (found.kind, found.table) == ("surplus", "search")


def test_a_key_that_was_changed_is_a_row_too_many_and_one_too_few(followed: Log) -> None:
    _damage(followed, "UPDATE live.history SET position = 999999 WHERE position = 5")
    assert sorted(one.kind for one in _verdict(followed).differences) == ["missing", "surplus"]


def test_a_row_that_is_there_twice_is_found(followed: Log) -> None:
    _damage(followed, "ALTER TABLE live.history DROP CONSTRAINT history_pkey")
    _damage(followed, "INSERT INTO live.history SELECT * FROM live.history WHERE position = 9")
    assert [one.kind for one in _verdict(followed).differences] == ["doubled"]


def test_a_table_or_column_that_is_gone_is_found(followed: Log) -> None:
    _damage(followed, "ALTER TABLE live.history RENAME COLUMN reason TO motive")
    _damage(followed, "ALTER TABLE live.search RENAME TO lookup")
    found = {(one.kind, one.table, one.column) for one in _verdict(followed).differences}
    assert ("missing column", "history", "reason") in found
    assert ("missing column", "search", "words") in found


def test_equal_is_not_the_same(followed: Log) -> None:
    """1.0 equals 1.00, but the dump would differ."""
    _damage(followed, "UPDATE live.upkeep SET amount = amount::text::numeric(30, 9) WHERE position = "
                      "(SELECT min(position) FROM live.upkeep WHERE amount <> 0)")  # fmt: skip
    (found,) = _verdict(followed).differences
    assert found.column == "amount"


def test_all_are_counted_and_the_first_are_told(followed: Log) -> None:
    _damage(followed, "UPDATE live.history SET reason = 'x', actor = 'y' WHERE position BETWEEN 101 AND 200")
    verdict = _verdict(followed, most=15)
    assert (verdict.count, len(verdict.differences)) == (200, 15)


def test_parked_streams_are_named(followed: Log) -> None:
    stream = followed.write_unreadable()
    followed.follow()
    verdict = _verdict(followed)
    assert verdict.is_same
    assert {one.stream for one in verdict.parked} == {stream}
    assert len({one.generation for one in verdict.parked}) == 2


def test_at_different_positions_it_waits_and_then_says_so(followed: Log) -> None:
    live, behind = followed.the_live_one(), followed.built(goal=1_500)
    assert live is not None
    with pytest.raises(NotComparable, match=r"1500.*2000|2000.*1500"):
        verify(followed.url, live.id, behind.id, wait=0.2)


def test_views_of_different_definitions_are_not_compared(followed: Log) -> None:
    run(followed.urls.superuser, "UPDATE reading.generations SET digest = 'older' WHERE role = 'live'")
    with pytest.raises(NotComparable, match="definitions differ"):
        _verdict(followed)
