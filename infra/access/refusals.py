"""What the database refuses about access, in words: it tells the code, here stand the sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from domain.kernel.errors import NotFound, Refusal

_STATE = "ZTACC"


class AccessRefused(Refusal):
    """Base of the rules about accounts, grants, sessions and tokens."""


class AccessNotYours(AccessRefused):
    code = "access-not-yours"
    zh = "您不能办理这一项：需要本人登录，或由相应的管理员办理。"
    en = "This is not yours to do: it takes the person's own session, or that of the administrator in charge."


class AccountUnknown(AccessRefused, NotFound):
    code = "account-unknown"
    zh = "没有这个账号。"
    en = "There is no such account."


class GrantUnknown(AccessRefused, NotFound):
    code = "grant-unknown"
    zh = "没有这项授权。"
    en = "There is no such grant."


class TokenUnknown(AccessRefused, NotFound):
    code = "token-unknown"
    zh = "没有这个令牌。"
    en = "There is no such token."


class LoginTaken(AccessRefused):
    code = "login-taken"
    field = "login"
    zh = "登录名已被使用，停用的账号也保留其登录名。"
    en = "This login is taken; closed accounts keep theirs too."


class HolderNotFit(AccessRefused):
    code = "holder-not-fit"
    field = "holder"
    zh = "服务账号的责任人应为没有管理员角色的个人账号。"
    en = "Whoever answers for a service account is a person who administers nothing."


class GrantToOneself(AccessRefused):
    code = "grant-to-oneself"
    zh = "不能给自己授权。"
    en = "Nobody gives a role to themselves."


class RolesApart(AccessRefused):
    code = "roles-apart"
    field = "role"
    zh = "管理员账号只能有一个角色：系统、安全、审计三员分立，也不兼任其他角色。"
    en = (
        "An administrator has one role: system, security and audit are three people, and none of them has another role."
    )


class AdministratorNotFit(AccessRefused):
    code = "administrator-not-fit"
    zh = "管理员应为用自己设定的口令登录的个人账号：不能是服务账号、其责任人，或关联统一认证的账号。"
    en = "An administrator is a person with a password that they set themselves: no service account, none that answers for one or signs in elsewhere."


class AdministratorLast(AccessRefused):
    code = "administrator-last"
    zh = "系统、安全、审计管理员各至少保留一名。"
    en = "One system, one security and one audit administrator must remain."


class PasswordNotOwn(AccessRefused):
    code = "password-not-own"
    zh = "本人尚未修改一次性口令，请待其登录并修改后再确认。"
    en = "The one-time password is not changed yet: confirm after the person has signed in and changed it."


class TokenTerm(AccessRefused):
    code = "token-term"
    field = "expires"
    zh = "令牌须有到期时间，最长 366 天。"
    en = "A token expires, after 366 days at most."


_BY_CODE = {
    cls.code: cls
    for cls in (
        AccessNotYours, AccountUnknown, GrantUnknown, TokenUnknown, LoginTaken, HolderNotFit, GrantToOneself, RolesApart,
        AdministratorNotFit, AdministratorLast, PasswordNotOwn, TokenTerm,
    )
}  # fmt: skip


@contextmanager
def told() -> Iterator[None]:
    """What the database refuses inside the block is raised as the rule it broke."""
    try:
        yield
    except psycopg.Error as error:
        if error.sqlstate != _STATE:
            raise
        raise _BY_CODE[error.diag.message_primary or ""] from None
