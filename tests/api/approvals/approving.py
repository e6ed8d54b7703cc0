"""Two counties with a clerk, approvers and their deputies, who come in with tokens of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.conftest import Office
from tests.api.seeing import Seeing, seeing
from tests.scenarios.bureau import Bureau, Done, line
from tests.scenarios.premises import a_building, a_room, a_unit

MINE, OTHER = "640122", "640104"


@dataclass
class Approving:
    """`desk` may do everything; the others what their grants say."""

    desk: Seeing
    stack: ExitStack
    unit: Done
    county: Done
    elsewhere: Done
    room: Done
    _clients: dict[str, httpx.Client] = field(default_factory=dict)

    def has(self, login: str, *given: Grant) -> Bureau:
        """Somebody at work, with these grants besides those that they have."""
        secret = accounts.a_token(self.desk.urls.owner, login, given=given)
        client = httpx.Client(
            base_url=self.desk.client.base_url, headers={"Authorization": f"Bearer {secret}"}, timeout=60
        )
        self._clients[login] = self.stack.enter_context(client)
        return Bureau(client, self.desk.bureau.paths)

    def sees(self, login: str, path: str, **asked: Any) -> Any:
        answer = self.asks(login, path, **asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def asks(self, login: str, path: str, **asked: Any) -> httpx.Response:
        self.catch_up()
        return self._clients[login].get(path, params=asked or None)

    def catch_up(self) -> None:
        while self.desk.follower.step():
            pass

    def waiting(self, login: str, **asked: Any) -> list[tuple[str, str | None]]:
        """The titles of what waits for somebody, each with the one on whose behalf they would decide."""
        told = self.sees(login, "/v1/inbox", **asked)
        return [(one["title"], one["on_behalf_of"]) for one in told["proposals"]]

    def proposes(self, by: Bureau, title: str, *levels: Done, commands: list[dict[str, Any]] | None = None) -> Done:
        self.catch_up()
        said = commands or [line("rooms.renumber", self.room, number=f"{title}号")]
        return by.does(
            "proposals.submit", title=title, unit=self.unit, levels=list(levels), commands=said, effective="2024-05-06"
        )

    def decides(self, by: Bureau, decision: str, proposal: Done, at: Done, **said: Any) -> Done:
        self.catch_up()
        return by.does(f"proposals.{decision}", proposal, at=at, **{"effective": "2024-05-07", **said})


def of_unit(role: Role, unit: Done) -> Grant:
    return Grant(role=role, unit=UUID(unit.id))


@contextmanager
def approving(office: Office) -> Iterator[Approving]:
    with seeing(office) as desk, ExitStack() as stack:
        unit, county = a_unit(desk.bureau, "贺兰县教育局"), a_unit(desk.bureau, "贺兰县机关事务中心")
        elsewhere = a_unit(desk.bureau, "兴庆区机关事务局", division=OTHER)
        room = a_room(desk.bureau, a_building(desk.bureau, unit), "301")
        yield Approving(desk, stack, unit, county, elsewhere, room)
