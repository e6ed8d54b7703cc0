"""What somebody on the network can do: with a browser that they planted something in, by trying without end, or by sending us elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from api.app import create_app
from infra.access import passwords
from infra.cluster import Urls
from tests import accounts
from tests.api.conftest import serving, settings_for

PASSWORD = "quiet river under seven bridges"
PUBLIC = "https://zhangtu.example"


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", "m=64,t=1,p=1")


@contextmanager
def a_house(urls: Urls, folder: Path, **settings: Any) -> Iterator[httpx.Client]:
    """A browser at an application with these settings."""
    app = create_app(settings_for(urls, folder).model_copy(update=settings))
    with serving(app) as address, httpx.Client(base_url=address, timeout=60) as browser:
        yield browser


@pytest.fixture
def wang(module_database: Urls) -> dict[str, str]:
    """What somebody who is known here would send."""
    accounts.an_account(module_database.owner, "wang")
    accounts.a_password(module_database.owner, "wang", PASSWORD)
    return {"login": "wang", "password": PASSWORD}


def test_where_people_come_in_encrypted_cookies_go_by_nothing_else(
    module_database: Urls, tmp_path: Path, wang: dict[str, str]
) -> None:
    with a_house(module_database, tmp_path, public_url=PUBLIC) as browser:
        answer = browser.post("/v1/session", json=wang, headers={"Origin": PUBLIC})
        kept = answer.headers["set-cookie"]
        assert kept.startswith("__Host-zhangtu-session=zs_")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= {part.strip() for part in kept.split(";")}
        assert "domain" not in kept.lower()
        secret = kept.partition("=")[2].partition(";")[0]
        # A neighbour under the same name can plant one without the prefix, and it is not looked at.
        for name, status in (("__Host-zhangtu-session", 200), ("zhangtu-session", 401)):
            assert browser.get("/v1/session", headers={"Cookie": f"{name}={secret}"}).status_code == status


def test_where_people_come_in_encrypted_the_page_without_is_another_place(
    module_database: Urls, tmp_path: Path, wang: dict[str, str]
) -> None:
    with a_house(module_database, tmp_path, public_url=PUBLIC) as browser:
        for origin in (
            "http://zhangtu.example",
            "https://zhangtu.example.evil.example",
            "https://zhangtu.example:444",
            "null",
        ):
            answer = browser.post("/v1/session", json=wang, headers={"Origin": origin})
            assert (answer.status_code, answer.json()["code"]) == (403, "from-elsewhere")


def test_trying_passwords_from_one_place_stops_and_says_when_to_come_again(
    module_database: Urls, tmp_path: Path, wang: dict[str, str]
) -> None:
    with a_house(module_database, tmp_path, attempts_per_minute=5) as browser:
        tried = [browser.post("/v1/session", json=wang | {"login": f"nobody{n}"}) for n in range(8)]
        assert [answer.status_code for answer in tried[:5]] == [401] * 5
        refused = browser.post("/v1/session", json=wang)
        assert (refused.status_code, refused.json()["code"]) == (429, "too-many-requests")
        assert int(refused.headers["retry-after"]) > 0


def test_trying_tokens_from_one_place_stops_too_whatever_name_they_give_themselves(
    module_database: Urls, tmp_path: Path
) -> None:
    with a_house(module_database, tmp_path, attempts_per_minute=5) as browser:
        statuses = [
            browser.get(
                "/v1/units", headers={"Authorization": f"Bearer zt_{n}", "X-Forwarded-For": f"203.0.113.{n}"}
            ).status_code
            for n in range(8)
        ]
        assert statuses[:5] == [401] * 5
        assert 429 in statuses[5:]


def test_behind_a_trusted_proxy_each_place_is_counted_by_itself(module_database: Urls, tmp_path: Path) -> None:
    with a_house(module_database, tmp_path, attempts_per_minute=5, trusted_proxies=("127.0.0.1",)) as browser:
        for n in range(12):
            asked = {"Authorization": "Bearer zt_x", "X-Forwarded-For": f"203.0.113.{n}"}
            assert browser.get("/v1/units", headers=asked).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "//elsewhere.example",
        "//elsewhere.example/",
        "/v1/units/",
        "/\\elsewhere.example",
        "/v1/session/openid?next=//elsewhere.example",
    ],
)
def test_no_address_sends_anybody_elsewhere(module_database: Urls, tmp_path: Path, path: str) -> None:
    with a_house(module_database, tmp_path) as browser:
        answer = browser.send(httpx.Request("GET", f"{str(browser.base_url).rstrip('/')}{path}"))
        assert (answer.is_redirect, "location" in answer.headers) == (False, False)


def test_a_record_of_every_try_tells_where_it_came_from(
    module_database: Urls, tmp_path: Path, wang: dict[str, str]
) -> None:

    with a_house(module_database, tmp_path) as browser:
        browser.post("/v1/session", json=wang | {"password": "no"})
        browser.post("/v1/session", json=wang)
    with psycopg.connect(module_database.owner) as owner:
        found = owner.execute(
            "SELECT what, address FROM access.records WHERE login = 'wang' AND what LIKE '%sign%in%' ORDER BY number"
        ).fetchall()
    assert found[-2:] == [("sign-in-refused", "127.0.0.1"), ("signed-in", "127.0.0.1")]
