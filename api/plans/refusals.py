"""Why a plan cannot be applied or sent for approval."""

from __future__ import annotations

from domain.kernel.errors import Refusal


class PlanEmpty(Refusal):
    code = "plan-empty"
    zh = "方案里还没有内容。请先添加要办理的事项。"
    en = "There is nothing in the plan yet. Add what is to be done first."
