"""Second factors: begun with a secret that is shown once, confirmed with a first code, removed with the password."""

from __future__ import annotations

import time
from uuid import UUID

from domain.kernel.errors import InvalidValue
from infra.access import keyfile, passwords, totp
from infra.access.calling import Connection, call


class CodeWrong(InvalidValue):
    code = "code-wrong"
    field = "code"
    zh = "验证码不对。请核对手机时间，等下一个验证码出现后再试。"
    en = "This code is not right. Check the clock of your device, and try the next one."


def begin(connection: Connection, proof: bytes, *, account: UUID, key: bytes) -> bytes:
    """The secret for the person's app. It asks for no code at sign-in before it is confirmed."""
    secret = totp.new_secret()
    call(connection, "begin_factor", proof, keyfile.seal(key, secret, account.bytes))
    return secret


def confirm(connection: Connection, proof: bytes, *, account: UUID, key: bytes, code: str) -> None:
    sealed = call(connection, "begun_factor", proof)
    step = None if sealed is None else totp.step_of(keyfile.unseal(key, sealed, account.bytes), code, time.time())
    if sealed is not None and step is None:
        raise CodeWrong
    call(connection, "confirm_factor", proof, step)


def remove(connection: Connection, proof: bytes, *, login: str, password: str) -> str:
    """The outcome of the password: right (and removed), wrong or locked."""
    row = connection.execute("SELECT salt, cost FROM access.challenge(%s)", [login]).fetchone()
    salt, cost = row or passwords.nobodys()
    outcome: str = call(connection, "remove_factor", proof, passwords.derived(password, salt, cost))
    return outcome


def remove_of(connection: Connection, proof: bytes, account: UUID) -> None:
    """For somebody who lost theirs, by the system administrator."""
    call(connection, "remove_factor_of", proof, account)


def is_confirmed(connection: Connection, login: str) -> bool:
    row = connection.execute("SELECT sealed IS NOT NULL FROM access.challenge(%s)", [login]).fetchone()
    return row == (True,)
