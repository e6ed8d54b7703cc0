"""The records of access: found by who, what and when; reviewed up to a number; and made with what they tell of, or not at all."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from domain.access.principal import Grant
from domain.access.rights import Right
from domain.access.roles import Role
from infra.access import accounts, grants, principals, records
from infra.access.records import Record, Wanted
from infra.access.refusals import AccessNotYours, RecordUnknown
from tests.accounts import a_token
from tests.infra.access.conftest import Bureau

LEADER = Grant(role=Role.LEADER)


def found(bureau: Bureau, limit: int = 100, **wanted: object) -> list[Record]:
    return records.page(bureau.application, Wanted(**wanted), limit)  # type: ignore[arg-type]  # any of its fields


def test_they_are_found_by_what_who_whom_and_when_the_latest_first(bureau: Bureau) -> None:
    account = accounts.make(bureau.application, bureau.system, login="ma", name="马", unit="u")
    grants.give(bureau.application, bureau.security, account, LEADER)
    assert [one.what for one in found(bureau, subject=account)] == ["role-given", "account-made"]
    assert [one.what for one in found(bureau, subject=account, account=bureau.id("sysadmin"))] == ["account-made"]
    (given,) = found(bureau, subject=account, what="role-given")
    assert (given.login, given.via, given.detail["role"]) == ("secadmin", "session", "leader")
    assert found(bureau, subject=account, before=given.number)[0].what == "account-made"
    assert given in found(bureau, since=given.at)
    assert given not in found(bureau, until=given.at)
    assert found(bureau, since=given.at + timedelta(minutes=1)) == []
    assert len(found(bureau, limit=1)) == 1


def test_a_use_tells_who_by_which_means_and_of_what(bureau: Bureau) -> None:
    principal = principals.of_token(bureau.application, a_token(bureau.urls.owner, "oa", given=[LEADER]))
    assert principal is not None
    thing = bureau.id("oa")
    records.note(
        bureau.application, principal, Right.LOG, operation="event", subject=thing, address="10.0.0.1", asked="GET /x"
    )
    (used,) = found(bureau, what="used")
    assert (used.login, used.via, used.subject, used.address) == ("oa", "oa", thing, "10.0.0.1")
    assert used.detail == {"right": "log", "operation": "event", "asked": "GET /x"}


def test_a_change_that_does_not_happen_is_not_recorded_and_one_without_a_record_does_not_happen(bureau: Bureau) -> None:
    before = len(found(bureau))
    with bureau.application.transaction(force_rollback=True):
        accounts.make(bureau.application, bureau.system, login="ma", name="马", unit="u")
    assert len(found(bureau)) == before
    assert accounts.named(bureau.application, "ma") is None
    bureau.owner("ALTER TABLE access.records ADD CONSTRAINT full_disk CHECK (what <> 'account-made') NOT VALID")
    with pytest.raises(psycopg.errors.CheckViolation):
        accounts.make(bureau.application, bureau.system, login="ma", name="马", unit="u")
    assert accounts.named(bureau.application, "ma") is None


def test_the_audit_administrator_reviews_up_to_a_record_that_there_is(bureau: Bureau) -> None:
    latest = found(bureau, limit=1)[0].number
    with pytest.raises(AccessNotYours):
        records.review(bureau.application, bureau.system, up_to=latest, remark="")
    with pytest.raises(RecordUnknown):
        records.review(bureau.application, bureau.audit, up_to=latest + 1000, remark="")
    assert records.reviewed(bureau.application) == 0
    records.review(bureau.application, bureau.audit, up_to=latest, remark="已阅")
    assert records.reviewed(bureau.application) == latest
