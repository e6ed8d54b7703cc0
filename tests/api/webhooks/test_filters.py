"""Whatever is asked for, a webhook sends what the feed tells the same account with the same filters: no more, no less, in that order."""

from __future__ import annotations

from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.access.policy import KINDS
from domain.access.roles import Role
from tests import accounts
from tests.api.notices.desk import Desk, in_county
from tests.api.webhooks.holding import Holder
from tests.api.webhooks.receiving import Receiver

TOPICS = [
    "organisations.UnitEstablished",
    "premises.RoomAssigned",
    "vehicles.VehicleRegistered",
    "warehouse.LotReceived",
]
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "kinds": st.lists(st.sampled_from(sorted(KINDS)), max_size=4),
        "topics": st.lists(st.sampled_from(TOPICS), max_size=3),
        "unit": st.just("units"),
        "division": st.sampled_from(["64", "6403", "640381", "640323"]),
        "after": st.integers(0, 20),
    },
)


@given(said=FILTERS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_webhook_sends_what_the_feed_tells(
    desk: Desk, holder: Holder, receiver: Receiver, said: dict[str, Any]
) -> None:
    receiver.begin_anew()
    wanted = {"after": 0} | {name: desk.mine.things[value] if name == "unit" else value for name, value in said.items()}
    login = "filtered"
    if login not in desk.clients:
        desk.clients[login] = _follower(desk, holder, login)
    id = holder.make(receiver, login, **wanted)
    holder.send(id)
    assert receiver.positions == _told(desk.clients[login], wanted)
    assert [trace for one in receiver.received for trace in desk.other.traces(str(one))] == []
    holder.asks("DELETE", f"/v1/webhooks/{id}")


def _follower(desk: Desk, holder: Holder, login: str) -> httpx.Client:
    """Whoever asks the feed for itself with a token of the same account."""
    made = holder.service(Role.FINANCE, login=login)
    secret = accounts.a_token(desk.region.desk.urls.owner, made, given=[in_county(Role.FINANCE, desk.mine)])
    headers = {"Authorization": f"Bearer {secret}"}
    return desk.region.stack.enter_context(httpx.Client(base_url=desk.region.desk.client.base_url, headers=headers))


def _told(client: httpx.Client, wanted: dict[str, Any]) -> list[int]:
    names = {"kinds": "kind", "topics": "topic"}
    asked = {names.get(name, name): value for name, value in wanted.items()}
    found: list[int] = []
    while True:
        answer = client.get("/v1/feed", params={**asked, "limit": 1000})
        found += [int(event["id"]) for event in answer.json()]
        asked["after"] = int(answer.headers["feed-next"])
        if answer.headers["feed-next"] == answer.headers["feed-position"]:
            return found
