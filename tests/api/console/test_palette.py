"""The command palette: from a few letters to a thing, a person, a document, a page, and only to what one may see."""

from __future__ import annotations

import pytest

from api.console.initials import initials
from tests.api.conftest import Office
from tests.api.console.test_pages import bureau as bureau  # noqa: PLC0414 -- a fixture
from tests.api.console.test_pages import module_database as module_database  # noqa: PLC0414 -- as above
from tests.api.console.test_pages import signed_in

SCRIPT = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("text", "letters"), [("登记房间", "djfj"), ("申请用车", "sqyc"), ("A3栋", "a3d"), ("Rooms", "rooms"), ("", "")]
)
def test_words_are_known_by_their_first_letters(text: str, letters: str) -> None:
    assert initials(text) == letters


def test_a_thing_a_person_and_a_document_are_found_by_their_names(bureau: Office) -> None:
    building = bureau.get("/v1/buildings?limit=1").json()["rows"][0]
    person = bureau.get("/v1/people?limit=1").json()["rows"][0]
    event = next(one for one in bureau.get("/v1/history?limit=200").json()["events"] if one["documents"])
    number = event["documents"][0]["number"]
    with signed_in(bureau) as browser:
        for words, link in (
            (building["label"], f'href="/buildings/{building["id"]}"'),
            (person["label"], f'href="/people/{person["id"]}"'),
            (number, 'href="/documents?number='),
        ):
            assert link in browser.get("/palette", params={"q": words}, headers=SCRIPT).text


@pytest.mark.parametrize("words", ["房间", "rooms", "fj", "FJ"])
def test_a_page_is_found_in_either_language_and_by_first_letters(bureau: Office, words: str) -> None:
    with signed_in(bureau) as browser:
        assert 'href="/rooms"' in browser.get("/palette", params={"q": words}, headers=SCRIPT).text


def test_a_script_gets_what_was_found_and_everybody_else_a_page(bureau: Office) -> None:
    with signed_in(bureau) as browser:
        assert "<html" not in browser.get("/palette?q=fj", headers=SCRIPT).text
        whole = browser.get("/palette?q=fj").text
    assert "<html" in whole
    assert 'href="/rooms"' in whole


def test_nobody_is_led_to_what_they_may_not_see(bureau: Office) -> None:
    building = bureau.get("/v1/buildings?limit=1").json()["rows"][0]
    with signed_in(bureau, "keeper") as browser:
        found = browser.get("/palette", params={"q": building["label"]}, headers=SCRIPT).text
        assert building["id"] not in found
        assert 'href="/rooms"' not in browser.get("/palette?q=fj", headers=SCRIPT).text


def test_what_is_found_in_the_past_stays_there(bureau: Office) -> None:
    with signed_in(bureau) as browser:
        assert 'href="/rooms?at=2024-01-01"' in browser.get("/palette?q=fj&at=2024-01-01", headers=SCRIPT).text
