from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from infra import tokens
from infra.cluster import Urls


def _created(urls: Urls, *, expires_at: datetime | None = None) -> str:
    secret = tokens.new_secret()
    with psycopg.connect(urls.owner) as owner:
        tokens.create(
            owner, secret=secret, name="资产科", actor="zhang", unit="u-1", role="clerk", expires_at=expires_at
        )
    return secret


def _opened_by(urls: Urls, secret: str) -> tokens.Token | None:
    with psycopg.connect(urls.application) as application:
        return tokens.look_up(application, secret)


def test_a_secret_opens_the_token_it_was_made_for(database: Urls) -> None:
    found = _opened_by(database, _created(database))
    assert found is not None
    assert (found.name, found.actor, found.unit, found.role) == ("资产科", "zhang", "u-1", "clerk")


def test_another_secret_opens_nothing(database: Urls) -> None:
    _created(database)
    assert _opened_by(database, tokens.new_secret()) is None


def test_the_secret_itself_is_stored_nowhere(database: Urls) -> None:
    secret = _created(database)
    with psycopg.connect(database.owner) as owner:
        rows = owner.execute("SELECT t::text FROM access.tokens t").fetchall()
    assert secret not in str(rows)
    assert secret.encode().hex() not in str(rows)


def test_a_revoked_token_opens_nothing_and_is_revoked_once(database: Urls) -> None:
    secret = _created(database)
    found = _opened_by(database, secret)
    assert found is not None
    with psycopg.connect(database.owner) as owner:
        assert tokens.revoke(owner, found.id)
        assert not tokens.revoke(owner, found.id)
    assert _opened_by(database, secret) is None


def test_an_expired_token_opens_nothing(database: Urls) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=0.2)
    secret = _created(database, expires_at=soon)
    assert _opened_by(database, secret) is not None
    with psycopg.connect(database.application) as application:
        application.execute("SELECT pg_sleep(0.3)")
    assert _opened_by(database, secret) is None


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO access.tokens (digest, name, actor, unit, role) VALUES (sha256('x'), 'x', 'x', 'x', 'x')",
        "UPDATE access.tokens SET role = 'administrator'",
        "DELETE FROM access.tokens",
        "TRUNCATE access.tokens",
    ],
)
def test_the_application_cannot_change_who_may_act(module_database: Urls, statement: str) -> None:
    with (
        psycopg.connect(module_database.application) as application,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        application.execute(statement)
