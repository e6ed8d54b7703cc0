"""What `zhangtu accounts …` does about passwords: hands out one that must be changed, and lets people change theirs here."""

from __future__ import annotations

import argparse
import getpass
import sys
from dataclasses import dataclass
from uuid import UUID

import psycopg

from api.access.signing_in_refusals import SignInRefused
from api.access.verbs.desk import Desk, desk, told_plainly
from api.lifecycle.database import borrowed_database
from infra.access import accounts, keyfile, secrets, sessions
from infra.access.calling import Connection
from infra.problems import Problem
from infra.settings import Settings
from infra.terminal import say

AGENT = "command line"


class NotTheSame(Problem):
    zh = "两次输入的新口令不一致，口令没有修改。"
    en = "The two new passwords differ; nothing was changed."


def hand_out(at: Desk, account: UUID) -> str:
    """A one-time password, which exists nowhere but in the answer."""
    return sessions.set_one_time(at.connection, at.proof, account)


def show(login: str, password: str) -> None:
    say(
        f"{login} 的一次性口令（只显示这一次），登录后须修改：./dev accounts change-password {login}",
        f"The one-time password of {login} (shown this once), to be changed: ./dev accounts change-password {login}",
    )
    print(password)


def reset(settings: Settings, arguments: argparse.Namespace) -> int:
    with desk(settings) as at:
        found = at.account(arguments.login)
        password = hand_out(at, found.id)
    show(found.login, password)
    return 0


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody who says who they are, as at the web's door."""

    login: str
    password: str
    key: bytes

    def sign_in(self, connection: Connection) -> str:
        """The secret of a session, which ends with this command."""
        tried = self._try(connection, None)
        if tried.outcome == "code-needed":
            tried = self._try(connection, _asked("验证码 / code: "))
        if tried.secret is None:
            raise SignInRefused
        return tried.secret

    def _try(self, connection: Connection, code: str | None) -> sessions.Tried:
        return sessions.sign_in(
            connection, login=self.login, password=self.password, code=code, key=self.key, agent=AGENT
        )


def change(settings: Settings, arguments: argparse.Namespace) -> int:
    """With the application's rights and no others: whoever sits here changes nothing without the present password."""
    with told_plainly(), borrowed_database(settings, "accounts") as ready:
        login, old = accounts.login(arguments.login), _asked("现口令 / present password: ")
        person = _Person(login, old, keyfile.factor_key(settings.var_dir))
        with psycopg.connect(ready.application_url, autocommit=True) as connection:
            secret = person.sign_in(connection)
            try:
                secret = _changed(connection, secret, person)
            finally:
                sessions.sign_out(connection, secrets.digest(secret))
    say("口令已修改。", "The password is changed.")
    return 0


def _changed(connection: Connection, secret: str, person: _Person) -> str:
    """The secret under which the session goes on."""
    new = _asked("新口令 / new password: ")
    if _asked("再输一次 / once more: ") != new:
        raise NotTheSame
    proof = secrets.digest(secret)
    tried = sessions.change_password(connection, proof, login=person.login, old=person.password, new=new)
    if tried.secret is None:
        raise SignInRefused
    return tried.secret


def _asked(prompt: str) -> str:
    """Not shown while it is typed; from a script, a line."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
