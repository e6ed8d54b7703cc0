"""`./dev drive`: invented positions for the vehicles that there are, so that a new user sees something move, and a day to replay."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from api.composition import Services, opened
from api.lifecycle.database import borrowed_database
from api.moments import ZONE
from api.positions.fleets import Fleets
from api.positions.lines import Line, Lines
from api.positions.taking import Taking
from api.reading import looking
from domain.access.principal import ALL_SEEING, Grant, Principal
from domain.access.roles import Role
from domain.kernel.datums import CoordinateSystem
from domain.vehicles.terms import VehicleStatus
from infra.problems import Problem
from infra.settings import Settings
from infra.terminal import say
from maps.positions.drives import CENTRE, Place, moments, moving
from projections.queries.view import Asked

DRIVER: Final = Principal(account=UUID(int=0), login="demo-drive", unit="", grants=(Grant(role=Role.DEVICE),))
"""As what it reports is told apart from what devices report."""
PAST_STEP: Final = timedelta(seconds=15)
STEP_SECONDS: Final = 2.0
BATCH: Final = 5_000


class NobodyToDrive(Problem):
    zh = "还没有在用的车辆。请先登记车辆，或用 ./dev demo 装入演示数据（读模型由 ./dev up 维护）。"
    en = "There are no vehicles in service yet. Register some, or load the demonstration with ./dev demo (./dev up keeps the views)."


class NotInvented(Problem):
    zh = "ZHANGTU_DATABASE_URL 指向您自己的数据库。虚构的位置写入后不能删除；确实要写入，请加 --yes。"
    en = "ZHANGTU_DATABASE_URL names a database of your own. Invented positions cannot be deleted from it; if you mean it, add --yes."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--vehicles", type=int, default=200, help="最多多少辆 / how many at most (%(default)s)")
    parser.add_argument("--minutes", type=float, help="多少分钟后停止 / stop after so many minutes")
    parser.add_argument("--yes", action="store_true", help="写入自己的数据库 / also into a database of your own")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    if not settings.uses_private_cluster and not arguments.yes:
        raise NotInvented
    with borrowed_database(settings, "drive") as ready, opened(ready) as services:
        drive(services, arguments.vehicles, arguments.minutes)
    return 0


def drive(services: Services, most: int, minutes: float | None) -> None:
    """This day from its beginning, then on as time goes."""
    homes = _homes(services, most)
    if not homes:
        raise NobodyToDrive
    taking, begun = Taking(services, Fleets(services)), datetime.now(UTC)
    midnight = begun.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    for batch in _batches(_lines(homes, moments(midnight, begun, PAST_STEP))):
        _report(taking, batch)
    say(f"{len(homes)} 辆车正在行驶……", f"{len(homes)} vehicles are driving …")
    ends = None if minutes is None else begun + timedelta(minutes=minutes)
    while ends is None or datetime.now(UTC) < ends:
        _report(taking, list(_lines(homes, [datetime.now(UTC)])))
        time.sleep(STEP_SECONDS)


def _homes(services: Services, most: int) -> dict[UUID, Place]:
    """Where each vehicle in service sets out: its parking place, if it has one."""
    with looking(services, Asked(sight=ALL_SEEING)) as view:
        rows = view.rows(
            f"SELECT v.asset, ST_X(p.shape) AS x, ST_Y(p.shape) AS y FROM {view.of('vehicles', 'v')}"  # noqa: S608 -- names of the code
            f" LEFT JOIN {view.of('map', 'p')} ON p.asset = v.asset AND p.valid @> %(at)s::timestamptz AND upper_inf(p.known)"
            f" WHERE {view.held('v')} AND v.status = %(status)s ORDER BY v.plate LIMIT %(most)s",
            {"status": VehicleStatus.IN_SERVICE, "most": most},
        )
    return {row["asset"]: CENTRE if row["x"] is None else (row["x"], row["y"]) for row in rows}


def _lines(homes: Mapping[UUID, Place], times: Iterable[datetime]) -> Iterator[Line]:
    for at in times:
        for vehicle, home in homes.items():
            here = moving(str(vehicle), home, at)
            yield Line(
                at=at, x=here.longitude, y=here.latitude, vehicle=str(vehicle), speed=here.speed, heading=here.heading
            )


def _batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, BATCH)):
        yield batch


def _report(taking: Taking, lines: list[Line]) -> None:
    sent = Lines(CoordinateSystem.WGS84, list(enumerate(lines, 1)), (), len(lines))
    taking.take(sent, DRIVER, datetime.now(UTC))
