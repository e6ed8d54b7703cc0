"""What is said to who does not get in. Of most reasons the same: who is told them apart learns which logins there are."""

from __future__ import annotations

from api.refusals import NotThere
from domain.kernel.errors import InvalidValue, Refusal


class SignInRefused(Refusal):
    code = "sign-in-refused"
    zh = "未能登录：登录名、口令或验证码不正确，或者该账号暂时不能登录。多次出错后须等待一段时间再试。"
    en = "Not signed in: the login, password or code is not right, or this account cannot sign in now. After several mistakes, wait a while."


class CodeNeeded(Refusal):
    code = "code-needed"
    field = "code"
    zh = "请填写手机上的六位验证码。"
    en = "Give the six digits that your app shows as well."


class ElsewhereRefused(Refusal):
    code = "sign-in-elsewhere-refused"
    zh = "统一身份认证没有确认您的身份，或者您的身份没有关联到账号。请重新登录，或联系系统管理员。"
    en = "The single sign-on did not confirm who you are, or you are linked to no account here. Try again, or ask the system administrator."


class ProviderAway(Refusal):
    code = "identity-provider-away"
    zh = "统一身份认证暂时不可用，请稍后重试，或用口令登录。"
    en = "The single sign-on cannot be reached now. Try again later, or sign in with your password."


class NoProvider(NotThere):
    zh = "没有设置统一身份认证。"
    en = "No single sign-on is set up."


class PasswordWrong(InvalidValue):
    code = "password-wrong"
    field = "old"
    zh = "原口令不正确。"
    en = "The present password is not right."


class PasswordLocked(Refusal):
    code = "password-locked"
    zh = "口令多次输错，请稍后再试。"
    en = "Too many wrong passwords; try again later."


class SessionUnknown(NotThere):
    zh = "没有这个会话，或者它已经结束。"
    en = "There is no such session, or it has ended."
