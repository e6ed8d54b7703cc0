"""Records of access in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import unquote

from domain.access.rights import Right
from domain.access.roles import BY_NAME

WHAT: Final = MappingProxyType(
    {
        "signed-in": ("登录", "Signed in"),
        "sign-in-refused": ("登录未成", "Sign-in refused"),
        "signed-out": ("退出", "Signed out"),
        "used": ("使用受监督的权限", "Used a right that is watched over"),
        "refused": ("越权被拒", "Refused: not allowed"),
        "account-made": ("新建账号", "Account made"),
        "account-changed": ("修改账号", "Account changed"),
        "account-disabled": ("停用账号", "Account closed"),
        "account-enabled": ("启用账号", "Account opened again"),
        "account-unlocked": ("解锁账号", "Account unlocked"),
        "account-confirmed": ("确认账号", "Account confirmed"),
        "role-given": ("授予角色", "Role given"),
        "role-taken": ("收回角色", "Role taken back"),
        "password-given": ("发给一次性口令", "One-time password handed out"),
        "password-changed": ("修改口令", "Password changed"),
        "password-refused": ("口令不对", "Wrong password"),
        "second-factor-confirmed": ("启用验证码", "Second factor set up"),
        "second-factor-removed": ("停用验证码", "Second factor removed"),
        "sessions-ended": ("结束会话", "Sessions ended"),
        "identity-linked": ("关联统一身份", "Single sign-on linked"),
        "identity-unlinked": ("解除统一身份", "Single sign-on unlinked"),
        "token-made": ("新建令牌", "Token made"),
        "token-revoked": ("吊销令牌", "Token revoked"),
        "deputy-made": ("委托审批", "Deputy made"),
        "deputy-ended": ("结束委托", "Deputy ended"),
        "webhook-made": ("新建 Webhook", "Webhook made"),
        "webhook-ended": ("停用 Webhook", "Webhook ended"),
        "reviewed": ("审阅记录", "Records reviewed"),
    }
)
"""By `what`."""

_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "login": ("账号", "account"), "role": ("角色", "role"), "right": ("权限", "right"), "name": ("名称", "name"),
    "unit": ("单位", "unit"), "division": ("区划", "division"), "outcome": ("结果", "outcome"), "asked": ("请求", "request"),
    "holder": ("责任人", "holder"), "service": ("服务账号", "service account"), "sessions": ("会话数", "sessions"),
    "up_to": ("审阅到", "up to"), "remark": ("意见", "remark"), "url": ("地址", "address"), "code": ("原因", "why"),
    "from_day": ("起", "from"), "until_day": ("止", "until"),
}  # fmt: skip
_OUTCOMES: Final[Mapping[str, tuple[str, str]]] = {
    "opened": ("成功", "let in"), "wrong": ("口令错误", "wrong password"), "locked": ("账号锁定中", "account locked"),
    "closed": ("账号已停用", "account closed"), "unknown": ("没有这个账号", "no such account"),
    "code-needed": ("待输入验证码", "waits for a code"), "code-wrong": ("验证码错误", "wrong code"),
}  # fmt: skip


def told(what: str, detail: Mapping[str, Any]) -> dict[str, str]:
    """What happened, and in `detail_…` how; what is of another version of the program stays as it was written."""
    zh, en = WHAT.get(what, (what, what))
    return {"zh": zh, "en": en, "detail_zh": _detail(detail, 0), "detail_en": _detail(detail, 1)}


def _detail(detail: Mapping[str, Any], at: int) -> str:
    mark, between = (("：", "；"), (": ", "; "))[at]
    said = ((name, detail[name]) for name in _NAMES if detail.get(name) not in (None, "", False))
    return between.join(f"{_NAMES[name][at]}{mark}{_value(name, value, at)}" for name, value in said)


def _value(name: str, value: Any, at: int) -> str:
    if name == "role" and value in BY_NAME:
        return (BY_NAME[value].zh, BY_NAME[value].en)[at]
    if name == "right" and value in _RIGHTS:
        return (_RIGHTS[value].zh, _RIGHTS[value].en)[at]
    if name == "outcome" and value in _OUTCOMES:
        return _OUTCOMES[value][at]
    if value is True:
        return ("是", "yes")[at]
    return unquote(str(value)) if name == "asked" else str(value)


_RIGHTS: Final = {str(right): right for right in Right}
