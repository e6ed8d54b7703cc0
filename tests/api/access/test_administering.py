"""The three administrators over the API: each does one thing, none gives to themselves, and nobody climbs by another way."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import totp
from tests import accounts
from tests.api.conftest import Office, a_unit

SYSTEM, SECURITY, AUDIT = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR


@contextmanager
def at_work(office: Office, login: str, *roles: Role) -> Iterator[httpx.Client]:
    """Somebody signed in, who proves that their own page asks."""
    secret = accounts.a_session(office.urls.owner, login, [Grant(role=role) for role in roles])
    with httpx.Client(base_url=office.client.base_url, cookies={"zhangtu-session": secret}, timeout=60) as client:
        client.headers["X-CSRF-Token"] = client.get("/v1/session").json()["csrf"]
        yield client


@pytest.fixture(scope="module")
def system(office: Office) -> Iterator[httpx.Client]:
    with at_work(office, "sys", SYSTEM) as client:
        yield client


@pytest.fixture(scope="module")
def security(office: Office) -> Iterator[httpx.Client]:
    with at_work(office, "sec", SECURITY) as client:
        yield client


@pytest.fixture(scope="module")
def audit(office: Office) -> Iterator[httpx.Client]:
    with at_work(office, "aud", AUDIT) as client:
        yield client


def id_of(client: httpx.Client) -> str:
    return str(client.get("/v1/session").json()["account"])


def make(system: httpx.Client, login: str, **more: object) -> str:
    answer = system.post("/v1/access/accounts", json={"login": login, "name": login, "unit": "县财政局", **more})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def give(security: httpx.Client, account: str, role: str, **where: str) -> httpx.Response:
    return security.post(f"/v1/access/accounts/{account}/grants", json={"role": role, **where})


def test_one_makes_the_account_and_another_gives_it_a_role(system: httpx.Client, security: httpx.Client) -> None:
    account = make(system, "new.one")
    assert give(system, account, "leader").status_code == 403
    assert give(security, account, "leader", division="640104").status_code == 200
    found = system.get(f"/v1/access/accounts/{account}").json()["grants"]
    assert [(one["role"], one["division"]) for one in found] == [("leader", "640104")]
    made = security.post("/v1/access/accounts", json={"login": "x", "name": "x", "unit": "x"})
    assert (made.status_code, made.json()["code"]) == (403, "right-missing")


def test_nobody_gives_to_themselves_or_joins_two_administrators(
    system: httpx.Client, security: httpx.Client, audit: httpx.Client
) -> None:
    assert give(security, id_of(security), "leader").json()["code"] == "grant-to-oneself"
    assert give(security, id_of(system), "audit-administrator").json()["code"] == "roles-apart"
    assert give(security, id_of(audit), "leader").json()["code"] == "roles-apart"


def test_a_clerk_reaches_nothing_of_administration(office: Office) -> None:
    with at_work(office, "clerk", Role.UNIT_CLERK) as clerk:
        own = id_of(clerk)
        for path in ("accounts", f"accounts/{own}", "records"):
            assert clerk.get(f"/v1/access/{path}").status_code == 403
        for name in ("disable", "unlock", "reset-password", "confirm", "sign-out", "remove-second-factor"):
            assert clerk.post(f"/v1/access/accounts/{own}/{name}").status_code == 403
        assert give(clerk, own, "system-administrator").status_code == 403


def test_accounts_are_listed_page_by_page_by_state_and_by_words(
    office: Office, system: httpx.Client, security: httpx.Client
) -> None:
    made = {login: make(system, login) for login in ("paged.a", "paged.b", "paged.c", "paged.d")}
    assert give(security, made["paged.b"], "leader").status_code == 200
    accounts.closed(office.urls.owner, "paged.d")
    answer = system.get("/v1/access/accounts?q=PAGED&limit=2").json()
    second = system.get(answer["next"]).json()
    pages = [[one["login"] for one in page["accounts"]] for page in (answer, second)]
    assert (pages, second["next"]) == ([["paged.a", "paged.b"], ["paged.c", "paged.d"]], None)
    assert {state: answer["counts"][state] for state in ("active", "none", "closed", "locked")} == {
        "active": 3, "none": 2, "closed": 1, "locked": 0,
    }  # fmt: skip
    for state, logins in {"none": ["paged.a", "paged.c"], "closed": ["paged.d"], "service": []}.items():
        found = system.get(f"/v1/access/accounts?q=paged&state={state}").json()["accounts"]
        assert [one["login"] for one in found] == logins
    [one] = system.get(f"/v1/access/accounts?id={made['paged.b']}").json()["accounts"]
    assert (one["login"], one["roles"]) == ("paged.b", ["leader"])
    assert system.get("/v1/access/accounts?state=no-such").status_code == 422


def test_a_token_of_an_administrator_administers_nothing(office: Office, system: httpx.Client) -> None:
    made = system.post("/v1/access/tokens", json={"name": "mine", "days": 1})
    with httpx.Client(base_url=office.client.base_url) as program:
        program.headers["Authorization"] = f"Bearer {made.json()['secret']}"
        assert program.get("/v1/access/accounts").status_code == 403
        assert program.post("/v1/access/accounts", json={}).status_code == 403


def test_a_token_narrowed_cannot_widen_itself_and_ends_when_revoked(office: Office) -> None:
    with at_work(office, "fin", Role.FINANCE) as finance:
        made = finance.post("/v1/access/tokens", json={"name": "feed", "days": 366, "kinds": ["units"], "rights": []})
        held = {"Authorization": f"Bearer {made.json()['secret']}"}
        with httpx.Client(base_url=office.client.base_url, headers=held) as program:
            assert program.get("/v1/session").json()["reads"] == ["units"]
            assert program.get("/v1/items").status_code == 403
            again = program.post("/v1/access/tokens", json={"name": "wider", "days": 1})
            assert again.json()["code"] == "session-needed"
        token = finance.get("/v1/access/tokens").json()["tokens"][0]["id"]
        assert finance.delete(f"/v1/access/tokens/{token}").json() == {"ended": 1}


def test_a_token_of_another_account_is_made_by_nobody_but_its_holder(system: httpx.Client, office: Office) -> None:
    with at_work(office, "holder", Role.FINANCE) as holder, at_work(office, "else", Role.FINANCE) as other:
        service = make(system, "finance.system", service=True, holder=id_of(holder))
        wanted = {"name": "nightly", "days": 30, "account": service}
        assert other.post("/v1/access/tokens", json=wanted).status_code == 403
        assert system.post("/v1/access/tokens", json=wanted).status_code == 403
        assert holder.post("/v1/access/tokens", json=wanted).status_code == 201


def test_what_a_service_writes_and_reads_stands_under_its_own_name(
    system: httpx.Client, security: httpx.Client, audit: httpx.Client, office: Office
) -> None:
    with at_work(office, "answers", Role.LEADER) as holder:
        service = make(system, "hr.system", service=True, holder=id_of(holder))
        give(security, service, "premises-officer", division="640100")
        give(security, service, "auditor", division="640100")
        made = holder.post("/v1/access/tokens", json={"name": "nightly", "days": 30, "account": service}).json()
    with httpx.Client(base_url=office.client.base_url, timeout=60) as program:
        program.headers["Authorization"] = f"Bearer {made['secret']}"
        unit = program.post("/v1/units", json=a_unit("由系统登记的单位")).json()
        program.get(f"/v1/units/{unit['id']}/events")
    with psycopg.connect(office.urls.owner) as owner:
        stored = "SELECT convert_from(mandate, 'UTF8')::jsonb -> 'actor' FROM log.events WHERE position = %s"
        row = owner.execute(stored, [unit["position"]]).fetchone()
    assert row == ({"user": "hr.system", "unit": "县财政局", "role": "premises-officer"},)
    used = audit.get("/v1/access/records", params={"account": service, "what": "used"}).json()["records"][0]
    assert (used["login"], used["via"], used["subject"]) == ("hr.system", "nightly", unit["id"])


def test_the_last_administrator_of_a_kind_stays(system: httpx.Client) -> None:
    answer = system.post(f"/v1/access/accounts/{id_of(system)}/disable")
    assert (answer.status_code, answer.json()["code"]) == (409, "administrator-last")


def test_an_administrators_password_is_not_another_ones_to_set(system: httpx.Client, security: httpx.Client) -> None:
    answer = system.post(f"/v1/access/accounts/{id_of(security)}/reset-password")
    assert answer.status_code == 409


def test_the_audit_administrator_reads_what_was_done_and_that_is_recorded_too(
    system: httpx.Client, audit: httpx.Client
) -> None:
    account = make(system, "watched")
    said = audit.get("/v1/access/records", params={"subject": account}).json()
    assert said["records"][0]["what"] == "account-made"
    assert said["records"][0]["login"] == "sys"
    latest = audit.get("/v1/access/records", params={"limit": 1}).json()
    assert latest["records"][0]["what"] == "used"
    reviewed = audit.post(
        "/v1/access/records/reviews", json={"up_to": latest["records"][0]["number"], "remark": "已阅"}
    )
    assert reviewed.status_code == 200
    assert system.get("/v1/access/records").status_code == 403


def test_a_code_opens_once(office: Office) -> None:
    with at_work(office, "totp", Role.LEADER) as person:
        accounts.a_password(office.urls.owner, "totp", "quiet river under seven bridges")
        person.cookies.set("zhangtu-session", accounts.a_session(office.urls.owner, "totp"))
        person.headers["X-CSRF-Token"] = person.get("/v1/session").json()["csrf"]
        begun = person.post("/v1/me/second-factor").json()
        secret = base64.b32decode(begun["secret"] + "=" * (-len(begun["secret"]) % 8))
        now = int(time.time()) // totp.SECONDS
        code = totp.code(secret, now)
        assert person.post("/v1/me/second-factor/confirm", json={"code": code}).status_code == 200
        said = {"login": "totp", "password": "quiet river under seven bridges"}
        assert person.post("/v1/session", json=said).json()["code"] == "code-needed"
        assert person.post("/v1/session", json=said | {"code": code}).json()["code"] == "sign-in-refused"
        assert person.post("/v1/session", json=said | {"code": totp.code(secret, now + 1)}).status_code == 200
