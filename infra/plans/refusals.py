"""Why a plan, or a part of it, is not shown or not changed."""

from __future__ import annotations

from domain.kernel.errors import NotFound, Refusal
from domain.kernel.saving import Conflict


class PlanUnknown(NotFound):
    """Also for whoever is no member: that there is a plan is told to its members only."""

    zh = "没有这个方案，或者您不是它的成员。请核对地址，或请负责人把您加入。"
    en = "There is no such plan, or you are not a member of it. Check the address, or ask its owner to add you."
    field = "id"


class LineUnknown(NotFound):
    zh = "方案里没有这一行，可能已被他人删除。请刷新后再看。"
    en = "The plan has no such line; somebody may have removed it. Read the plan again."
    field = "line"


class AccountUnknown(NotFound):
    zh = "没有登录名为“{login}”的可用账号，请核对。"
    en = "There is no account in use with the login “{login}”. Check it."
    field = "login"


class PlanClosed(Refusal):
    code = "plan-closed"
    zh = "方案{state_zh}，不能再改。需要改动的，请另建方案。"
    en = "The plan is {state_en} and cannot be changed any more. Make another one for what is to change."


class PartTooSmall(Refusal):
    code = "plan-part-too-small"
    zh = "您在本方案中是{part_zh}，不能这样做。请联系负责人。"
    en = "You are a {part_en} of this plan, and may not do this. Ask its owner."


class OwnerNeeded(Refusal):
    code = "plan-owner-needed"
    zh = "方案至少要有一名负责人。请先指定另一名负责人。"
    en = "A plan has one owner at least. Make somebody else one first."


class PlanFull(Refusal):
    code = "plan-full"
    zh = "一个方案最多 {most} 行。请先办理一部分，或另建方案。"
    en = "A plan has {most} lines at most. Apply a part of it first, or make another plan."


class LineChanged(Conflict):
    code = "version-conflict"
    field = "If-Match"
    zh = "这一行已被他人改过。请看现在的内容，再决定怎么改。"
    en = "Somebody else changed this line meanwhile. Look at what it says now, then decide."


class PlanChanged(Conflict):
    code = "version-conflict"
    field = "If-Match"
    zh = "方案在您核对之后又被改过。请再核对一次，然后办理。"
    en = "The plan was changed after you looked at it. Check it again, then go on."
