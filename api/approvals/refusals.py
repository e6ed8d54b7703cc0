"""What is refused about proposals before the domain is asked."""

from __future__ import annotations

from api.refusals import NotThere
from domain.kernel.errors import Refusal


class NoDeputy(Refusal):
    code = "not-a-deputy"
    zh = "{login} 没有委托您，也没有把这份呈批件转给您，不能代其审批。"
    en = "{login} has neither made you their deputy nor handed this on to you: you cannot decide on their behalf."
    field = "on_behalf_of"


class NotAnApprover(Refusal):
    code = "not-an-approver"
    zh = "没有名为 {login} 的审批人。请填写一位在任审批人的登录名。"
    en = "There is no approver with the login {login}. Give the login of somebody who is one."
    field = "to"


class PapersGone(NotThere):
    code = "papers-gone"
    zh = "呈批内容已经不再保存：办理完毕后即删除，不同意或撤回的保留三十天。所作变更见历史。"
    en = "What was proposed is kept no longer: it is deleted once carried out, and 30 days after a refusal. See the history."
