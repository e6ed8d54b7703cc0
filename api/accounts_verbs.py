"""What `zhangtu accounts …` does, as the owner of the machine: the same functions as the administrators', recorded as by the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

import psycopg

from api.lifecycle_database import borrowed_database
from domain.access.policy import KINDS
from domain.access.principal import Grant, Narrowed
from domain.access.rights import Right
from domain.access.roles import BY_NAME
from domain.catalogue import COMMANDS
from domain.kernel.divisions import division
from domain.kernel.errors import InvalidValue, Refusal
from infra.access import accounts, grants, tokens
from infra.access.accounts import Account
from infra.access.calling import Connection
from infra.access.console import console
from infra.access.refusals import AccountUnknown, GrantUnknown, TokenUnknown
from infra.problems import Problem
from infra.settings import Settings
from infra.terminal import say

Run: TypeAlias = Callable[[Settings, argparse.Namespace], int]


class Refused(Problem):
    zh = "{zh}"
    en = "{en}"


class NotAnId(InvalidValue):
    code = "id-invalid"
    zh = "“{given}”不是编号（UUID）。"
    en = "{given!r} is not an id (a UUID)."


class NameUnknown(InvalidValue):
    code = "name-unknown"
    zh = "没有“{given}”。可用的有：{known}"
    en = "There is no {given!r}. There are: {known}"


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
    try:
        with (
            borrowed_database(settings, "accounts") as ready,
            psycopg.connect(ready.owner_url) as owner,
            console(owner) as proof,
        ):
            yield Desk(owner, proof)
    except Refusal as refusal:
        raise Refused(zh=refusal.message_zh, en=refusal.message_en) from None


def listed(settings: Settings, _arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        given = grants.everyones(at.connection)
        for account in accounts.everyone(at.connection):
            roles = "; ".join(_grant_told(one) for one in given if one.account == account.id)
            print(account.login, account.name, account.unit, _state(account), roles or "–", sep="\t")
    return 0


def create(settings: Settings, arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        accounts.make(
            at.connection,
            at.proof,
            login=accounts.login(arguments.login),
            name=arguments.name,
            unit=arguments.unit,
            service=arguments.service,
        )
    say("账号已建，尚无任何角色：accounts grant", "The account is made. It has no role yet: accounts grant")
    return 0


def grant(settings: Settings, arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        grants.give(at.connection, at.proof, at.account(arguments.login).id, _asked(arguments))
    say("已授予。", "Given.")
    return 0


def revoke(settings: Settings, arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        asked = _asked(arguments)
        held = grants.of(at.connection, at.account(arguments.login).id)
        found = [one for one in held if (one.role, one.division, one.unit) == (asked.role, asked.division, asked.unit)]
        if not found:
            raise GrantUnknown
        grants.take(at.connection, at.proof, found[0].id)
    say("已收回。", "Taken.")
    return 0


def _done(does: Callable[[Connection, bytes, UUID], None]) -> Run:
    def run(settings: Settings, arguments: argparse.Namespace) -> int:
        with desk(settings) as at:
            does(at.connection, at.proof, at.account(arguments.login).id)
        say("已办理。", "Done.")
        return 0

    return run


SIMPLE: Mapping[str, tuple[str, Run]] = MappingProxyType(
    {
        "disable": ("停用，立即退出 / close it; its sessions end", _done(accounts.disable)),
        "enable": ("启用 / open it again", _done(accounts.enable)),
        "unlock": ("解除口令锁定 / let it try its password again", _done(accounts.unlock)),
        "confirm": ("确认本人，恢复其角色 / the right person has it: its roles hold again", _done(grants.confirm)),
    }
)


def token_create(settings: Settings, arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        secret = tokens.create(
            at.connection,
            at.proof,
            account=at.account(arguments.login).id,
            name=arguments.name,
            expires=datetime.now(UTC) + timedelta(days=arguments.days),
            narrowed=_narrowed(arguments),
        )
    say("新令牌（只显示这一次，请妥善保存）：", "The new token (shown this once; keep it safe):")
    print(secret)
    return 0


def token_list(settings: Settings, _arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        logins = {account.id: account.login for account in accounts.everyone(at.connection)}
        for token in tokens.everyones(at.connection):
            state = "已吊销/revoked" if token.revoked_at else f"到期/until {token.expires_at:%Y-%m-%d}"
            print(token.id, token.name, logins[token.account], state, sep="\t")
    return 0


def token_revoke(settings: Settings, arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        if not tokens.revoke(at.connection, at.proof, _id(arguments.id)):
            raise TokenUnknown
    say("已吊销。", "Revoked.")
    return 0


def _asked(arguments: argparse.Namespace) -> Grant:
    return Grant(
        role=BY_NAME[arguments.role],
        division=division(arguments.division) if arguments.division else None,
        unit=_id(arguments.in_unit) if arguments.in_unit else None,
    )


def _narrowed(arguments: argparse.Namespace) -> Narrowed:
    rights = _known(arguments.rights, frozenset(Right))
    return Narrowed(
        kinds=_known(arguments.kinds, KINDS),
        rights=None if rights is None else frozenset(right for right in Right if right in rights),
        commands=_known(arguments.commands, frozenset(COMMANDS)),
    )


def _known(given: list[str] | None, known: frozenset[str]) -> frozenset[str] | None:
    for name in given or ():
        if name not in known:
            raise NameUnknown(given=name, known=sorted(known))
    return None if given is None else frozenset(given)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotAnId(given=text) from None


def _grant_told(given: grants.Given) -> str:
    return f"{given.role} @ {given.division or given.unit or '*'}"


def _state(account: Account) -> str:
    if account.disabled_at:
        return "停用/closed"
    return "待确认/rests" if account.resting_since else "服务/service" if account.service else "启用/open"
