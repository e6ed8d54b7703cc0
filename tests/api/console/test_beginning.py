"""What a list offers to whom: something new begins where things of its kind are listed, for whoever may make one; not in the past, and not for those who look."""

from __future__ import annotations

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.conftest import Office
from tests.api.console.test_pages import PASSWORD, signed_in
from tests.api.console.test_pages import bureau as bureau  # noqa: PLC0414 -- a fixture
from tests.api.console.test_pages import module_database as module_database  # noqa: PLC0414 -- as above


def test_a_list_leads_to_the_form_that_makes_one_more(bureau: Office) -> None:
    with signed_in(bureau) as browser:
        page = browser.get("/journeys").text
        assert 'href="/journeys/do/request">申请用车</a>' in page
        assert browser.get("/journeys/do/request").status_code == 200
        assert "/do/request" not in browser.get("/journeys?at=2025-01-01").text
    with signed_in(bureau, "keeper") as browser:
        assert "/do/register" in browser.get("/items").text
        assert "/do/establish" not in browser.get("/units").text


def test_files_are_offered_to_those_only_who_may_have_them(bureau: Office) -> None:
    accounts.an_account(bureau.urls.owner, "siji", [Grant(role=Role.DRIVER)])
    accounts.a_password(bureau.urls.owner, "siji", PASSWORD)
    for login, may in (("lifang", True), ("siji", False)):
        with signed_in(bureau, login) as browser:
            for address in ("/vehicles", "/history"):
                assert ("format=xlsx" in browser.get(address).text) is may, (login, address)
