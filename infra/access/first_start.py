"""The first start: three administrators with passwords that are printed once, and are strangers' until they are changed."""

from __future__ import annotations

from dataclasses import dataclass

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import accounts, grants, sessions
from infra.access.calling import Connection
from infra.access.console import console

UNIT = "账图"
ADMINISTRATORS = (
    ("sysadmin", Role.SYSTEM_ADMINISTRATOR),
    ("secadmin", Role.SECURITY_ADMINISTRATOR),
    ("auditadmin", Role.AUDIT_ADMINISTRATOR),
)


@dataclass(frozen=True, slots=True)
class Made:
    role: Role
    login: str
    password: str


def make_administrators(owner: Connection) -> list[Made]:
    """The three and their passwords, which are nowhere else; nothing where there is any administrator already.

    All three or none: whoever is interrupted before the passwords were shown gets new ones from `accounts reset-password`.
    """
    with console(owner, "up") as proof:
        if owner.execute("SELECT FROM access.grants WHERE role LIKE '%-administrator' LIMIT 1").fetchone() is not None:
            return []
        return [_made(owner, proof, login, role) for login, role in ADMINISTRATORS]


def _made(owner: Connection, proof: bytes, login: str, role: Role) -> Made:
    account = accounts.make(owner, proof, login=login, name=role.zh, unit=UNIT)
    grants.give(owner, proof, account, Grant(role=role))
    password = sessions.set_one_time(owner, proof, account)
    owner.execute("UPDATE access.accounts SET first = true WHERE id = %s", [account])
    return Made(role=role, login=login, password=password)


def is_pending(connection: Connection) -> bool:
    """Whether a password of the first start was never changed. A later reset of one that was does not count."""
    row = connection.execute(
        "SELECT EXISTS (SELECT FROM access.accounts WHERE first AND password = 'one-time' AND disabled_at IS NULL)"
    ).fetchone()
    return row == (True,)
