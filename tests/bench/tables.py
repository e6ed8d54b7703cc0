"""Seconds from a workbook of 50,000 rows to the log: read and checked whole, then checked again and written as one command.

`tables-rooms` registers rooms, whose numbers are claimed; `tables-people` lets people join, whose names, telephones and id numbers
are sealed, each with a key of their own. `-n` is how many rows. What each step took is said on stderr.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec

from api.bodies import validated
from api.composition import Services, opened
from api.exports.workbook import Page, parts
from api.imports import applying, outcomes
from api.imports.checking import check
from api.imports.orders import Order
from api.imports.working import no_garbage
from api.lifecycle.views import views_kept
from api.schemas import MANDATE
from domain.access.principal import Grant, Principal
from domain.access.roles import Role
from domain.catalogue import COMMANDS
from domain.organisations.terms import Level, UnitKind
from domain.organisations.unit import NewUnit
from domain.premises.building import NewBuilding
from domain.premises.terms import Structure
from domain.work import Call
from tests.bench._filled import settings_of
from tests.bench._measure import options, progress, report
from tests.bench.lag import wait_for_view
from tests.databases import throwaway_cluster
from tests.domain.scenario import mandate

BUILDINGS = 250
SAID = {"reason": "年度清查", "effective": "2024-01-01", "documents": [{"number": "宁管发〔2024〕1号"}]}


def main(argv: list[str]) -> int:
    asked = options("tables", __doc__ or "", n=50_000, argv=argv)
    with bureau() as services:
        for name, command, rows in (
            ("tables-rooms", "rooms.register", rooms(asked.n)),
            ("tables-people", "people.join", people(asked.n)),
        ):
            wait_for_view(services)
            with no_garbage():
                seconds = imported(services, command, rows, name)
            report(name, asked.n, seconds, "s", {})
    return 0


@contextmanager
def bureau() -> Iterator[Services]:
    with throwaway_cluster(durable=True) as server, tempfile.TemporaryDirectory() as folder:
        settings = settings_of(server, Path(folder))
        with views_kept(settings), opened(settings) as services:
            registered(services)
            wait_for_view(services)
            yield services


def registered(services: Services) -> None:
    unit = UUID(int=1)
    named = NewUnit(name="县机关事务局", unit_kind=UnitKind.GOVERNMENT, level=Level.COUNTY, division="640104")
    when = mandate("2020-01-01")
    calls = [
        Call(command=COMMANDS["units.establish"], id=unit, arguments={"unit": named, "parent": None}, mandate=when)
    ]
    for number in range(BUILDINGS):
        said: dict[str, Any] = {
            "number": f"F-{number:03}", "name": f"{number} 号楼", "address": "人民路", "division": "640104",
            "floors_above": 20, "gross_area": Decimal(90_000),
            "structure": Structure.REINFORCED_CONCRETE,
        }  # fmt: skip
        arguments = {"building": NewBuilding(**said), "owner": unit, "compound": None}
        calls.append(
            Call(command=COMMANDS["buildings.register"], id=UUID(int=number + 2), arguments=arguments, mandate=when)
        )
    services.registry.execute(uuid4(), calls, request="bureau")


def rooms(n: int) -> Iterator[Sequence[Any]]:
    yield ("楼栋", "楼层", "房间号", "房间类别", "使用面积")
    for row in range(n):
        inside = row // BUILDINGS
        yield (f"{row % BUILDINGS} 号楼", inside % 20 + 1, f"{inside:05}", "办公室", 18.5)


def people(n: int) -> Iterator[Sequence[Any]]:
    yield ("单位", "姓名", "人员类别", "电话", "身份证号")
    for row in range(n):
        yield ("县机关事务局", f"王{row}", "编制内", f"139{row:08}", f"64010319900101{row % 10_000:04}")


def imported(services: Services, command: str, rows: Iterable[Sequence[Any]], name: str) -> float:
    content = b"".join(parts([Page(title="表", widths=[12], rows=rows)]))
    principal = Principal(account=uuid4(), login="li", unit="县机关事务局", grants=(Grant(role=Role.PREMISES_OFFICER),))
    order = Order(
        command=COMMANDS[command],
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        command_id=uuid4(),
        said=validated(MANDATE, msgspec.json.encode(SAID)),
        principal=principal,
    )
    begun = time.perf_counter()
    steps = Steps(name)
    checked = check(order, services, steps)
    told = outcomes.outcome(order.command, checked)
    steps.close()
    if not checked.is_right:
        raise AssertionError(told["findings"][:3])
    del checked
    answer, _ = applying.applied(order, services, steps)
    steps.close()
    if answer is None:
        raise AssertionError("what was right is not any more")
    return time.perf_counter() - begun


class Steps:
    """Says what each step took, and how much of it this process worked: other work on the machine counts in the first only."""

    def __init__(self, name: str) -> None:
        self._name, self._step = name, ""
        self._since, self._worked = time.perf_counter(), time.process_time()

    def __call__(self, step: str, done: int, total: int) -> None:  # noqa: ARG002 -- how far is not said
        if step != self._step:
            self.close()
            self._step = step

    def close(self) -> None:
        now, worked = time.perf_counter(), time.process_time()
        if self._step:
            progress(
                f"{self._name}  {self._step:<10} {now - self._since:6.1f} s, worked {worked - self._worked:6.1f} s"
            )
        self._step, self._since, self._worked = "", now, worked
