"""Where `zhangtu accounts …` works: as the owner of the machine, by the same functions as the administrators, recorded as by the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

import psycopg

from api.lifecycle.database import borrowed_database
from domain.kernel.errors import InvalidValue, Refusal
from infra.access import accounts
from infra.access.accounts import Account
from infra.access.calling import Connection
from infra.access.console import console
from infra.access.refusals import AccountUnknown
from infra.problems import Problem
from infra.settings import Settings

Run: TypeAlias = Callable[[Settings, argparse.Namespace], int]


class Refused(Problem):
    zh = "{zh}"
    en = "{en}"


class NotAnId(InvalidValue):
    code = "id-invalid"
    zh = "“{given}”不是编号（UUID）。"
    en = "{given!r} is not an id (a UUID)."


@dataclass(frozen=True, slots=True)
class Desk:
    """The owner's connection, and the proof that it is the owner."""

    connection: Connection
    proof: bytes

    def account(self, login: str) -> Account:
        found = accounts.named(self.connection, accounts.login(login))
        if found is None:
            raise AccountUnknown
        return found


@contextmanager
def desk(settings: Settings) -> Iterator[Desk]:
    """Everything in the block, and its records, is there at its end, or nothing of it."""
    with (
        told_plainly(),
        borrowed_database(settings, "accounts") as ready,
        psycopg.connect(ready.owner_url) as owner,
        console(owner) as proof,
    ):
        yield Desk(owner, proof)


@contextmanager
def told_plainly() -> Iterator[None]:
    """A rule that says no is a problem of whoever sits here."""
    try:
        yield
    except Refusal as refusal:
        raise Refused(zh=refusal.message_zh, en=refusal.message_en) from None


def an_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotAnId(given=text) from None
