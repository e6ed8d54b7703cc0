"""What the door says to who was let in, but not to this."""

from __future__ import annotations

from domain.catalogue import COMMANDS
from domain.kernel.errors import Refusal


class NotAllowed(Refusal):
    """The account is known, and its roles do not reach so far: 403."""

    code = "not-allowed"
    zh = "您的角色没有这项权限。如确需办理，请安全管理员授权。"
    en = "Your roles do not allow this. If you need it, ask the security administrator for it."


class RightMissing(NotAllowed):
    code = "right-missing"
    zh = "您的角色在所求范围内没有“{rights_zh}”权限。如确需使用，请安全管理员授权。"
    en = "Your roles do not have the right to {rights_en}. If you need it, ask the security administrator for it."


class KindNotAllowed(NotAllowed):
    code = "kind-not-allowed"
    zh = "您的角色不能查看：{kinds_zh}。如确需查看，请安全管理员授权。"
    en = "Your roles may not read: {kinds_en}. If you need to, ask the security administrator for it."


class CommandNotAllowed(NotAllowed):
    code = "command-not-allowed"
    zh = "您的角色不能办理“{zh}”（{command}）。请由有此职责的人办理。"
    en = "Your roles may not do this: {en} ({command}). Somebody whose duty it is has to."


class PasswordMustChange(NotAllowed):
    code = "password-must-change"
    zh = "请先修改口令：目前的口令是别人交给您的。用 POST /v1/me/password 修改后即可办理。"
    en = "Change your password first: somebody else gave you this one. POST /v1/me/password changes it."


class SessionNeeded(NotAllowed):
    """A token reads and sends commands; what changes who may do so takes the person."""

    code = "session-needed"
    zh = "这一项须本人登录后办理，令牌不能办理。"
    en = "This takes the person's own session: no token does it."


class TokenOnly(NotAllowed):
    """What comes by itself, from a device, comes with a token."""

    code = "token-only"
    zh = "这一项由设备或程序用令牌上报，登录的浏览器不能办理。"
    en = "This is for devices and programs, with a token: no signed-in browser does it."


class FirstStart(Refusal):
    code = "first-start"
    zh = "系统刚安装：系统、安全、审计管理员修改一次性口令之前，只能在本机访问。"
    en = "Just installed: until the system, security and audit administrators have changed their one-time passwords, only this machine is answered."


class DecisionOfOthers(NotAllowed):
    """Withdrawing a decision is deciding."""

    code = "decision-of-others"
    zh = "这条记录是审批决定，只能由有权“{zh}”的人撤回。"
    en = "This record is a decision; only who may decide so ({en}) withdraws it."
    field = "of"


class DivisionElsewhere(NotAllowed):
    code = "division-elsewhere"
    zh = "区划 {division} 不在您的管辖范围内。请核对；确需跨区办理的，由上级单位办理。"
    en = "The division {division} is not in your jurisdiction. Check it; what crosses divisions is for the level above."


class WhereaboutsUnknown(Refusal):
    """The live view is too far behind, or is being built: 503. Who may write everywhere is not held up by it."""

    code = "whereabouts-unknown"
    zh = "暂时无法确认对象是否在您的管辖范围内（查询视图尚未更新），请稍后重试。"
    en = "Whether this is in your jurisdiction cannot be told yet: the views are behind. Try again in a moment."


def not_sent(key: str) -> CommandNotAllowed:
    return CommandNotAllowed(command=key, zh=COMMANDS[key].zh, en=COMMANDS[key].en)
