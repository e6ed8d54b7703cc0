"""What `zhangtu accounts …` is told: its actions and their arguments."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, TypeAlias

from api.access.verbs import accounts as does
from api.access.verbs import tokens
from api.access.verbs.desk import Run
from domain.access.roles import Role
from infra.access.tokens import LONGEST

if TYPE_CHECKING:
    _Actions: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  argparse exports no name for it

TOKENS = "令牌：程序凭它进入 / tokens: what programs come in with"


def add_actions(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="动作/action")
    _action(actions, "list", "列出账号和授权 / list accounts and their roles", does.listed, login=False)
    create = _action(
        actions, "create", "新建账号，一次性口令只显示一次 / make one; its one-time password is shown once", does.create
    )
    create.add_argument("--name", required=True, help="姓名或名称 / the person's name, or what it is")
    create.add_argument("--unit", required=True, help="所代表的单位 / the unit it acts for")
    create.add_argument("--service", action="store_true", help="服务账号：只用令牌 / of another system: tokens only")
    create.add_argument("--holder", metavar="LOGIN", help="服务账号的责任人 / who answers for a service account")
    _place(_action(actions, "grant", "授予角色 / give a role", does.grant))
    _place(_action(actions, "revoke", "收回角色 / take a role", does.revoke))
    for name, (text, run) in does.SIMPLE.items():
        _action(actions, name, text, run)
    records = _action(actions, "records", "访问记录 / the records of access", does.told, login=False)
    records.add_argument("--of", metavar="LOGIN", help="只看此账号所为 / what this account did")
    records.add_argument("--what", help="只看此类，如 signed-in / of this kind, such as signed-in")
    records.add_argument("--limit", type=int, default=50, help="最近几条，默认 50 / how many of the latest, default 50")
    _token_actions(actions.add_parser("token", help=TOKENS, description=TOKENS))


def _action(actions: _Actions, name: str, text: str, run: Run, *, login: bool = True) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    if login:
        parser.add_argument("login", help="登录名 / the account's login")
    return parser


def _place(parser: argparse.ArgumentParser) -> None:
    roles = ", ".join(f"{role} {role.zh}" for role in Role)
    parser.add_argument("role", choices=[str(role) for role in Role], metavar="role", help=roles)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--everywhere", action="store_true", help="不限范围 / without bounds")
    where.add_argument("--division", metavar="CODE", help="区划代码，含下级 / a division and those below it")
    where.add_argument("--in-unit", metavar="ID", help="单位编号，含下属 / a unit and those under it")


def _token_actions(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(required=True, metavar="动作/action")
    create = _action(actions, "create", "新建，只显示一次 / make one; its secret is shown once", tokens.create)
    create.add_argument("--name", required=True, help="名称，记入历史 / what it is called; stands in the records")
    create.add_argument("--days", type=_days, default=90, help="有效天数，默认 90 / days until it expires, default 90")
    for option, text in (
        ("--kinds", "只读这些种类 / reads these kinds only"),
        ("--rights", "只用这些权限 / carries these rights only"),
        ("--commands", "只发这些命令 / sends these commands only"),
    ):
        create.add_argument(option, nargs="*", help=text)
    _action(actions, "list", "列出 / list them", tokens.listed, login=False)
    revoke = _action(actions, "revoke", "吊销 / revoke one", tokens.revoke, login=False)
    revoke.add_argument("id", help="list 中的编号 / the id that list shows")


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= LONGEST.days:
        raise argparse.ArgumentTypeError(f"1–{LONGEST.days}")
    return days
