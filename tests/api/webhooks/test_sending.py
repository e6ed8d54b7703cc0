"""What happens arrives as the feed tells it, signed, in order, and again after a failure."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from api.composition import opened
from api.webhooks import posting
from api.webhooks.dispatching import Dispatcher
from tests.api.feeding import eventually
from tests.api.notices.desk import Desk
from tests.api.webhooks.holding import Holder
from tests.api.webhooks.receiving import Receiver
from tests.stores import rows, run


def test_an_event_arrives_as_the_feed_tells_it_signed_and_once(desk: Desk, holder: Holder, receiver: Receiver) -> None:
    id = holder.make(receiver)
    position = desk.rename(desk.mine, "钩一")
    holder.send(id)
    holder.send(id)
    assert (receiver.positions, receiver.wrong) == ([position], [])
    told = desk.region.desk.client.get(f"/v1/feed?after={position - 1}&limit=1").json()
    assert receiver.received == told
    assert holder.told(id)["position"] == position


def test_another_secret_another_body_or_an_old_moment_is_not_verified(
    desk: Desk, holder: Holder, receiver: Receiver
) -> None:
    id = holder.make(receiver)
    receiver.secret = "whsec_" + "A" * 43 + "="
    desk.rename(desk.mine, "钩二")
    holder.send(id)
    assert receiver.wrong == receiver.ids


def test_what_fails_is_sent_again_before_anything_else_and_is_the_same(
    desk: Desk, holder: Holder, receiver: Receiver
) -> None:
    id = holder.make(receiver)
    positions = [desk.rename(desk.mine, f"钩三{number}") for number in range(3)]
    receiver.answers = [500, 302, 429]
    receiver.headers = {"Location": receiver.url, "Retry-After": "0"}
    for attempt in (1, 2, 3):
        assert holder.send(id) == 0
        assert holder.send(id) == 0  # not before its time
        assert holder.told(id)["attempts"] == attempt
        holder.sooner()
    holder.send(id)
    assert receiver.positions == positions
    assert receiver.wrong == []
    log = holder.asks("GET", f"/v1/webhooks/{id}/deliveries").json()["deliveries"]
    assert [(one["position"], one["attempt"], one["status"]) for one in reversed(log)] == [
        (positions[0], 1, 500), (positions[0], 2, 302), (positions[0], 3, 429), (positions[0], 4, 204),
        (positions[1], 1, 204), (positions[2], 1, 204),
    ]  # fmt: skip


def test_a_receiver_that_says_nothing_is_tried_again(
    desk: Desk, holder: Holder, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "TIMEOUT", 0.2)
    id = holder.make(receiver)
    position = desk.rename(desk.mine, "钩四")
    receiver.on_arrival = lambda: time.sleep(0.6)
    assert holder.send(id) == 0
    receiver.on_arrival = lambda: None
    time.sleep(0.6)
    receiver.begin_anew()
    holder.sooner()
    holder.send(id)
    assert receiver.positions == [position]
    [*_, first] = holder.asks("GET", f"/v1/webhooks/{id}/deliveries").json()["deliveries"]
    assert (first["status"], "timed out" in first["error"].lower()) == (None, True)


@pytest.mark.parametrize(
    ("said", "arrives"),
    [
        ({"topics": ["vehicles.OdometerRead"]}, "car"),
        ({"kinds": ["vehicles"]}, "car"),
        ({"kinds": ["units"], "division": "640381"}, "branch"),
        ({"kinds": ["units"], "division": "640323"}, None),
        ({"unit": "units", "kinds": ["vehicles"]}, "car"),
    ],
)
def test_it_is_filtered_as_the_feed_is(
    desk: Desk, holder: Holder, receiver: Receiver, said: dict[str, Any], arrives: str | None
) -> None:
    given = {name: desk.mine.things[value] if name == "unit" else value for name, value in said.items()}
    id = holder.make(receiver, **given)
    reading = int(rows(desk.region.desk.urls.owner, "SELECT max(position) FROM log.events")[0][0])
    car = desk.region.desk.bureau.does(
        "vehicles.note-odometer", desk.mine.named["car"], odometer=1000 + reading, effective="2026-06-01"
    )
    branch = desk.rename(desk.mine, "钩六", "2026-06-02")
    holder.send(id)
    assert (
        receiver.positions == [{"car": car.position, "branch": branch}[arrives]]
        if arrives
        else receiver.positions == []
    )


def test_it_goes_on_from_any_position_and_pauses_without_losing_anything(
    desk: Desk, holder: Holder, receiver: Receiver
) -> None:
    id = holder.make(receiver)
    first = desk.rename(desk.mine, "钩七")
    holder.send(id)
    assert holder.asks("POST", f"/v1/webhooks/{id}/pause").status_code == 200
    second = desk.rename(desk.mine, "钩八")
    holder.send(id)
    assert receiver.positions == [first]
    assert holder.told(id)["paused_why"] == "by-hand"
    assert holder.asks("POST", f"/v1/webhooks/{id}/resume", {}).json() == {"id": id, "position": first}
    holder.send(id)
    assert receiver.positions == [first, second]
    holder.asks("POST", f"/v1/webhooks/{id}/resume", {"after": first - 1})
    holder.send(id)
    assert receiver.positions == [first, second, first, second]
    assert receiver.ids[0] == receiver.ids[2]
    assert holder.asks("POST", f"/v1/webhooks/{id}/resume", {"after": 10**9}).status_code == 404


@pytest.mark.parametrize(("answer", "since", "why"), [(410, "1 minute", "gone"), (500, "4 days", "failed-for-days")])
def test_a_receiver_that_is_gone_or_fails_for_days_pauses_it(
    desk: Desk, holder: Holder, receiver: Receiver, answer: int, since: str, why: str
) -> None:
    id = holder.make(receiver)
    desk.rename(desk.mine, f"钩九{answer}")
    receiver.answers = [500, answer]
    holder.send(id)
    assert holder.told(id)["paused_why"] is None
    run(
        desk.region.desk.urls.owner,
        f"UPDATE webhooks.webhooks SET next_at = clock_timestamp(), failing_since = failing_since - interval '{since}'",  # noqa: S608 -- constants
    )
    holder.send(id)
    assert holder.told(id)["paused_why"] == why
    assert receiver.received == []


def test_a_slow_receiver_holds_up_nobody_else(desk: Desk, holder: Holder, receivers: list[Receiver]) -> None:
    slow, quick, _ = receivers
    waiting = threading.Event()
    slow.on_arrival = lambda: waiting.wait(20)
    for one in (slow, quick):
        holder.make(one)
    positions = [desk.rename(desk.mine, f"钩十四{number}") for number in range(3)]
    desk.region.catch_up()
    with opened(desk.region.services.settings) as given:
        dispatcher = Dispatcher(given)
        try:

            def is_done() -> bool:
                dispatcher.step()
                return quick.positions == positions

            eventually(is_done)
            assert slow.positions == []
        finally:
            waiting.set()
            dispatcher.close()
