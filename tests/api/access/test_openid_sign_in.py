"""Signing in at a real identity server, through the API: only who was linked beforehand, and only to one address of ours."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import psycopg
import pytest

from api.app import create_app
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import grants, identities
from infra.access.console import console
from infra.cluster import Urls
from infra.settings import Settings
from tests import accounts
from tests.api.conftest import a_listener, address_of, serving_at
from tests.identity_server import CLIENT, SECRET, IdentityServer, identity_server


@pytest.fixture(scope="module")
def world(module_database: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, IdentityServer]]:
    """The API and an identity server that know of each other."""
    folder = tmp_path_factory.mktemp("var")
    (folder / "client").write_text(SECRET)
    with a_listener() as listening:
        address = address_of(listening)
        with identity_server(f"{address}/v1/session/openid/callback") as server:
            settings = Settings(
                database_url=module_database.application, owner_database_url=module_database.owner, var_dir=folder,
                public_url=address, oidc_issuer=server.issuer, oidc_client_id=CLIENT, oidc_client_secret_file=folder / "client",
            )  # fmt: skip
            with serving_at(listening, create_app(settings)):
                _link(module_database, server.issuer, "li")
                yield address, server


def _link(urls: Urls, issuer: str, subject: str) -> None:
    """Linked by one administrator, and confirmed by another."""
    account = accounts.an_account(urls.owner, subject, [Grant(role=Role.LEADER)])
    with psycopg.connect(urls.owner) as owner, console(owner, "tests") as proof:
        identities.link(owner, proof, account, issuer=issuer, subject=subject)
        grants.confirm(owner, proof, account)


def come_back(world: tuple[str, IdentityServer], browser: httpx.Client, name: str) -> httpx.URL:
    address, server = world
    gone = browser.get(f"{address}/v1/session/openid")
    assert gone.status_code == 303
    return server.sign_in(gone.headers["location"], name)


def test_who_was_linked_beforehand_is_signed_in(world: tuple[str, IdentityServer]) -> None:
    with httpx.Client(timeout=60) as browser:
        answer = browser.get(come_back(world, browser, "li"))
        assert (answer.status_code, answer.json()["login"]) == (200, "li")
        assert browser.get(f"{world[0]}/v1/session").json()["session"]["how"] == "identity"


def test_who_was_not_linked_gets_no_account(world: tuple[str, IdentityServer]) -> None:
    with httpx.Client(timeout=60) as browser:
        answer = browser.get(come_back(world, browser, "wang"))
        assert (answer.status_code, answer.json()["code"]) == (401, "sign-in-elsewhere-refused")
        assert browser.get(f"{world[0]}/v1/session").status_code == 401


def test_an_answer_in_another_browser_opens_nothing(world: tuple[str, IdentityServer]) -> None:
    with httpx.Client(timeout=60) as browser, httpx.Client(timeout=60) as victim:
        back = come_back(world, browser, "li")
        assert victim.get(back).status_code == 401


def test_no_address_in_a_request_says_where_to_go(world: tuple[str, IdentityServer]) -> None:
    with httpx.Client(timeout=60) as browser:
        for name in ("next", "redirect_uri", "return_to", "url"):
            gone = browser.get(f"{world[0]}/v1/session/openid", params={name: "https://elsewhere.example"})
            assert "elsewhere.example" not in gone.headers.get("location", "")
        answer = browser.get(come_back(world, browser, "li").copy_add_param("next", "https://elsewhere.example"))
        assert "location" not in answer.headers
