"""Deputies: made in person by an approver, of another approver, for some days; and recorded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import deputies, secrets
from infra.access.refusals import AccessNotYours, DeputyNotFit, DeputyTerm, DeputyUnknown
from infra.cluster import Urls
from tests import accounts

# Days are counted in China; a day to either side keeps midnight out of it.
TODAY = datetime.now(UTC).date()
YESTERDAY, SOON = TODAY - timedelta(days=2), TODAY + timedelta(days=2)
APPROVES = [Grant(role=Role.APPROVER, division="640122")]


@pytest.fixture(scope="module")
def people(module_database: Urls) -> dict[str, bytes]:
    """By login, the proof of their session."""
    given = {"chief": APPROVES, "deputy": APPROVES, "clerk": [Grant(role=Role.UNIT_CLERK, division="640122")]}
    return {login: secrets.digest(accounts.a_session(module_database.owner, login, of)) for login, of in given.items()}


def make(urls: Urls, proof: bytes, deputy: str, from_day: date = YESTERDAY, until_day: date = SOON) -> UUID:
    with psycopg.connect(urls.application) as application:
        return deputies.make(application, proof, deputy=deputy, from_day=from_day, until_day=until_day)


def absent(urls: Urls, login: str) -> list[str]:
    account = accounts.an_account(urls.owner, login)
    with psycopg.connect(urls.application) as application:
        return deputies.absent(application, account)


def test_a_deputy_acts_on_the_days_that_were_said_and_until_it_is_ended(
    module_database: Urls, people: dict[str, bytes]
) -> None:
    make(module_database, people["chief"], "deputy", SOON, SOON + timedelta(days=5))
    assert absent(module_database, "deputy") == []
    made = make(module_database, people["chief"], "deputy")
    assert absent(module_database, "deputy") == ["chief"]
    assert absent(module_database, "chief") == []
    with psycopg.connect(module_database.application) as application:
        assert [deputies.end(application, people["chief"], made) for _ in range(2)] == [True, False]
    assert absent(module_database, "deputy") == []


@pytest.mark.parametrize("deputy", ["chief", "clerk", "nobody"])
def test_a_deputy_is_another_approver(module_database: Urls, people: dict[str, bytes], deputy: str) -> None:
    with pytest.raises(DeputyNotFit):
        make(module_database, people["chief"], deputy)


def test_whoever_does_not_approve_makes_none(module_database: Urls, people: dict[str, bytes]) -> None:
    for proof in (people["clerk"], b"\0" * 32):
        with pytest.raises(AccessNotYours):
            make(module_database, proof, "deputy")


@pytest.mark.parametrize("until_day", [YESTERDAY - timedelta(days=1), YESTERDAY + timedelta(days=366)])
def test_it_is_for_a_year_at_most(module_database: Urls, people: dict[str, bytes], until_day: date) -> None:
    with pytest.raises(DeputyTerm):
        make(module_database, people["chief"], "deputy", YESTERDAY, until_day)


def test_only_whoever_made_it_ends_it(module_database: Urls, people: dict[str, bytes]) -> None:
    made = make(module_database, people["chief"], "deputy")
    with psycopg.connect(module_database.application) as application, pytest.raises(DeputyUnknown):
        deputies.end(application, people["deputy"], made)


def test_it_is_recorded_and_the_application_changes_no_row_itself(
    module_database: Urls, people: dict[str, bytes]
) -> None:
    make(module_database, people["chief"], "deputy")
    with psycopg.connect(module_database.owner) as owner:
        row = owner.execute(
            "SELECT login FROM access.records WHERE what = 'deputy-made' ORDER BY number DESC"
        ).fetchone()
    assert row == ("chief",)
    for change in ("UPDATE access.deputies SET ended_at = NULL", "DELETE FROM access.deputies"):
        with (
            psycopg.connect(module_database.application) as application,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            application.execute(change.encode())
