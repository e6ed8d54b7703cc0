"""Signing in by password, and what a session is good for: guessing stops, and nothing lasts longer than it should."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from argon2.low_level import hash_secret_raw

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import accounts, identities, passwords, principals, secrets, sessions
from infra.access.passwords import PasswordTheSame
from infra.access.refusals import AccessNotYours
from tests.accounts import a_password, a_session
from tests.infra.access.conftest import Bureau

GOOD, BETTER = "quiet river under seven bridges", "贺兰山下果园成 塞北江南"
CLERK = Grant(role=Role.UNIT_CLERK)


def sign_in(bureau: Bureau, password: str = GOOD, login: str = "wang") -> sessions.Tried:
    return sessions.sign_in(bureau.application, login=login, password=password, code=None, key=b"")


def outcomes(bureau: Bureau, *given: str) -> list[str]:
    return [sign_in(bureau, password).outcome for password in given]


@pytest.fixture
def wang(bureau: Bureau) -> Bureau:
    """A bureau with somebody who has a password of their own."""
    bureau.clerk("wang", CLERK)
    a_password(bureau.urls.owner, "wang", GOOD)
    return bureau


def later(bureau: Bureau, interval: str) -> None:
    """As if so much time had gone by."""
    bureau.owner(
        "UPDATE access.accounts SET failed_at = failed_at - %s::interval, locked_until = locked_until - %s::interval",
        interval,
        interval,
    )
    bureau.owner(
        "UPDATE access.sessions SET opened_at = opened_at - %s::interval, seen_at = seen_at - %s::interval,"
        " ends_at = ends_at - %s::interval",
        interval,
        interval,
        interval,
    )


def is_open(bureau: Bureau, secret: str | None) -> bool:
    assert secret is not None
    return principals.of_session(bureau.application, secret) is not None


def test_the_right_password_opens_a_session_of_this_person(wang: Bureau) -> None:
    tried = sign_in(wang)
    assert tried.secret is not None
    found = principals.of_session(wang.application, tried.secret)
    assert found is not None
    assert (found[0].login, found[0].grants, found[1].how, found[1].must_change) == (
        "wang",
        (CLERK,),
        "password",
        False,
    )


def test_five_wrong_ones_in_a_row_lock_even_the_right_one_out_for_a_while(wang: Bureau) -> None:
    assert outcomes(wang, *["no"] * 5, GOOD) == ["wrong"] * 5 + ["locked"]
    later(wang, "61 seconds")
    assert outcomes(wang, GOOD) == ["opened"]


def test_each_further_mistake_waits_twice_as_long_and_never_more_than_an_hour(wang: Bureau) -> None:
    assert outcomes(wang, *["no"] * 5)[-1] == "wrong"
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        later(wang, f"{minutes * 60 - 20} seconds")
        assert outcomes(wang, GOOD) == ["locked"]
        later(wang, "25 seconds")
        assert outcomes(wang, "no") == ["wrong"]


def test_what_is_tried_while_it_is_locked_does_not_make_it_longer(wang: Bureau) -> None:
    outcomes(wang, *["no"] * 5)
    assert outcomes(wang, *["no"] * 20) == ["locked"] * 20
    later(wang, "61 seconds")
    assert outcomes(wang, GOOD) == ["opened"]


def test_signing_in_or_a_day_without_a_mistake_begins_the_count_anew(wang: Bureau) -> None:
    assert outcomes(wang, *["no"] * 4, GOOD, *["no"] * 4, GOOD)[-1] == "opened"
    outcomes(wang, *["no"] * 4)
    later(wang, "25 hours")
    assert outcomes(wang, *["no"] * 4, GOOD)[-1] == "opened"


def test_many_at_once_get_no_more_tries_than_one_after_the_other(wang: Bureau) -> None:
    def one(number: int) -> str:
        with psycopg.connect(wang.urls.application, autocommit=True) as connection:
            return sessions.sign_in(connection, login="wang", password=f"no {number}", code=None, key=b"").outcome

    with ThreadPoolExecutor(12) as several:
        found = list(several.map(one, range(24)))
    assert (found.count("wrong"), found.count("locked")) == (5, 19)


def test_an_unknown_login_costs_as_much_as_a_known_one_and_is_not_written_down(
    wang: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []

    def watched(*given: Any, **named: Any) -> bytes:
        hashed.append(str(named))
        return hash_secret_raw(*given, **named)

    monkeypatch.setattr("infra.access.passwords.hash_secret_raw", watched)
    assert sign_in(wang, "typed-as-login-by-mistake", login="typed-password").outcome == "unknown"
    assert outcomes(wang, "no") == ["wrong"]
    assert len(hashed) == 2
    assert hashed[0] == hashed[1]
    refused = wang.records("sign-in-refused")
    assert "typed" not in str(refused)
    assert [detail["outcome"] for *_, detail in refused] == ["unknown", "wrong"]


def test_a_closed_account_is_not_opened_by_its_password(wang: Bureau) -> None:
    accounts.disable(wang.application, wang.system, wang.id("wang"))
    assert outcomes(wang, GOOD) == ["closed"]


def test_a_session_that_nobody_uses_ends_after_half_an_hour(wang: Bureau) -> None:
    secret = sign_in(wang).secret
    later(wang, "29 minutes")
    assert is_open(wang, secret)
    later(wang, "29 minutes")
    assert is_open(wang, secret)
    later(wang, "31 minutes")
    assert not is_open(wang, secret)


def test_a_session_ends_after_half_a_day_however_much_it_is_used(wang: Bureau) -> None:
    secret = sign_in(wang).secret
    for _ in range(25):
        later(wang, "28 minutes")
        assert is_open(wang, secret)
    later(wang, "28 minutes")
    assert not is_open(wang, secret)


def test_changing_the_password_ends_the_other_sessions_and_renews_the_secret_of_this_one(wang: Bureau) -> None:
    here, there = sign_in(wang).secret, sign_in(wang).secret
    assert here is not None
    changed = sessions.change_password(wang.application, secrets.digest(here), login="wang", old=GOOD, new=BETTER)
    assert [is_open(wang, secret) for secret in (here, there, changed.secret)] == [False, False, True]
    assert outcomes(wang, GOOD, BETTER) == ["wrong", "opened"]


def test_whoever_finds_an_open_session_does_not_guess_the_password_there(wang: Bureau) -> None:
    here = sign_in(wang).secret
    assert here is not None
    tried = [
        sessions.change_password(wang.application, secrets.digest(here), login="wang", old=old, new=BETTER).outcome
        for old in (*["no"] * 5, GOOD)
    ]
    assert tried == ["wrong"] * 5 + ["locked"]


def test_a_new_password_is_another_one(wang: Bureau) -> None:
    here = sign_in(wang).secret
    assert here is not None
    with pytest.raises(PasswordTheSame):
        sessions.change_password(wang.application, secrets.digest(here), login="wang", old=GOOD, new=GOOD)


def test_one_ends_ones_own_sessions_and_nobody_elses(wang: Bureau) -> None:
    here, other = sign_in(wang).secret, a_session(wang.urls.owner, "zhang")
    assert here is not None
    theirs = sessions.of(wang.application, wang.id("zhang"))[0].id
    assert sessions.sign_out(wang.application, secrets.digest(here), session=theirs) == 0
    assert is_open(wang, other)
    assert sessions.sign_out(wang.application, secrets.digest(here), everywhere=True) == 1
    assert not is_open(wang, here)


def test_an_ended_session_changes_nothing_any_more(wang: Bureau) -> None:
    here = sign_in(wang).secret
    assert here is not None
    proof = secrets.digest(here)
    sessions.sign_out(wang.application, proof)
    with pytest.raises(AccessNotYours):
        sessions.change_password(wang.application, proof, login="wang", old=GOOD, new=BETTER)
    assert sessions.sign_out(wang.application, proof) == 0


def test_the_password_is_nowhere_in_the_database(wang: Bureau) -> None:
    kept = wang.owner("SELECT encode(salt, 'hex'), cost, encode(verifier, 'hex') FROM access.passwords")
    ((salt, cost, verifier),) = kept
    derived = passwords.derived(GOOD, bytes.fromhex(salt), cost)
    assert derived.hex() != verifier
    assert passwords.derived(GOOD, bytes.fromhex(salt), cost) == derived


# Two at once: whoever closes the door finds whoever is just coming in.


def test_a_password_that_was_tried_while_the_account_is_being_closed_opens_nothing(wang: Bureau) -> None:
    with ThreadPoolExecutor(1) as other, psycopg.connect(wang.urls.application) as closing:
        accounts.disable(closing, wang.system, wang.id("wang"))
        trying = other.submit(sign_in, wang)
        wait_for_a_lock(wang)
        closing.commit()
        assert trying.result().outcome == "closed"


def test_an_identity_that_comes_in_while_it_is_being_unlinked_is_out_again(bureau: Bureau) -> None:
    identities.link(bureau.application, bureau.system, bureau.clerk("wang"), issuer="https://id", subject="1")
    with ThreadPoolExecutor(1) as other, psycopg.connect(bureau.urls.application) as coming:
        tried = sessions.sign_in_as(coming, issuer="https://id", subject="1")
        unlinking = other.submit(identities.unlink, bureau.application, bureau.system, issuer="https://id", subject="1")
        wait_for_a_lock(bureau)
        coming.commit()
        unlinking.result()
    assert not is_open(bureau, tried.secret)


def wait_for_a_lock(bureau: Bureau) -> None:
    """Until somebody waits for somebody else in this database."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    until = time.monotonic() + 30
    with psycopg.connect(bureau.urls.superuser, autocommit=True) as superuser:
        while superuser.execute(waiting).fetchone() is None:
            assert time.monotonic() < until
            time.sleep(0.02)
