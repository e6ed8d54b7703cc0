"""Something new begins where things of its kind are listed, for whoever may make one; not in the past, and not for those who look."""

from __future__ import annotations

from tests.api.conftest import Office
from tests.api.console.test_pages import bureau as bureau  # noqa: PLC0414 -- a fixture
from tests.api.console.test_pages import module_database as module_database  # noqa: PLC0414 -- as above
from tests.api.console.test_pages import signed_in


def test_a_list_leads_to_the_form_that_makes_one_more(bureau: Office) -> None:
    with signed_in(bureau) as browser:
        page = browser.get("/journeys").text
        assert 'href="/journeys/do/request">申请用车</a>' in page
        assert browser.get("/journeys/do/request").status_code == 200
        assert "/do/request" not in browser.get("/journeys?at=2025-01-01").text
    with signed_in(bureau, "keeper") as browser:
        assert "/do/register" in browser.get("/items").text
        assert "/do/establish" not in browser.get("/units").text
