"""What `zhangtu accounts …` does about accounts, what they are granted, and the records of it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from api.access.verbs import passwords
from api.access.verbs.desk import Run, an_id, desk
from domain.access.principal import Grant
from domain.access.rights import Right
from domain.access.roles import BY_NAME
from domain.kernel.divisions import division
from infra.access import accounts, factors, grants, records, sessions
from infra.access.accounts import Account
from infra.access.calling import Connection
from infra.access.records import Record, Wanted
from infra.access.refusals import GrantUnknown
from infra.settings import Settings
from infra.terminal import say


def listed(settings: Settings, _arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        given = grants.everyones(at.connection)
        for account in accounts.everyone(at.connection):
            roles = "; ".join(_grant_told(one) for one in given if one.account == account.id)
            print(account.login, account.name, account.unit, _state(account), roles or "–", sep="\t")
    return 0


def create(settings: Settings, arguments: argparse.Namespace) -> int:
    login = arguments.login
    with desk(settings) as at:
        made = accounts.make(
            at.connection,
            at.proof,
            login=accounts.login(login),
            name=arguments.name,
            unit=arguments.unit,
            service=arguments.service,
            holder=None if arguments.holder is None else at.account(arguments.holder).id,
        )
        password = None if arguments.service else passwords.hand_out(at, made)
    say(
        f"账号已建，尚无任何角色：./dev accounts grant {login} …",
        f"The account is made. It has no role yet: ./dev accounts grant {login} …",
    )
    if password is not None:
        passwords.show(login, password)
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


def told(settings: Settings, arguments: argparse.Namespace) -> int:
    """The latest records, and that somebody looked at them."""
    with desk(settings) as at:
        account = None if arguments.of is None else at.account(arguments.of).id
        found = records.page(at.connection, Wanted(account=account, what=arguments.what), arguments.limit)
        records.used_at_console(at.connection, Right.RECORDS, operation="accounts records")
    for record in found:
        print(*_told(record), sep="\t")
    return 0


def _told(record: Record) -> tuple[str, ...]:
    detail = json.dumps(record.detail, ensure_ascii=False)
    who = f"{record.login or '–'} ({record.via or '–'})"
    return str(record.number), f"{record.at:%Y-%m-%d %H:%M:%S%z}", record.what, who, record.address or "–", detail


def _done(does: Callable[[Connection, bytes, UUID], object]) -> Run:
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
        "sign-out": ("结束其全部会话 / end all of its sessions", _done(sessions.end)),
        "remove-second-factor": ("停用其验证码 / remove its second factor", _done(factors.remove_of)),
        "reset-password": ("发一次性口令，只显示一次 / a one-time password, shown once", passwords.reset),
        "change-password": ("本人修改口令 / change one's own password", passwords.change),
    }
)


def _asked(arguments: argparse.Namespace) -> Grant:
    return Grant(
        role=BY_NAME[arguments.role],
        division=division(arguments.division) if arguments.division else None,
        unit=an_id(arguments.in_unit) if arguments.in_unit else None,
    )


def _grant_told(given: grants.Given) -> str:
    return f"{given.role} @ {given.division or given.unit or '*'}"


def _state(account: Account) -> str:
    if account.disabled_at:
        return "停用/closed"
    return "待确认/rests" if account.resting_since else "服务/service" if account.service else "启用/open"
