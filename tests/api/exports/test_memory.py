"""Exports take as much memory for a long list as for a short one.

`ZHANGTU_EXPORT_ROWS=100000 ./dev test tests/api/exports/test_memory.py` looks at the length that was promised.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.api.conftest import Office
from tests.api.exports.memory import MOST_MB, peak_of_memory
from tests.api.seeing import Seeing, seeing
from tests.scenarios.premises import a_building, a_person, a_room, a_unit
from tests.stores import rows, run

ROWS = int(os.environ.get("ZHANGTU_EXPORT_ROWS", "20000"))

_MANY = """
    INSERT INTO {schema}.rooms SELECT (jsonb_populate_record(one,
        jsonb_build_object('asset', gen_random_uuid(), 'number', n::text, 'net_area', round(n / 7.0, 2)))).*
    FROM (SELECT rooms AS one FROM {schema}.rooms WHERE until IS NULL LIMIT 1) single, generate_series(1, {rows}) n
"""


@pytest.fixture(scope="module")
def desk(office: Office) -> Iterator[Seeing]:
    """A view with so many rooms, all like the one that was registered."""
    with seeing(office) as seen:
        unit = a_unit(seen.bureau, "县机关事务管理局")
        room = a_room(seen.bureau, a_building(seen.bureau, unit), "301")
        seen.bureau.does("rooms.assign", room, effective="2015-01-01", unit=unit)
        seen.bureau.does("rooms.move-in", room, effective="2015-01-01", person=a_person(seen.bureau, "白玉兰", unit))
        assert len(seen.sees("/v1/rooms")["rows"]) == 1
        [[schema]] = rows(office.urls.owner, "SELECT schema FROM reading.generations WHERE role = 'live'")
        run(office.urls.superuser, _MANY.format(schema=schema, rows=ROWS - 1))
        yield seen


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson"])
def test_memory_does_not_grow_with_the_list(desk: Seeing, form: str) -> None:
    size = 0
    # What is made once, connections and caches, is made before.
    assert desk.client.get(f"/v1/rooms?format={form}&limit=1000").status_code == 200
    with peak_of_memory() as peak, desk.client.stream("GET", f"/v1/rooms?format={form}") as answer:
        assert answer.status_code == 200
        for part in answer.iter_bytes():
            size += len(part)
    assert size > ROWS * 5
    assert peak[0] < MOST_MB, f"{peak[0]:.1f} MB"


def test_a_reader_who_goes_away_in_the_middle_frees_the_connection(desk: Seeing) -> None:
    for _ in range(12):
        with desk.client.stream("GET", "/v1/rooms?format=geojson") as answer:
            assert next(answer.iter_bytes())
    assert desk.asks("/v1/rooms?format=csv&limit=1").status_code == 200
