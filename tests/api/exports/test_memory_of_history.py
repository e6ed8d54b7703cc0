"""The history of everything takes as much memory as a file, however long it is.

`ZHANGTU_EXPORT_ROWS=100000 ./dev test tests/api/exports/test_memory_of_history.py` looks at the length that was promised.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.api.conftest import Office, settings_for
from tests.api.exports.memory import MOST_MB, peak_of_memory
from tests.api.seeing import Seeing, seeing_a_region

EVENTS = int(os.environ.get("ZHANGTU_EXPORT_ROWS", "10000"))


@pytest.fixture(scope="module")
def desk(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeing]:
    with seeing_a_region(office, settings_for(office.urls, tmp_path_factory.mktemp("world")), EVENTS) as seen:
        yield seen


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_history(desk: Seeing, form: str) -> None:
    # What is made once, connections and caches, is made before.
    assert desk.client.get(f"/v1/history?format={form}&limit=500").status_code == 200
    lines = 0
    with peak_of_memory() as peak, desk.client.stream("GET", f"/v1/history?format={form}") as answer:
        assert answer.status_code == 200
        for part in answer.iter_bytes():
            lines += part.count(b"\n")  # one byte: what comes in parts may be parted between two
    assert form != "csv" or lines == EVENTS + 1
    assert peak[0] < MOST_MB, f"{peak[0]:.1f} MB"
