"""Proposals."""

from __future__ import annotations

from domain.approvals import facets as f
from domain.approvals.proposal import Proposal
from projections.columns.making import array_of, one, ref, text
from projections.shown import Members, Shown


def _levels(held: Members) -> str:
    return array_of({str(fact.value) for _, fact in held.facts(f.LEVEL)})


COLUMNS = {
    Proposal.kind: (
        text(f.PROPOSAL_STATUS, "状态", "Status"),
        text(f.PROPOSAL_TITLE, "标题", "Title", "title"),
        ref(f.SUBMITTING_UNIT, "呈报单位", "Submitted by", "unit"),
        text(f.SUBMITTER, "呈报账号", "Submitter"),
        one(f.SUBMITTED, "timestamptz", "呈报时间", "Submitted"),
        one(f.LINES, "integer", "事项数", "Lines"),
        ref(f.WAITS_AT, "待审批单位", "Waits at"),
        text(f.HANDED_TO, "转办给", "Handed on to"),
        Shown("levels", "uuid[]", (f.LEVEL,), _levels, "审批单位", "Levels"),
    ),
}
