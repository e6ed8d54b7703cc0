"""What `zhangtu accounts token …` does."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

from api.access.verbs.desk import an_id, desk
from domain.access.policy import KINDS
from domain.access.principal import Narrowed
from domain.access.rights import Right
from domain.catalogue import COMMANDS
from domain.kernel.errors import InvalidValue
from infra.access import accounts, tokens
from infra.access.refusals import TokenUnknown
from infra.settings import Settings
from infra.terminal import say


class NameUnknown(InvalidValue):
    code = "name-unknown"
    zh = "没有“{given}”。可用的有：{known}"
    en = "There is no {given!r}. There are: {known}"


def create(settings: Settings, arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        secret = tokens.create(
            at.connection,
            at.proof,
            account=at.account(arguments.login).id,
            name=arguments.name,
            # A minute less, so that the last day that may be asked for is never a moment too much.
            expires=datetime.now(UTC) + timedelta(days=arguments.days, minutes=-1),
            narrowed=_narrowed(arguments),
        )
    say("新令牌（只显示这一次，请妥善保存）：", "The new token (shown this once; keep it safe):")
    print(secret)
    return 0


def listed(settings: Settings, _arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        logins = {account.id: account.login for account in accounts.everyone(at.connection)}
        for token in tokens.everyones(at.connection):
            state = "已吊销/revoked" if token.revoked_at else f"到期/until {token.expires_at:%Y-%m-%d}"
            print(token.id, token.name, logins[token.account], state, sep="\t")
    return 0


def revoke(settings: Settings, arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        if not tokens.revoke(at.connection, at.proof, an_id(arguments.id)):
            raise TokenUnknown
    say("已吊销。", "Revoked.")
    return 0


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
            raise NameUnknown(given=name, known=", ".join(sorted(known)))
    return None if given is None else frozenset(given)
