"""Listening to the feed: whoever may no longer follow it is told so, and whose jurisdiction changes hears of the new one."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from api.access import callers as access
from api.feed import stream as feed_stream
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import accounts, grants
from infra.access.console import console
from tests.accounts import a_token, an_account
from tests.api.access.counties import County
from tests.api.access.region import Region
from tests.api.feeding import Message, messages

LOGIN = "listener"
REMEMBERED = 0.1


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "REMEMBERED_SECONDS", REMEMBERED)
    monkeypatch.setattr(feed_stream, "ADMIT_SECONDS", 0.2)


@contextmanager
def listening(region: Region, secret: str, after: int) -> Iterator[Iterator[Message]]:
    headers = {"Authorization": f"Bearer {secret}"}
    with region.desk.client.stream("GET", f"/v1/feed/stream?after={after}&wait=20", headers=headers) as answer:
        assert answer.status_code == 200
        told = messages(answer.iter_lines())
        next(told)
        yield told


def take(region: Region, role: Role, division: str) -> None:
    with psycopg.connect(region.desk.urls.owner) as owner, console(owner, "tests") as proof:
        found = accounts.named(owner, LOGIN)
        assert found is not None
        for one in grants.of(owner, found.id):
            if (one.role, one.division) == (role, division):
                grants.take(owner, proof, one.id)


def test_who_loses_the_right_to_the_feed_is_cut_off(region: Region) -> None:
    urls = region.desk.urls
    secret = a_token(urls.owner, LOGIN, given=[region.of_division(Role.FINANCE)])
    with listening(region, secret, region.desk.bureau.head()) as told:
        an_account(urls.owner, LOGIN, [region.of_division(Role.LEADER)])
        take(region, Role.FINANCE, region.mine.division)
        *_, last = told
    assert (last.event, json.loads(last.data)["code"]) == ("problem", "right-missing")


def test_who_is_granted_another_county_hears_of_that_one_and_no_more_of_the_former(region: Region) -> None:
    urls = region.desk.urls
    secret = a_token(urls.owner, LOGIN, given=[region.of_division(Role.FINANCE)])
    with listening(region, secret, region.desk.bureau.head()) as told:
        position = renamed(region, region.mine, "2026-01-05")
        assert next(one.id for one in told if one.data) == position
        an_account(urls.owner, LOGIN, [Grant(role=Role.FINANCE, division=region.other.division)])
        take(region, Role.FINANCE, region.mine.division)
        time.sleep(5 * REMEMBERED)
        renamed(region, region.mine, "2026-01-06")
        position = renamed(region, region.other, "2026-01-06")
        assert next(one.id for one in told if one.data) == position


def renamed(region: Region, county: County, day: str) -> int:
    """The position of an event of a county, which the view shows."""
    done = region.desk.bureau.does("units.rename", county.named["branch"], name=f"{county.name}队{day}", effective=day)
    region.catch_up()
    return done.position


def test_a_page_is_kept_by_nobody_who_may_see_more_another_day(region: Region) -> None:
    """What comes into their sight later would be missing from it."""
    renamed(region, region.mine, "2026-01-07")
    some = region.client(region.of_division(Role.FINANCE)).get("/v1/feed?limit=1")
    whole = region.desk.client.get("/v1/feed?limit=1")
    assert some.json()
    assert (some.headers["cache-control"], whole.headers["cache-control"][:8]) == ("no-store", "private,")
    assert "etag" not in some.headers
