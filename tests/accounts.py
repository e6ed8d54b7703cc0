"""Accounts for tests: made as the command line makes them, with the roles that a test asks for."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import psycopg

from domain.access.principal import WHOLE, Grant, Narrowed
from domain.access.roles import Role
from infra.access import accounts, grants, passwords, secrets, tokens
from infra.access.calling import call
from infra.access.console import console

UNIT = "区机关事务管理局"


def an_account(
    owner_url: str, login: str, given: Iterable[Grant] = (), *, unit: str = UNIT, service: bool = False
) -> UUID:
    """The account of this login, which has these roles at least afterwards."""
    with psycopg.connect(owner_url) as owner, console(owner, "tests") as proof:
        found = accounts.named(owner, login)
        made = found.id if found else accounts.make(owner, proof, login=login, name=login, unit=unit, service=service)
        for grant in given:
            grants.give(owner, proof, made, grant)
    return made


def closed(owner_url: str, login: str) -> None:
    with psycopg.connect(owner_url) as owner, console(owner, "tests") as proof:
        found = accounts.named(owner, login)
        assert found is not None
        accounts.disable(owner, proof, found.id)


def a_token(
    owner_url: str,
    login: str = "li",
    *,
    role: Role = Role.PREMISES_OFFICER,
    given: Iterable[Grant] | None = None,
    narrowed: Narrowed = WHOLE,
    secret: str | None = None,
) -> str:
    """A token of this login. With no roles asked for, it has every one that is not an administrator's, everywhere, `role` first."""
    account = an_account(owner_url, login, grants.everywhere([role]) if given is None else given)
    with psycopg.connect(owner_url) as owner, console(owner, "tests") as proof:
        return tokens.create(owner, proof, account=account, name=login, narrowed=narrowed, secret=secret)


def a_session(owner_url: str, login: str, given: Iterable[Grant] = ()) -> str:
    """The secret of an open session of somebody with a password of their own, without the time that hashing takes."""
    account = an_account(owner_url, login, given)
    secret = secrets.new(secrets.SESSION)
    with psycopg.connect(owner_url) as owner:
        owner.execute("UPDATE access.accounts SET password = 'own' WHERE id = %s", [account])
        opening = "SELECT access.open_session(%s, 'password', %s, NULL, NULL)"
        owner.execute(opening, [account, secrets.digest(secret)])
    return secret


def a_password(owner_url: str, login: str, password: str) -> None:
    """Set as the person themselves would have, for an account that is there."""
    kept = passwords.kept(password)
    with psycopg.connect(owner_url) as owner, console(owner, "tests") as proof:
        found = accounts.named(owner, login)
        assert found is not None
        call(owner, "set_one_time", proof, found.id, kept.salt, kept.cost, kept.verifier)
        owner.execute("UPDATE access.accounts SET password = 'own' WHERE id = %s", [found.id])
