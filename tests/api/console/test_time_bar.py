"""The time bar: what a day means on each axis, that every link keeps the moment, and that investigations are opened in place."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from api.console.moment import chosen, day_of, end_of, told
from tests.api.conftest import Office
from tests.api.console.test_pages import bureau as bureau  # noqa: PLC0414 -- a fixture
from tests.api.console.test_pages import module_database as module_database  # noqa: PLC0414 -- as above
from tests.api.console.test_pages import signed_in

TODAY = date(2026, 6, 1)
END = "2024-06-01T23:59:59.999999+08:00"


def test_a_day_is_looked_at_from_its_beginning_and_known_to_its_end() -> None:
    assert chosen("/rooms?status=in-service&cursor=x", "2024-06-01", "2024-06-01", "", today=TODAY) == (
        "/rooms?status=in-service&at=2024-06-01&known=2024-06-01T23%3A59%3A59.999999%2B08%3A00"
    )
    assert (told("2024-06-01")[0], told(END, ends=True)[0]) == ("2024-06-01 零时", "2024-06-01 结束时")


def test_today_is_now_on_both_axes() -> None:
    assert (
        chosen("/rooms?at=2020-01-01&known=2020-01-01&case=x", "2026-06-01", "2026-06-01", "", today=TODAY) == "/rooms"
    )


@pytest.mark.parametrize(
    ("moment", "day", "last"),
    [
        ("2024-06-01", "2024-06-01", "2024-05-31"),
        ("2024-06-01T00:00:00+08:00", "2024-06-01", "2024-05-31"),
        (END, "2024-06-01", "2024-06-01"),
        ("2024-06-01T20:00:00Z", "2024-06-02", "2024-06-02"),
        ("#12345", "", ""),
        ("nonsense", "", ""),
    ],
)
def test_a_moment_in_an_address_shows_the_day_by_which_it_would_be_chosen(moment: str, day: str, last: str) -> None:
    assert (day_of(moment), day_of(moment, ends=True)) == (day, last)


def test_what_is_recorded_on_a_day_is_known_on_that_day(bureau: Office) -> None:
    event = bureau.get("/v1/history?limit=1").json()["events"][0]
    day = day_of(event["recorded_at"])
    assert bureau.get("/v1/history").json()["events"]
    known = bureau.client.get("/v1/history", params={"known": end_of(day), "limit": 1}).json()["events"]
    assert known[0]["position"] == event["position"]
    assert bureau.client.get("/v1/history", params={"known": day, "limit": 1}).json()["events"] == []


def test_every_link_of_every_sort_of_page_keeps_the_moment(bureau: Office) -> None:
    room = bureau.get("/v1/rooms?limit=1").json()["rows"][0]["id"]
    pages = ("/", "/history", "/documents", "/search?q=办公", "/palette?q=办公", f"/rooms/{room}", f"/rooms/{room}/timeline",
             f"/rooms/{room}/history", f"/rooms/{room}/documents", f"/rooms/{room}/relations")  # fmt: skip
    with signed_in(bureau) as browser:
        for address in pages:
            page = browser.get(address, params={**httpx_params(address), "at": "2025-06-01"}).text
            links = [unescape(link) for link in re.findall(r'<a [^>]*href="([^"]+)"', page)]
            loose = [link for link in links if OF_THINGS.match(link) and "at=2025-06-01" not in link]
            assert loose == [], address


OF_THINGS = re.compile(r"/(rooms|buildings|units|people|compounds|events|history\?|documents\?|v1/(?!files))")


def httpx_params(address: str) -> dict[str, str]:
    """The parameters in an address: given others beside, the client would drop them."""
    return dict(pair.split("=", 1) for pair in address.partition("?")[2].split("&") if pair)


def test_the_banner_says_the_moment_and_leads_back(bureau: Office) -> None:
    with signed_in(bureau) as browser:
        past = browser.get("/rooms", params={"at": "2025-06-01", "known": END.replace("2024", "2030")}).text
        now = browser.get("/rooms").text
    assert "您看到的是 <strong>2025-06-01 零时</strong>" in past
    assert "只算到 <strong>2030-06-01 结束时</strong>" in past
    assert 'class="past"' not in now


def test_the_bar_leads_nowhere_else(bureau: Office) -> None:
    with signed_in(bureau) as browser:
        browser.follow_redirects = False
        answer = browser.get("/moment", params={"to": "//elsewhere.example", "on": "2025-06-01"})
    assert answer.headers["location"] == "/?at=2025-06-01"


def test_investigations_are_for_those_who_may_open_them(bureau: Office) -> None:
    with signed_in(bureau) as browser:
        assert "现在没有调查视图" in browser.get("/cases").text
        assert "/cases?to=" in browser.get("/rooms").text
        assert browser.get("/rooms", params={"case": "no such case"}).status_code == 404
    with signed_in(bureau, "keeper") as browser:
        assert browser.get("/cases").status_code == 403
        assert "/cases?to=" not in browser.get("/warehouses").text


def test_two_moments_of_a_thing_are_shown_side_by_side_with_what_made_the_difference(bureau: Office) -> None:
    event = next(
        one
        for one in bureau.get("/v1/history?kind=rooms&limit=200").json()["events"]
        if one["corrects"] is None and one["changes"] and one["changes"][0]["before"]["value"] is not None
    )
    day = day_of(event["effective"])
    with signed_in(bureau) as browser:
        path = f"/rooms/{event['asset']['id']}/compare"
        page = browser.get(path, params={"a.at": "2000-01-01", "b.at": "2030-01-01"}).text
        same = browser.get(path, params={"a.at": day, "b.at": day}).text
    assert f'href="/events/{event["position"]}"' in page
    assert "两边完全一样" in same
