"""A car park: vehicles of two units, a gateway that reports for the one, and people who look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import httpx
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.conftest import Office
from tests.api.seeing import Seeing, seeing
from tests.scenarios.movables import a_car_on_the_road, a_driver, a_unit


@cache
def now() -> datetime:
    """The moment at which the tests of a module began: soon after, what is reported of it counts as late."""
    return datetime.now(UTC).replace(microsecond=0)


HOME = (105.9, 38.02)


def ago(**time: float) -> str:
    return (now() - timedelta(**time)).isoformat()


@dataclass(frozen=True)
class Yard:
    """Ids of units, cars and a driver by name; `gateway` reports for the centre's cars only."""

    desk: Seeing
    ids: Mapping[str, str]
    stack: ExitStack
    clients: dict[str, httpx.Client] = field(default_factory=dict)

    def client(self, login: str, *grants: Grant) -> httpx.Client:
        if login not in self.clients:
            secret = accounts.a_token(self.desk.urls.owner, login, given=grants)
            made = httpx.Client(
                base_url=self.desk.client.base_url, headers={"Authorization": f"Bearer {secret}"}, timeout=60
            )
            self.clients[login] = self.stack.enter_context(made)
        return self.clients[login]

    @property
    def gateway(self) -> httpx.Client:
        return self.client("gateway", Grant(role=Role.DEVICE, unit=UUID(self.ids["centre"])))

    @property
    def dispatcher(self) -> httpx.Client:
        return self.client("diaodu", Grant(role=Role.DISPATCHER, division="640381"))

    @property
    def auditor(self) -> httpx.Client:
        return self.client("shenji", Grant(role=Role.AUDITOR, division="640381"))

    def reports(self, *positions: Mapping[str, Any], system: str = "EPSG:4326") -> dict[str, Any]:
        answer = self.gateway.post("/v1/positions", json={"system": system, "positions": positions})
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def at(self, car: str, at: str, x: float = HOME[0], y: float = HOME[1], **more: Any) -> dict[str, Any]:
        return {"vehicle": self.ids[car], "at": at, "x": x, "y": y, **more}

    def last(self, car: str, client: httpx.Client | None = None, **asked: Any) -> dict[str, Any] | None:
        answer = (client or self.dispatcher).get("/v1/positions/latest", params=asked)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["vehicles"]
        return next((one for one in found if one["vehicle"] == self.ids[car]), None)


@pytest.fixture(scope="module")
def yard(office: Office) -> Iterator[Yard]:
    now.cache_clear()
    with ExitStack() as stack, seeing(office) as desk:
        centre, school = a_unit(desk.bureau), a_unit(desk.bureau, "青铜峡市第一中学")
        ids = {"centre": centre.id, "school": school.id}
        for number, name in enumerate(("car", "van", "bus", "jeep")):
            ids[name] = a_car_on_the_road(desk.bureau, centre, f"宁C1000{number}", number).id
        ids["secret"] = a_car_on_the_road(desk.bureau, centre, "宁C10008", 8, unmarked=True).id
        ids["theirs"] = a_car_on_the_road(desk.bureau, school, "宁C10009", 9).id
        ids["driver"] = a_driver(desk.bureau, centre).id
        while desk.follower.step():
            pass
        yield Yard(desk, ids, stack)
