"""What a webhook is never sent, where it may lead, and what ends or pauses it."""

from __future__ import annotations

import psycopg
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import grants
from infra.access.console import console
from tests.api.notices.desk import Desk
from tests.api.webhooks.holding import Holder, a_holder
from tests.api.webhooks.receiving import Receiver
from tests.stores import rows, run


def test_what_of_another_county_happens_never_leaves(desk: Desk, holder: Holder, receiver: Receiver) -> None:
    id = holder.make(receiver)
    everything = holder.make(receiver, holder.service(Role.FINANCE, Grant(role=Role.DRIVER)))
    secret = receiver.secret
    other = desk.rename(desk.other, "钩五")
    mine = desk.rename(desk.mine, "钩五")
    holder.send(everything)
    receiver.begin_anew()
    holder.send(id)
    assert receiver.positions == [mine]
    assert secret
    assert [trace for one in receiver.received for trace in desk.other.traces(str(one))] == []
    assert holder.told(id)["position"] >= other


def test_where_secret_work_is_leaves_by_no_webhook(desk: Desk, holder: Holder, receiver: Receiver) -> None:
    id = holder.make(receiver, holder.service(Role.AUDITOR), kinds=["vehicles"])
    west, south = 106.07, 38.02
    desk.region.desk.bureau.does(
        "vehicles.fix-parking", desk.mine.named["unmarked"], name="甲县秘密车库",
        place={"system": "EPSG:4490", "x": west, "y": south}, effective="2026-03-02",
    )  # fmt: skip
    holder.send(id)
    assert len(receiver.received) == 1
    assert "秘密车库" not in str(receiver.received)


def test_whoever_may_not_follow_the_feed_any_more_is_sent_nothing(
    desk: Desk, holder: Holder, receiver: Receiver
) -> None:
    login = holder.service()
    id = holder.make(receiver, login)
    with psycopg.connect(desk.region.desk.urls.owner) as owner, console(owner, "tests") as proof:
        for one in grants.of(owner, desk.account(login)):
            grants.take(owner, proof, one.id)
    desk.rename(desk.mine, "钩十")
    holder.send(id)
    assert (receiver.received, holder.told(id)["paused_why"]) == ([], "right-missing")


def test_a_webhook_is_made_for_ones_own_service_and_of_a_right_that_it_has(
    desk: Desk, holder: Holder, receiver: Receiver
) -> None:
    mine = holder.service()
    body = {"account": str(desk.account(mine)), "name": "x", "url": receiver.url}
    with a_holder(desk, "somebody-else") as other:
        id = holder.make(receiver, mine)
        assert other.asks("POST", "/v1/webhooks", body).json()["code"] == "access-not-yours"
        for method, path in (("DELETE", ""), ("POST", "/pause"), ("GET", "/deliveries")):
            assert other.asks(method, f"/v1/webhooks/{id}{path}").json()["code"] == "webhook-unknown", path
        assert other.asks("POST", f"/v1/webhooks/{id}/resume", {}).json()["code"] == "webhook-unknown"
        assert other.client.get("/v1/webhooks").json() == {"webhooks": []}
    without = body | {"account": str(desk.account(holder.service(Role.LEADER)))}
    assert holder.asks("POST", "/v1/webhooks", without).json()["code"] == "webhook-feed-missing"
    elsewhere = body | {"unit": desk.other.things["units"]}
    assert holder.asks("POST", "/v1/webhooks", elsewhere).status_code == 404
    assert holder.asks("DELETE", f"/v1/webhooks/{id}").json() == {"ended": 1}
    desk.rename(desk.mine, "钩十一")
    assert holder.send(id) == 0
    assert receiver.received == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/", "https://elsewhere.example/", "http://169.254.169.254/latest", "http://localhost:{port}/",
        "http://u:p@127.0.0.1:{port}/", "http://127.0.0.1:{port}@elsewhere.example/", "http://127.0.0.1:{port}\\@x/",
        "http://127.0.0.1:{port}#@elsewhere.example/", "http://127.0.0.1:{port}.elsewhere.example/", "file:///etc/passwd",
        "http://[::ffff:127.0.0.1]:{port}/", "http://127.1:{port}/", "http://0x7f000001:{port}/",
    ],
)  # fmt: skip
def test_nothing_is_sent_but_to_the_origins_that_the_settings_name(
    desk: Desk, holder: Holder, receiver: Receiver, url: str
) -> None:
    port = receiver.origin.rpartition(":")[2]
    body = {"account": str(desk.account(holder.service())), "name": "x", "url": url.format(port=port)}
    assert holder.asks("POST", "/v1/webhooks", body).status_code in (409, 422)


def test_an_address_that_is_not_allowed_any_more_pauses_it(desk: Desk, holder: Holder, receiver: Receiver) -> None:
    id = holder.make(receiver)
    desk.rename(desk.mine, "钩十二")
    run(desk.region.desk.urls.owner, f"UPDATE webhooks.webhooks SET url = 'http://127.0.0.1:9/in' WHERE id = '{id}'")  # noqa: S608 -- an id
    holder.send(id)
    assert (receiver.received, holder.told(id)["paused_why"]) == ([], "address-not-allowed")


def test_the_secret_is_nowhere_to_be_read_again(desk: Desk, holder: Holder, receiver: Receiver) -> None:
    id = holder.make(receiver)
    desk.rename(desk.mine, "钩十三")
    holder.send(id)
    for path in ("/v1/webhooks", f"/v1/webhooks/{id}/deliveries"):
        assert receiver.secret not in holder.client.get(path).text
    [(sealed,)] = rows(desk.region.desk.urls.owner, f"SELECT sealed FROM webhooks.webhooks WHERE id = '{id}'")  # noqa: S608 -- an id
    assert receiver.secret.removeprefix("whsec_").encode() not in bytes(sealed)
    key = desk.region.services.settings.var_dir / "webhooks.key"
    assert key.stat().st_mode & 0o777 == 0o600
