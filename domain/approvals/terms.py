"""The terms of proposals: where one stands."""

from domain.kernel.labels import Term


class ProposalStatus(Term):
    UNDER_WAY = "under-way", "审批中", "Being decided"
    SENT_BACK = "sent-back", "退回修改", "Sent back"
    REFUSED = "refused", "不同意", "Refused"
    TAKEN_BACK = "taken-back", "已撤回", "Taken back"
    CARRIED_OUT = "carried-out", "已办理", "Carried out"
