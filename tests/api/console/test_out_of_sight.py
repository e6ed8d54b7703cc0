"""Whoever sees a part is led nowhere that they may not look: names of what is out of sight are names, and no links."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from html import unescape
from uuid import UUID

import httpx
import pytest

from api.console.forms.faults import Fault, named
from api.console.kinds import KINDS
from api.console.out_of_sight import without_dead_ends
from api.demo.step import ANNEX, CULTURE, FINANCE, MAIN, OFFICE, ref
from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.conftest import Office
from tests.api.console.test_pages import PASSWORD, signed_in
from tests.api.console.test_pages import bureau as bureau  # noqa: PLC0414 -- a fixture
from tests.api.console.test_pages import module_database as module_database  # noqa: PLC0414 -- as above

_THING = re.compile(rf'href="(/(?:{"|".join(KINDS)})/[0-9a-f]{{8}}-[^"]*)"')
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture(scope="module")
def clerk(bureau: Office) -> Iterator[httpx.Client]:
    """Of one unit, which uses rooms in two buildings: it sees one of these, to which it has a claim, and neither owner."""
    given = [Grant(role=Role.UNIT_CLERK, unit=UUID(ref(FINANCE)))]
    accounts.an_account(bureau.urls.owner, "caiwu", given)
    accounts.a_password(bureau.urls.owner, "caiwu", PASSWORD)
    with signed_in(bureau, "caiwu") as browser:
        yield browser


def links(browser: httpx.Client, address: str) -> set[str]:
    return {unescape(one).partition("#")[0] for one in _THING.findall(browser.get(address).text)}


def test_every_link_to_a_thing_opens_for_whoever_sees_one_unit_only(clerk: httpx.Client) -> None:
    rooms = [address for address in links(clerk, "/rooms") if "/rooms/" in address]
    begun = ["/", "/history", *(f"/{kind}" for kind in KINDS), *rooms[:2], *(f"{room}/history" for room in rooms[:2])]
    begun += [f"/units/{ref(FINANCE)}/rooms-map", f"/buildings/{ref(MAIN)}/history"]
    found = {address for page in begun for address in links(clerk, page)}
    one_each = {_ID.sub("", address) + _ID.findall(address)[0]: address for address in found}
    assert {address: clerk.get(address).status_code for address in one_each.values()} == dict.fromkeys(
        one_each.values(), 200
    )


def test_a_name_out_of_sight_is_still_told(clerk: httpx.Client) -> None:
    page = clerk.get("/buildings").text
    assert OFFICE in page
    assert ref(OFFICE) not in page
    assert f'href="/buildings/{ref(ANNEX)}' not in clerk.get("/rooms").text


def test_a_thing_whose_name_is_not_told_stands_as_such_in_a_cell(bureau: Office) -> None:
    given = [Grant(role=Role.UNIT_CLERK, unit=UUID(ref(CULTURE)))]
    accounts.an_account(bureau.urls.owner, "wenlv", given)
    accounts.a_password(bureau.urls.owner, "wenlv", PASSWORD)
    with signed_in(bureau, "wenlv") as browser:
        page = browser.get("/journeys").text
    assert '<td class="name soft">（名称看不到）</td>' in page
    assert 'title="<' not in page


def test_a_refusal_on_a_form_calls_things_by_their_names() -> None:
    told = named([Fault("vehicle", f"车辆 {ref(MAIN)} 没有交强险", f"{ref(ANNEX)} is not there")], {ref(MAIN): "宁A1"})
    assert told == [Fault("vehicle", "车辆 宁A1 没有交强险", f"{ref(ANNEX)} is not there")]


def test_the_api_says_which_of_some_things_are_in_sight(clerk: httpx.Client) -> None:
    asked = {"id": [ref(FINANCE), ref(CULTURE), ref(MAIN)], "kind": ["units", "buildings"]}
    assert set(clerk.get("/v1/in-sight", params=asked).json()["ids"]) == {ref(FINANCE), ref(MAIN)}


def test_what_was_just_recorded_is_led_to_before_the_view_shows_it() -> None:
    async def nothing(*_: object, **__: object) -> dict[str, list[str]]:
        return {"ids": []}

    me = {"reads": ["rooms"], "grants": [{"division": "640100", "unit": None}]}
    led = [
        f'<a class="button" href="/rooms/{ref(MAIN)}{more}">1</a>'
        for more in ("?at=2024-01-01&amp;after=7", "/history")
    ]
    told = asyncio.run(without_dead_ends("".join(led), me, nothing, nameless="?"))
    assert told == led[0] + '<a class="button">1</a>'


def test_an_id_stands_in_the_place_of_no_name() -> None:
    async def nothing(*_: object, **__: object) -> dict[str, list[str]]:
        return {"ids": []}

    me = {"reads": ["drivers"], "grants": [{"division": None, "unit": None}]}
    told = asyncio.run(
        without_dead_ends(
            f'<a href="/drivers/{ref(MAIN)}">{ref(MAIN)}</a><code>{ref(MAIN)}</code>', me, nothing, nameless="?"
        )
    )
    assert told == f'<a href="/drivers/{ref(MAIN)}">?</a><code>{ref(MAIN)}</code>'
