"""A webhook made on the page: with the filters of the feed, kept where it is refused."""

from __future__ import annotations

import re

import httpx

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.notices.desk import Desk
from tests.api.webhooks.receiving import Receiver
from tests.browser.conftest import COOKIE


def test_a_webhook_is_made_with_the_filters_of_the_feed(desk: Desk, receiver: Receiver) -> None:
    urls = desk.region.desk.urls
    secret = accounts.a_session(urls.owner, "finance", [Grant(role=Role.FINANCE)])
    unit = str(desk.mine.things["units"])
    with httpx.Client(
        base_url=desk.region.desk.client.base_url, cookies={COOKIE: secret}, follow_redirects=True, timeout=60
    ) as browser:
        page = browser.get("/webhooks").text
        csrf = re.findall(r'name="csrf" value="([^"]+)"', page)[0]
        assert all(f'name="{name}"' in page for name in ("kinds", "topics", "unit@q", "division"))
        said = {
            "csrf": csrf, "name": "财政系统", "kinds": ["items", "vehicles"],
            "topics": ["warehouse.ItemLent", "vehicles.VehicleAssigned"], "unit": unit, "division": "6403",
        }  # fmt: skip
        refused = browser.post("/webhooks", data={**said, "url": "https://elsewhere.example/"})
        assert refused.status_code >= 400
        for kept in (
            'value="items" checked',
            'value="warehouse.ItemLent" checked',
            f'value="{unit}" checked',
            'value="6403" selected',
        ):
            assert kept in refused.text
        made = browser.post("/webhooks", data={**said, "url": receiver.url}).text
        assert "whsec_" in made
        [hook] = [one for one in browser.get("/v1/webhooks").json()["webhooks"] if one["name"] == "财政系统"]
        assert (hook["kinds"], hook["unit"], hook["division"]) == (["items", "vehicles"], unit, "6403")
        assert hook["topics"] == ["warehouse.ItemLent", "vehicles.VehicleAssigned"]
        [row] = re.findall(rf"<tr>(?:(?!</tr>).)*{hook['id']}.*?</tr>", made, re.DOTALL)
        assert all(word in row for word in ("资产；车辆；2 种事项", "吴忠市"))
