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


class WebhookUnknown(AccessRefused, NotFound):
    code = "webhook-unknown"
    zh = "没有这个 Webhook。"
    en = "There is no such webhook."


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


class PasswordNotYoursToSet(AccessRefused):
    code = "password-not-yours-to-set"
    zh = "服务账号没有口令；管理员的口令和第二因素只能在本机命令行重置：accounts reset-password。"
    en = "A service account has no password; an administrator's, and their second factor, are reset at the command line only: accounts reset-password."


class SecondFactorThere(AccessRefused):
    code = "second-factor-there"
    zh = "已启用第二因素；更换请先解除。"
    en = "There is a second factor; remove it before you set up another one."


class SecondFactorNotBegun(AccessRefused):
    code = "second-factor-not-begun"
    zh = "尚未开始设置第二因素，或已经确认。"
    en = "No second factor waits for its first code."


class IdentityNotFit(AccessRefused):
    code = "identity-not-fit"
    zh = "服务账号和管理员不能关联统一认证。"
    en = "Service accounts and administrators do not sign in elsewhere."


class IdentityTaken(AccessRefused):
    code = "identity-taken"
    field = "subject"
    zh = "这个统一认证身份已经关联。"
    en = "This identity is linked already."


class IdentityUnknown(AccessRefused, NotFound):
    code = "identity-unknown"
    zh = "没有关联这个统一认证身份。"
    en = "No such identity is linked."


class DeputyNotFit(AccessRefused):
    code = "deputy-not-fit"
    field = "deputy"
    zh = "受托人应为另一位在任的审批人，请填写其登录名。"
    en = "A deputy is another approver: give the login of one."


class DeputyTerm(AccessRefused):
    code = "deputy-term"
    field = "until"
    zh = "委托的截止日不早于起始日，最长一年。"
    en = "A deputy decides from one day to a later one or the same, for a year at most."


class DeputyUnknown(AccessRefused, NotFound):
    code = "deputy-unknown"
    zh = "没有这项委托。"
    en = "You have made no such deputy."


class RecordUnknown(AccessRefused, NotFound):
    code = "record-unknown"
    field = "up_to"
    zh = "没有这条访问记录。"
    en = "There is no such record."


_BY_CODE = {
    cls.code: cls
    for cls in (
        AccessNotYours, AccountUnknown, GrantUnknown, TokenUnknown, WebhookUnknown, LoginTaken, HolderNotFit, GrantToOneself, RolesApart,
        AdministratorNotFit, AdministratorLast, PasswordNotOwn, TokenTerm,
        PasswordNotYoursToSet, SecondFactorThere, SecondFactorNotBegun, IdentityNotFit, IdentityTaken, IdentityUnknown,
        DeputyNotFit, DeputyTerm, DeputyUnknown, RecordUnknown,
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
