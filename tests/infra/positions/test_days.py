"""Days: made ahead, made when something came before its day did, dropped when they are old enough and never before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import psycopg
import pytest

from infra.cluster import Urls
from infra.database import application_conninfo
from infra.positions import keeping, reading
from infra.positions.terms import Fix
from tests.stores import rows

NOW = datetime.now(UTC)
VEHICLE = str(uuid4())


def fix(at: datetime, y: float = 38.0) -> Fix:
    return Fix(
        vehicle=VEHICLE, at=at, received_at=NOW, system="EPSG:4490", x=106.0, y=y, longitude=106.0, latitude=y, speed=1.5,
    )  # fmt: skip


def keep(urls: Urls, *fixes: Fix) -> int:
    with psycopg.connect(application_conninfo(urls.application)) as application:
        return keeping.keep(application, fixes, "gateway")


def partition_of(urls: Urls, at: datetime) -> str:
    statement = "SELECT tableoid::regclass::text FROM telemetry.positions WHERE at = %s"
    return str(rows(urls.owner, statement, at)[0][0])


@pytest.fixture
def made(database: Urls) -> Urls:
    with psycopg.connect(application_conninfo(database.application)) as application:
        keeping.make_days(application, keeping.days_ahead(NOW))
    return database


def test_what_came_before_its_day_did_is_moved_to_it(made: Urls) -> None:
    early = NOW + timedelta(days=6)
    keep(made, fix(early))
    assert partition_of(made, early) == "telemetry.positions_other"
    with psycopg.connect(application_conninfo(made.application)) as application:
        keeping.make_days(application, [keeping.day_of(early)])
    assert partition_of(made, early) == f"telemetry.positions_{keeping.day_of(early):%Y%m%d}"
    assert keep(made, fix(early)) == 0, "it is there once, wherever it is"


def test_old_days_are_dropped_and_none_younger_than_half_a_year(made: Urls) -> None:
    old, older, young = (NOW - timedelta(days=days) for days in (190, 900, 100))
    with psycopg.connect(application_conninfo(made.application)) as application:
        keeping.make_days(application, map(keeping.day_of, (old, young)))
    keep(made, fix(old), fix(older), fix(young), fix(NOW))
    with psycopg.connect(application_conninfo(made.application)) as application:
        assert keeping.forget(application, keeping.day_of(NOW)) == 1
    assert [at for (at,) in rows(made.owner, "SELECT at FROM telemetry.positions ORDER BY at")] == [young, NOW]


def test_the_latest_is_the_latest_by_the_devices_clock_whatever_came_when(made: Urls) -> None:
    keep(made, fix(NOW - timedelta(seconds=10), 38.2))
    keep(made, fix(NOW - timedelta(hours=1), 38.1), fix(NOW - timedelta(seconds=20), 38.3))
    with psycopg.connect(application_conninfo(made.application)) as application:
        assert reading.latest_of(application, [VEHICLE])[VEHICLE].latitude == 38.2


def test_whoever_watches_is_told_of_a_transaction_that_ends_after_a_later_one(made: Urls) -> None:
    other = str(uuid4())
    conninfo = application_conninfo(made.application)
    with psycopg.connect(conninfo) as slow, psycopg.connect(conninfo) as watcher:
        slow.execute("SELECT pg_current_xact_id()")
        keep(made, fix(NOW))
        cursor, first = reading.moved_since(watcher, None)
        watcher.commit()
        keeping.keep(slow, [msgspec.structs.replace(fix(NOW), vehicle=other)], "gateway")
        slow.commit()
        _, found = reading.moved_since(watcher, cursor)
    assert [one.vehicle for one in first] == [VEHICLE]
    assert other in {one.vehicle for one in found}
