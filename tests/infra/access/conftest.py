"""A bureau with three administrators at work, and a clerk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import TupleRow

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import accounts, passwords, secrets
from infra.cluster import Urls
from tests.accounts import a_session, an_account

Connection = psycopg.Connection[TupleRow]


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested here is not how slow it is."""
    monkeypatch.setattr(passwords, "COST", "m=64,t=1,p=1")


@dataclass(frozen=True)
class Bureau:
    """`application` is a connection with the application's rights and no others; the rest are proofs of people at work."""

    urls: Urls
    application: Connection
    system: bytes
    security: bytes
    audit: bytes

    def clerk(self, login: str = "wang", *given: Grant) -> UUID:
        return an_account(self.urls.owner, login, given)

    def at_work(self, login: str, *given: Grant) -> bytes:
        return secrets.digest(a_session(self.urls.owner, login, given))

    def id(self, login: str) -> UUID:
        found = accounts.named(self.application, login)
        assert found is not None
        return found.id

    def owner(self, statement: str, *values: object) -> list[TupleRow]:
        """As the database's owner, for what takes hours otherwise."""
        with psycopg.connect(self.urls.owner) as connection:
            done = connection.execute(statement.encode(), values)
            return done.fetchall() if done.description else []

    def records(self, what: str) -> list[TupleRow]:
        return self.owner(
            "SELECT login, via, subject, detail FROM access.records WHERE what = %s ORDER BY number", what
        )


@pytest.fixture
def bureau(database: Urls) -> Iterator[Bureau]:
    proofs = [
        secrets.digest(a_session(database.owner, login, [Grant(role=role)]))
        for login, role in (
            ("sysadmin", Role.SYSTEM_ADMINISTRATOR),
            ("secadmin", Role.SECURITY_ADMINISTRATOR),
            ("auditadmin", Role.AUDIT_ADMINISTRATOR),
        )
    ]
    with psycopg.connect(database.application, autocommit=True) as application:
        yield Bureau(database, application, *proofs)
