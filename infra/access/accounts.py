"""Accounts: made without rights by the system administrator, closed and opened, never deleted: history names them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from domain.kernel.errors import InvalidValue
from infra.access.calling import Connection, call

LONGEST_LOGIN = 64
_BESIDE_LETTERS = frozenset("._-@")


class LoginInvalid(InvalidValue):
    code = "login-invalid"
    field = "login"
    zh = "登录名只能用字母、汉字、数字和 . _ - @，最多 64 个字符。"
    en = "A login is made of letters, digits and . _ - @, 64 characters at most."


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is known of an account, none of it secret."""

    id: UUID
    login: str
    name: str
    unit: str
    service: bool
    holder: UUID | None
    password: str
    made_at: datetime
    disabled_at: datetime | None
    resting_since: datetime | None
    locked_until: datetime | None
    signed_in_at: datetime | None


def login(text: str) -> str:
    """As it is kept and compared: one form for what looks the same."""
    found = unicodedata.normalize("NFKC", text).strip().casefold()
    if not 0 < len(found) <= LONGEST_LOGIN or not all(c.isalnum() or c in _BESIDE_LETTERS for c in found):
        raise LoginInvalid
    return found


def make(
    connection: Connection,
    proof: bytes,
    *,
    login: str,
    name: str,
    unit: str,
    service: bool = False,
    holder: UUID | None = None,
) -> UUID:
    """`login` in the form that `login()` gives it. A service account has no password; its holder makes its tokens."""
    made: UUID = call(connection, "make_account", proof, login, name, unit, service, holder)
    return made


def change(connection: Connection, proof: bytes, account: UUID, *, name: str, unit: str, holder: UUID | None) -> None:
    """Another holder ends the tokens that the one before made, and what was granted rests until it is confirmed."""
    call(connection, "change_account", proof, account, name, unit, holder)


def disable(connection: Connection, proof: bytes, account: UUID) -> None:
    """Ends its sessions, and lets none of its tokens in while it lasts."""
    call(connection, "disable_account", proof, account)


def enable(connection: Connection, proof: bytes, account: UUID) -> None:
    call(connection, "enable_account", proof, account)


def unlock(connection: Connection, proof: bytes, account: UUID) -> None:
    call(connection, "unlock_account", proof, account)


def everyone(connection: Connection) -> list[Account]:
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute(ACCOUNTS + " ORDER BY made_at, login").fetchall()


def found(connection: Connection, account: UUID) -> Account | None:
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute(ACCOUNTS + " WHERE id = %s", [account]).fetchone()


def named(connection: Connection, login: str) -> Account | None:
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute(ACCOUNTS + " WHERE login = %s", [login]).fetchone()


ACCOUNTS = (
    "SELECT id, login, name, unit, service, holder, password, made_at, disabled_at, resting_since,"
    " CASE WHEN locked_until > clock_timestamp() THEN locked_until END AS locked_until, signed_in_at FROM access.accounts"
)
