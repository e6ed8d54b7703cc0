"""Every role on every route, about its own county and about the other one: who is let in, and that the other county is nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from api.door import OPEN_PATHS, Undeclared, require_declared
from api.need import Need
from api.needs import NEEDS
from domain.access.policy import DECISIONS, KINDS, POLICY, commands_of
from domain.access.principal import Grant
from domain.access.rights import NEVER_BY_TOKEN, Right
from domain.access.roles import ADMINISTRATORS, Role
from domain.catalogue import COMMANDS
from infra.cluster import Urls
from tests.api.access.conftest import two_counties
from tests.api.access.counties import County, nowhere
from tests.api.access.region import FORMS, Region, changes, filters, questions, told, words

OF_ACCESS = frozenset({"accounts", "account", "records"})
"""What the three administrators see of accounts, wherever these are."""

OF_ANY_KIND = frozenset(
    {"compare.assets", "account", "map.place", "ogc.collection", "ogc.queryables", "ogc.items", "ogc.item"}
)
"""What is asked about things of kinds, too, that the caller does not read, and about accounts that there are not."""

PAPERS = frozenset(
    {
        "plan",
        "plans.deeds",
        "plans.check",
        "drawings.one",
        "imports.one",
        "imports.findings",
        "imports.marked",
        "desk.paper",
    }
    | {"webhooks.deliveries", "map.base", "map.base.file"}
)
"""What is asked about papers of one's own that there are not, and about base maps that nobody chose."""

ASKED_OF_ALL = frozenset(DECISIONS) | {next(key for key in COMMANDS if key.startswith(f"{kind}.")) for kind in KINDS}
"""Of commands some of each kind are sent here; `test_matrix_commands.py` asks of all."""


