"""The program ends in the middle of writing: nothing is left half written, and whoever begins again gets all of it once."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from api.composition import opened
from api.imports import running
from infra import imports
from infra.access import principals
from infra.cluster import Urls
from tests.api.conftest import settings_for
from tests.api.imports.conftest import Desk
from tests.api.imports.spreadsheets import a_workbook
from tests.stores import rows, run

MANY = 3_000
HEADER = ("楼栋", "楼层", "房间号", "房间类别", "使用面积")


def apply_and_stay(urls: Urls, folder: Path, account: UUID, id: UUID) -> None:
    """As the program does it, in a process that somebody else ends."""
    with opened(settings_for(urls, folder)) as given:
        with given.pool.connection() as connection:
            found = imports.find(connection, account, id)
            principal = principals.of_account(connection, account)
        assert found is not None
        assert principal is not None
        running.begin("apply", found, principal, given)
        time.sleep(60)


@pytest.mark.parametrize("step", ["deciding", "writing"])
def test_a_kill_in_the_middle_of_writing_leaves_all_or_nothing_and_a_second_try_writes_it_once(
    desk: Desk, folder: Path, step: str
) -> None:
    head = desk.office.head()
    table = [("行政楼", 1, f"{step}{number}", "办公室", 9) for number in range(MANY)]
    told = desk.send("rooms.register", a_workbook(HEADER, *table))
    kill_at(step, desk, folder, told)
    written = desk.office.head() - head
    assert written in (0, MANY)
    run(desk.office.urls.owner, "UPDATE desk.imports SET beat = now() - interval '1 minute' WHERE state = 'applying'")
    cut = desk.office.get(f"/v1/imports/{told['id']}").json()
    if cut["state"] == "applying":
        assert (cut["cut_off"], cut["may"]) == (True, ["apply"])
        desk.applied(cut)
    assert desk.office.head() == head + MANY


def kill_at(step: str, desk: Desk, folder: Path, told: dict[str, Any]) -> None:
    [(account,)] = rows(desk.office.urls.owner, "SELECT account FROM desk.imports WHERE id = %s", told["id"])
    asked = (desk.office.urls, folder, account, UUID(told["id"]))
    working = multiprocessing.get_context("spawn").Process(target=apply_and_stay, args=asked)
    working.start()
    deadline = time.monotonic() + 60
    while desk.office.get(f"/v1/imports/{told['id']}").json()["step"] != step and time.monotonic() < deadline:
        if desk.office.get(f"/v1/imports/{told['id']}").json()["state"] == "applied":
            break  # quicker than could be seen
        time.sleep(0.01)
    working.kill()
    working.join()
