"""The first start: three administrators, once; and whether their first passwords are still good."""

from __future__ import annotations

import psycopg
import pytest

from infra.access import accounts, first_start, passwords, principals, secrets, sessions
from infra.access.console import console
from infra.access.first_start import ADMINISTRATORS, Made, is_pending
from infra.cluster import Urls

GOOD = "quiet river under seven bridges"


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", "m=64,t=1,p=1")


def make(urls: Urls) -> list[Made]:
    with psycopg.connect(urls.owner) as owner:
        return first_start.make_administrators(owner)


def change(urls: Urls, one: Made) -> None:
    with psycopg.connect(urls.application, autocommit=True) as application:
        tried = sessions.sign_in(application, login=one.login, password=one.password, code=None, key=b"")
        assert tried.secret is not None
        found = principals.of_session(application, tried.secret)
        assert found is not None
        assert (found[0].grants, found[1].must_change) == ((), True)
        proof = secrets.digest(tried.secret)
        assert sessions.change_password(application, proof, login=one.login, old=one.password, new=GOOD).secret


def pending(urls: Urls) -> bool:
    with psycopg.connect(urls.application) as application:
        return is_pending(application)


def test_it_makes_three_administrators_once(database: Urls) -> None:
    made = make(database)
    assert [(one.login, one.role) for one in made] == list(ADMINISTRATORS)
    assert len({one.password for one in made}) == 3
    assert make(database) == []


def test_it_is_pending_until_the_last_of_the_three_passwords_is_changed(database: Urls) -> None:
    assert not pending(database)
    made = make(database)
    for one in made:
        assert pending(database)
        change(database, one)
    assert not pending(database)


def test_a_password_that_is_reset_later_does_not_close_the_door_again(database: Urls) -> None:
    made = make(database)
    for one in made:
        change(database, one)
    with psycopg.connect(database.owner) as owner, console(owner, "tests") as proof:
        found = accounts.named(owner, "secadmin")
        assert found is not None
        sessions.set_one_time(owner, proof, found.id)
    assert not pending(database)


def test_a_first_password_that_is_replaced_before_it_was_used_is_as_pending(database: Urls) -> None:
    first, *others = make(database)
    for one in others:
        change(database, one)
    with psycopg.connect(database.owner) as owner, console(owner, "tests") as proof:
        found = accounts.named(owner, first.login)
        assert found is not None
        sessions.set_one_time(owner, proof, found.id)
    assert pending(database)
