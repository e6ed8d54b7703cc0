"""Sessions of people: opened by a password and a code, or by an identity that another house vouches for; ended one or all."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from infra.access import keyfile, passwords, secrets, totp
from infra.access.calling import Connection, call


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of a try: `secret` opens the session when the outcome is "opened".

    Other outcomes are unknown, wrong, locked, closed, code-needed and code-wrong. A stranger may be told of code-needed,
    since they knew the password, and must not be told the others apart.
    """

    outcome: str
    secret: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A session as its owner may see it."""

    id: UUID
    how: str
    opened_at: datetime
    seen_at: datetime
    ends_at: datetime
    address: str | None
    agent: str | None


def sign_in(
    connection: Connection,
    *,
    login: str,
    password: str,
    code: str | None,
    key: bytes,
    address: str | None = None,
    agent: str | None = None,
) -> Tried:
    """One try, which counts and is recorded when the caller's transaction is committed. It takes the same time for any login.

    `login` in the form that `accounts.login` gives it; `key` is what second factors are sealed with.
    """
    account, salt, cost, sealed = _challenge(connection, login)
    candidate = passwords.derived(password, salt, cost)
    step = _step(account, sealed, key, code)
    secret = secrets.new(secrets.SESSION)
    outcome = call(
        connection, "sign_in", login, candidate, code is not None, step, secrets.digest(secret), address, agent
    )
    return Tried(outcome=outcome, secret=secret if outcome == "opened" else None)


def sign_in_as(
    connection: Connection, *, issuer: str, subject: str, address: str | None = None, agent: str | None = None
) -> Tried:
    """By an identity, which the caller has verified; only one that was linked to an account before opens."""
    secret = secrets.new(secrets.SESSION)
    outcome = call(connection, "sign_in_as", issuer, subject, secrets.digest(secret), address, agent)
    return Tried(outcome=outcome, secret=secret if outcome == "opened" else None)


def change_password(connection: Connection, proof: bytes, *, login: str, old: str, new: str) -> Tried:
    """The outcome of the old password (right, wrong, locked); when right, the secret under which this session goes on."""
    passwords.require_good(new, login=login)
    if new == old:
        raise passwords.PasswordTheSame
    _, salt, cost, _ = _challenge(connection, login)
    kept = passwords.kept(new)
    renewed = secrets.new(secrets.SESSION)
    outcome = call(
        connection,
        "change_password",
        proof,
        passwords.derived(old, salt, cost),
        kept.salt,
        kept.cost,
        kept.verifier,
        secrets.digest(renewed),
    )
    return Tried(outcome=outcome, secret=renewed if outcome == "right" else None)


def set_one_time(connection: Connection, proof: bytes, account: UUID) -> str:
    """A new password to be handed to the person, which opens nothing but its own change. What they were granted rests."""
    password = passwords.one_time()
    kept = passwords.kept(password)
    call(connection, "set_one_time", proof, account, kept.salt, kept.cost, kept.verifier)
    return password


def sign_out(connection: Connection, proof: bytes, *, session: UUID | None = None, everywhere: bool = False) -> int:
    """How many were ended: this one, another one of one's own, or all."""
    return int(call(connection, "sign_out", proof, session, everywhere))


def end(connection: Connection, proof: bytes, account: UUID) -> int:
    """All sessions of an account, by the system administrator."""
    return int(call(connection, "end_sessions", proof, account))


def of(connection: Connection, account: UUID) -> list[Open]:
    """Those that have not ended, the one used last first."""
    with connection.cursor(row_factory=class_row(Open)) as cursor:
        return cursor.execute(
            "SELECT id, how, opened_at, seen_at, ends_at, address, agent FROM access.sessions WHERE account = %s"
            " AND ended_at IS NULL AND ends_at > clock_timestamp() AND seen_at > clock_timestamp() - interval '30 minutes'"
            " ORDER BY seen_at DESC",
            [account],
        ).fetchall()


def _challenge(connection: Connection, login: str) -> tuple[UUID | None, bytes, str, bytes | None]:
    row: tuple[Any, ...] | None = connection.execute("SELECT * FROM access.challenge(%s)", [login]).fetchone()
    if row is None:
        return (None, *passwords.nobodys(), None)
    return row[0], row[1], row[2], row[3]


def _step(account: UUID | None, sealed: bytes | None, key: bytes, code: str | None) -> int | None:
    if account is None or sealed is None or code is None:
        return None
    return totp.step_of(keyfile.unseal(key, sealed, account.bytes), code, time.time())