@pytest.fixture(scope="module")
def region(module_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """What they are answered who see all of the own county is kept from before there was another."""

    def look(found: Region) -> None:
        found.look_before(Grant(role=Role.AUDITOR), found.of_unit(Role.AUDITOR))

    with two_counties(module_database, tmp_path_factory.mktemp("var"), look) as found:
        yield found


def may(role: Role, need: Need, address: str) -> bool:
    """Whether the policy lets somebody of this role ask this with a token, wherever it is about."""
    allowed, rights = POLICY[role], POLICY[role].rights - NEVER_BY_TOKEN
    wanted = need.rights | ({Right.EXPORT} if "format=" in address else set())
    return (
        wanted <= rights
        and bool(not need.one_of or need.one_of & rights)
        and bool(not need.kinds or need.kinds & allowed.reads)
        and (need.command is None or need.command in commands_of(role))
        and bool(not need.writes or commands_of(role))
        and not need.in_person
    )


def test_every_route_of_the_description_has_a_line_in_the_policy(region: Region) -> None:
    described = {one["operationId"] for methods in region.described["paths"].values() for one in methods.values()}
    assert described == NEEDS.keys()


def test_a_route_without_a_line_stops_the_application() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_api_route("/v1/back-door", lambda: None, operation_id="back-door")
    with pytest.raises(Undeclared, match="back-door"):
        require_declared(app)
    assert not OPEN_PATHS & NEEDS.keys()


def somebody(region: Region, role: Role) -> httpx.Client:
    """Of this role in the one county; those who administer do so everywhere."""
    return region.client(Grant(role=role) if role in ADMINISTRATORS else region.of_division(role))


def test_history_is_not_searched_by_the_places_of_secret_vehicles(region: Region) -> None:
    """Which vehicle a place belongs to is as much as where it is."""
    place = region.mine.secrets[Right.MASKED]
    found = {
        role: bool(somebody(region, role).get("/v1/history", params={"q": place}).json()["events"])
        for role in Role
        if "vehicles" in POLICY[role].reads
    }
    assert found == {role: Right.MASKED in POLICY[role].rights for role in found}


@pytest.mark.parametrize("role", Role)
def test_who_asks_is_let_in_as_the_table_says_and_told_of_its_own_county_only(region: Region, role: Role) -> None:
    client = somebody(region, role)
    # As files, too, by those who may not have any: the answers to all others are compared below.
    forms = () if Right.EXPORT in POLICY[role].rights else FORMS
    asked: set[str] = set()
    for county in (region.mine, region.other):
        for operation, address in questions(region, county, *forms):
            if address in asked:
                continue  # what is about no county in particular
            asked.add(address)
            answer = client.get(address)
            if may(role, NEEDS[operation], address):
                assert_told(region, county, operation, address, answer)
            else:
                assert_refused(answer, address)
            if operation not in OF_ACCESS:
                assert_discreet(region, role, address, answer)


def assert_refused(answer: httpx.Response, address: str) -> None:
    assert answer.status_code == 403, (address, answer.text)
    problem = answer.json()
    assert problem["detail"], address
    assert problem["detail_en"], address


def assert_told(region: Region, county: County, operation: str, address: str, answer: httpx.Response) -> None:
    """One thing of the other county is as if it were not there; of lists and the like, what is left is told."""
    is_of_one = any(id in address for id in county.ids) or operation == "event"
    if county is region.other and is_of_one:
        assert answer.status_code == 404, (address, answer.text)
    else:
        allowed = (200, 204, 404) if operation in OF_ANY_KIND | PAPERS else (200, 204)
        assert answer.status_code in allowed, (address, answer.text)


def assert_discreet(region: Region, role: Role, address: str, answer: httpx.Response) -> None:
    """Nothing of the other county but what the question itself said; nor what this role may not see of its own."""
    said, rights = words(answer), POLICY[role].rights
    assert [trace for trace in region.other.traces(said) if trace not in address] == [], (address, said[:500])
    for right, secret in region.mine.secrets.items():
        assert right in rights or secret not in said, (address, right)


@pytest.mark.parametrize("role", Role)
def test_who_changes_is_let_in_as_the_table_says(region: Region, role: Role) -> None:
    client = somebody(region, role)
    for operation, method, address in changes(region, region.other):
        if operation in COMMANDS and operation not in ASKED_OF_ALL:
            continue
        answer = client.request(method, address, json={})
        if may(role, NEEDS[operation], address):
            assert answer.status_code >= 400, (address, answer.text)
            assert answer.json()["code"] not in ("command-not-allowed", "right-missing"), (address, answer.text)
        else:
            assert_refused(answer, address)


def the_supervised(region: Region) -> Iterator[tuple[Grant, Grant]]:
    """Who sees all of the own county, each with whom they are compared: there was nobody else in it before."""
    yield region.of_division(Role.AUDITOR), Grant(role=Role.AUDITOR)
    yield region.of_unit(Role.AUDITOR), region.of_unit(Role.AUDITOR)


@pytest.mark.parametrize("index", [0, 1], ids=["a division", "a unit"])
def test_that_there_is_another_county_changes_no_answer(region: Region, index: int) -> None:
    """No count, total, rank, suggestion, tile or figure either: the answers are the same as when it was not there."""
    now, then = list(the_supervised(region))[index]
    for operation, address in questions(region, region.mine, *FORMS):
        if NEEDS[operation].kinds or NEEDS[operation].rights:
            assert told(region.client(now).get(address)) == region.before[then, address], address


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.UNIT_CLERK])
def test_asking_for_the_other_county_is_as_asking_for_one_that_there_is_not(region: Region, role: Role) -> None:
    """By its ids, its names, its division, its place on the map: no count, refusal or order tells that it is there."""
    client, there, nothing = region.client(region.of_division(role)), region.other, nowhere()
    for ask in (questions, filters):
        for (operation, one), (_, other) in zip(ask(region, there), ask(region, nothing), strict=True):
            # An event is asked for by its place in the log, which says nothing of any county.
            if operation != "event" and (NEEDS[operation].kinds or NEEDS[operation].rights):
                told_of = there.hidden_in(repr(told(client.get(one)))), nothing.hidden_in(repr(told(client.get(other))))
                assert told_of[0] == told_of[1], one


def test_a_case_shows_of_the_own_county_what_the_live_view_does_and_nothing_else(region: Region) -> None:
    region.desk.investigates("一案", region.desk.bureau.head())
    auditor, leader = (region.client(region.of_division(role)) for role in (Role.AUDITOR, Role.LEADER))
    for kind in sorted(KINDS):
        address = f"/v1/{kind}?case=一案"
        assert region.mine.things[kind] in words(auditor.get(address))
        assert region.other.traces(words(auditor.get(address))) == []
        assert auditor.get(f"/v1/{kind}/{region.other.things[kind]}/timeline?case=一案").status_code == 404
        assert leader.get(address).json()["code"] == "right-missing"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_whoever_sees_the_own_county_sees_it_whole(region: Region, kind: str) -> None:
    """Or the answers would be alike because all are empty."""
    found = words(region.client(region.of_division(Role.AUDITOR)).get(f"/v1/{kind}"))
    assert region.mine.things[kind] in found
    assert region.mine.name in found
