"""One event of every type of this context, filled as in the field; the golden corpus is made from these."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from domain.approvals import events as proposal
from domain.kernel.events import Event
from tests.domain.scenario import an_id

_CHINA = timezone(timedelta(hours=8))
_PROPOSAL = an_id("呈批件：调剂三楼办公用房")
_EDUCATION = an_id("青铜峡市教育局")
_CENTRE = an_id("青铜峡市机关事务服务中心")
_BUREAU = an_id("吴忠市机关事务管理局")
_DIGEST, _CORRECTED = "5f" * 32, "a0" * 32


def _stamp(version: int, effective: str) -> dict[str, Any]:
    moment = datetime.fromisoformat(effective).replace(tzinfo=_CHINA)
    return {"originator_id": _PROPOSAL, "originator_version": version, "effective": moment}


_FIRST: dict[str, Any] = {"level": 1, "unit": _CENTRE}
_SECOND: dict[str, Any] = {"level": 2, "unit": _BUREAU}

SAMPLES: tuple[Event, ...] = (
    proposal.ProposalSubmitted(
        **_stamp(1, "2026-11-10T09:12"),
        title="调剂三楼办公用房",
        unit=_EDUCATION,
        submitter="马晓燕",
        levels=(_CENTRE, _BUREAU),
        digest=_DIGEST,
        lines=3,
    ),
    proposal.ProposalSentBack(
        **_stamp(2, "2026-11-10T10:40"),
        **_FIRST,
        on_behalf_of=None,
        marks=(
            proposal.Mark(line=2, field="net_area", what="使用面积与测绘报告不符，应为 24.60 平方米"),
            proposal.Mark(line=3, what="该房间已另有安排"),
        ),
    ),
    proposal.ProposalResubmitted(**_stamp(3, "2026-11-10T11:05"), digest=_CORRECTED, lines=2, passes_to=_CENTRE),
    proposal.ProposalApproved(**_stamp(4, "2026-11-10T15:20"), **_FIRST, on_behalf_of=None, passes_to=_BUREAU),
    proposal.ProposalHandedOn(**_stamp(5, "2026-11-11T08:30"), **_SECOND, on_behalf_of=None, to="周立新", by="王建国"),
    proposal.ProposalCarriedOut(**_stamp(7, "2026-11-11T09:02"), digest=_CORRECTED),
    proposal.ProposalRefused(**_stamp(8, "2026-11-11T10:00"), **_FIRST, on_behalf_of=None),
    proposal.ProposalTakenBack(**_stamp(9, "2026-11-11T11:00")),
)
