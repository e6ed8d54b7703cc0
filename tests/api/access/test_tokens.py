"""Who may do what: only a token says, and a token from the wrong side opens nothing."""

from __future__ import annotations

import time

import httpx
import psycopg
import pytest

from api.access import callers as access
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import principals, secrets, tokens
from infra.access.console import console
from tests import accounts
from tests.api.conftest import Office, a_token, a_unit

PATHS = ("/v1/commands", "/v1/units/0198c5f0-7c1e-7d4b-9c3a-2f6d1e8b4a57", "/v1/events/1", "/v1/files/" + "0" * 64)

STRANGERS = {
    "nobody": None,
    "an empty header": "",
    "another scheme": "Basic bGk6bGk=",
    "no secret": "Bearer",
    "a made-up secret": f"Bearer {secrets.new(secrets.TOKEN)}",
    "a very long secret": "Bearer " + "x" * 10_000,
    "an injection": "Bearer ' OR 1=1 --",
    "a broken one": "Bearer zt_\x80\xff",
}


def as_someone(office: Office, authorization: str | None) -> httpx.Client:
    headers = {} if authorization is None else {b"Authorization": authorization.encode("latin-1")}
    return httpx.Client(base_url=office.client.base_url, headers=headers, timeout=60)


@pytest.mark.parametrize("authorization", STRANGERS.values(), ids=STRANGERS.keys())
def test_strangers_see_and_change_nothing(office: Office, authorization: str | None) -> None:
    head = office.head()
    with as_someone(office, authorization) as stranger:
        answers = [stranger.get(path) for path in PATHS]
        answers += [stranger.post("/v1/units", json=a_unit()), stranger.post("/v1/batches", content=b"{")]
        answers.append(stranger.post("/v1/files", content=b"x"))
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (401, "token-needed")
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert office.head() == head


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEADER])
def test_who_may_only_read_changes_nothing(office: Office, role: Role) -> None:
    secret = accounts.a_token(office.urls.owner, role, given=[Grant(role=role)])
    with as_someone(office, f"Bearer {secret}") as reader:
        assert reader.get("/v1/commands").status_code == 200
        for path, code in (("units", "command-not-allowed"), ("batches", "not-allowed"), ("files", "right-missing")):
            answer = reader.post(f"/v1/{path}", json=a_unit())
            assert (answer.status_code, answer.json()["code"]) == (403, code)


def test_a_revoked_token_is_forgotten_within_seconds(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "REMEMBERED_SECONDS", 0.2)
    secret = a_token(office.urls, actor="wang")
    with as_someone(office, f"Bearer {secret}") as wang, psycopg.connect(office.urls.owner) as owner:
        assert wang.get("/v1/commands").status_code == 200
        found = principals.of_token(owner, secret)
        assert found is not None
        with console(owner, "tests") as proof:
            assert tokens.revoke(owner, proof, tokens.of(owner, found.account)[0].id)
        owner.commit()
        time.sleep(0.3)
        assert wang.get("/v1/commands").status_code == 401


def test_health_and_the_description_of_the_api_need_no_token(office: Office) -> None:
    with as_someone(office, None) as anyone:
        assert anyone.get("/healthz").json()["status"] == "ok"
        assert anyone.get("/v1/openapi.json").json()["openapi"].startswith("3.1")


def test_the_same_key_of_another_person_is_another_request(office: Office) -> None:
    key = {"Idempotency-Key": "0198c5f0-7c1e-7d4b-9c3a-2f6d1e8b4a58"}
    office.client.post("/v1/units", json=a_unit(), headers=key)
    with as_someone(office, f"Bearer {a_token(office.urls, actor='wang')}") as wang:
        answer = wang.post("/v1/units", json=a_unit(), headers=key)
    assert (answer.status_code, answer.json()["code"]) == (409, "command-id-reused")
