"""What is kept of lists, and what is done with many things of one: columns, views, and one form for all that was chosen."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from api.console.lists.bulk import SHOWN
from api.console.lists.own_columns import AT_FIRST
from tests.api.conftest import Office
from tests.api.console.listing import chosen, headings, rows, sends
from tests.api.console.test_pages import Seen, bureau, module_database, signed_in

__all__ = ["bureau", "module_database"]


@pytest.fixture
def browser(bureau: Office) -> Iterator[httpx.Client]:
    with signed_in(bureau) as window:
        yield window


# What is kept ---------------------------------------------------------------------------------------------------------


def test_chosen_columns_stand_in_the_address_and_are_there_the_next_time(browser: httpx.Client) -> None:
    answer = sends(
        browser, "/rooms/columns", question="status=in-service", show=["net_area", "number"], by1="net_area", way1="-"
    )
    asked = parse_qs(urlsplit(str(answer.url)).query)
    assert (asked["fields"], asked["sort"], asked["status"]) == (["net_area,number"], ["-net_area"], ["in-service"])
    assert headings(browser.get("/rooms").text) == ["net_area", "number"]
    moved = sends(browser, "/rooms/columns", show=["net_area", "number"], up="number")
    assert headings(moved.text) == ["number", "net_area"]
    assert '<details class="pick right" open>' in moved.text
    anew = sends(browser, "/rooms/columns", question="fields=number", show=["number"], anew="true")
    assert len(headings(anew.text)) > 2
    assert len(headings(browser.get("/rooms").text)) > 2


def test_history_shows_the_columns_that_were_chosen_in_their_order(browser: httpx.Client) -> None:
    show = ["unit", "recorded_at"]
    answer = sends(browser, "/history/columns", question="by=table", show=show)
    assert parse_qs(urlsplit(str(answer.url)).query)["fields"] == [",".join(show)]
    assert ticked(answer.text) == ticked(browser.get("/history?by=table").text) == show
    assert ticked(sends(browser, "/history/columns", question="by=table", anew="true").text) == list(
        AT_FIRST["history"]
    )
    table = browser.get("/history?by=table&fields=unit,recorded_at,no-such").text
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)', table) == ["事项", "经办单位", "登记时间"]


def test_loans_keep_their_columns_and_their_order(browser: httpx.Client) -> None:
    sends(browser, "/loans/columns", show=["name", "days_overdue"], by1="days_overdue", way1="-")
    page = browser.get("/loans").text
    assert headings(page) == ["name", "days_overdue"]
    assert 'aria-sort="descending"' in page
    sends(browser, "/loans/columns", show=["name"], anew="true")


def ticked(page: str) -> list[str]:
    """The columns that are shown, in the order in which the drawer has them."""
    return re.findall(r'name="show" value="([a-z_]+)" checked', page)


def test_a_view_is_kept_under_a_name_shared_by_its_address_and_removed(bureau: Office, browser: httpx.Client) -> None:
    kept = sends(browser, "/rooms/views", name=" 大办公室 ", question="category=office&net_area.min=18&sort=-net_area")
    assert parse_qs(urlsplit(str(kept.url)).query)["view"] == ["大办公室"]
    assert "大办公室" in browser.get("/rooms").text
    assert chosen(kept.text) == ["房间类别：办公室", "使用面积 ≥ 18"]
    address = str(kept.url.copy_with(scheme="http")).removeprefix(str(browser.base_url).rstrip("/"))
    with signed_in(bureau, "lifang") as colleague:
        assert rows(colleague.get(address).text) == rows(kept.text)
    gone = sends(browser, "/rooms/views", drop="大办公室")
    assert ">大办公室<" not in gone.text


def test_loans_and_history_have_views_as_well(browser: httpx.Client) -> None:
    kept = sends(browser, "/loans/views", name="催还", question="overdue=true&by=borrower")
    assert parse_qs(urlsplit(str(kept.url)).query) == {"view": ["催还"], "overdue": ["true"], "by": ["borrower"]}
    assert "催还" in browser.get("/loans").text
    kept = sends(browser, "/history/views", name="房间", question="kind=rooms")
    assert chosen(kept.text) == ["对象：房间"]
    assert ">催还<" not in kept.text


def test_one_view_at_most_is_what_a_list_opens_with_and_everything_is_one_link_away(browser: httpx.Client) -> None:
    sends(browser, "/vehicles/views", name="甲", question="status=in-use", opens="true")
    sends(browser, "/vehicles/views", name="乙", question="energy=petrol", opens="true")
    opened = browser.get("/vehicles")
    assert parse_qs(urlsplit(str(opened.url)).query)["view"] == ["乙"]
    assert opened.text.count("默认") == 1
    assert chosen(browser.get("/vehicles?view=-").text) == []
    for name in ("甲", "乙"):
        sends(browser, "/vehicles/views", drop=name)


def test_nothing_is_kept_for_a_form_without_proof(browser: httpx.Client) -> None:
    answer = browser.post("/rooms/views", data={"csrf": "guessed", "name": "偷", "question": ""})
    assert answer.status_code == 403
    assert ">偷<" not in browser.get("/rooms").text


def test_loans_open_with_a_view_of_either_side(browser: httpx.Client) -> None:
    sends(browser, "/loans/views", name="按单位", question="by=borrower", opens="true")
    assert "最早应还" in browser.get("/loans").text
    assert headings(browser.get("/loans?view=-").text)
    sends(browser, "/loans/views", drop="按单位")


# Many at once ----------------------------------------------------------------------------------------------------------


def test_what_is_chosen_leads_to_the_commands_that_all_of_them_take(bureau: Office, browser: httpx.Client) -> None:
    chosen_rooms = bureau.get("/v1/rooms?category=office&status=in-service").json()["rows"]
    ids = [row["id"] for row in chosen_rooms][:2]
    page = browser.post("/rooms/chosen", data={"id": ids, "question": "category=office"}).text
    leads = {
        link.partition("?")[0]: parse_qs(urlsplit(link).query)["id"] for link in Seen(page).links if "/do/" in link
    }
    told = [
        {one["command"] for one in bureau.get(f"/v1/rooms/{id}/actions").json()["actions"] if one["plausible"]}
        for id in ids
    ]
    assert set(leads) == {f"/rooms/do/{key.partition('.')[2]}" for key in set.intersection(*told)}
    assert all(about == ids for about in leads.values())
    assert any(link.startswith("/rooms?category=office") for link in Seen(page).links)
    form = browser.get(next(link for link in Seen(page).links if "/do/measure" in link))
    assert all((row["label"] or "") in html.unescape(form.text) for row in chosen_rooms[:2])


def test_all_that_fit_are_chosen_by_the_question_and_nothing_is_said_of_what_is_not_there(
    browser: httpx.Client,
) -> None:
    everything = browser.post("/rooms/chosen", data={"all": "true", "question": "category=office"}).text
    fitting = len(rows(browser.get("/rooms?category=office").text))
    assert everything.count('<a class="chip"') == min(fitting, SHOWN)
    nothing = browser.post("/rooms/chosen", data={"question": ""}).text
    assert "/do/" not in nothing
    unknown = browser.post("/rooms/chosen", data={"id": ["00000000-0000-0000-0000-000000000000"]}).text
    assert "/do/" not in unknown


def test_of_loans_the_items_are_chosen(bureau: Office, browser: httpx.Client) -> None:
    told = bureau.get("/v1/loans").json()["rows"]
    assert 'id="chosen"' in browser.get("/loans").text
    for said in ({"id": [one["id"] for one in told]}, {"all": "true", "question": "sort=due"}):
        page = browser.post("/loans/chosen", data=said).text
        assert all(f'href="/items/{one["id"]}"' in page for one in told[:SHOWN])
        leads = [link.partition("?")[0] for link in Seen(page).links if "/do/" in link]
        assert "/items/do/take-back" in leads


def test_who_may_change_nothing_of_a_kind_chooses_nothing_and_nobody_does_in_the_past(
    bureau: Office, browser: httpx.Client
) -> None:
    assert 'id="chosen"' in browser.get("/rooms").text
    assert 'id="chosen"' not in browser.get("/rooms?at=2024-01-01").text
    with signed_in(bureau, "keeper") as keeper:
        assert keeper.post("/rooms/chosen", data={"all": "true"}).status_code == 403
