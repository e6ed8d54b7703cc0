"""`GET /v1/proposals/{id}/content`: what a proposal proposes, in words; its levels and who decided there; what the caller may do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi.responses import Response

from api import openapi
from api.access.jurisdiction import Errand
from api.approvals import proposed
from api.approvals.answers import Content
from api.approvals.chain import levels_told, marks_of, steps_told
from api.approvals.foretelling import Foretold, foretold
from api.approvals.lines import Shown, arguments, as_given, command_told, things
from api.approvals.proposed import Proposed
from api.approvals.refusals import PapersGone
from api.approvals.seeing import Looked, looked
from api.composition import Services
from api.dependencies import Caller, Given
from api.executing import json_response
from api.reading import looking
from api.routing import Routes
from domain.access.principal import Principal
from domain.access.rights import Right
from domain.approvals.terms import ProposalStatus
from projections.queries import view as views
from projections.queries.things import called, named

router = Routes(tags=["approvals"])


@router.get(
    "/v1/proposals/{id:uuid}/content",
    operation_id="proposals.content",
    summary="呈批内容 · What a proposal proposes",
    response_class=Response,
    **openapi.reads(Content, 404),
)
def content(id: UUID, given: Given, caller: Caller) -> Response:
    """各项操作的文字说明、批注、各级审批意见，以及调用者现在可以办理的事项。内容办结后即不再保存，`lines` 为空。

    Each command in words with the marks on it, the levels with their remarks, and what the caller may do now. Once it was
    carried out its papers are gone and `lines` is empty: the history tells what came of it.
    """
    look = looked(given, caller, id)
    said = _papers(given, look)
    is_own = look.proposal.submitter == caller.login
    shown = Shown(names=is_own or caller.may(Right.NAMES), personal=is_own or caller.may(Right.PERSONAL))
    lines = [] if said is None else foretold(said, look, caller, given)
    names = _names(given, caller, look, lines)
    return json_response(
        {
            "id": id,
            "version": look.proposal.version,
            **_submitted(look, names),
            "status": look.proposal.status,
            "kept": said is not None,
            "levels": levels_told(look, names),
            "steps": steps_told(look, names),
            "may": _may(look, caller),
            "mandate": None if said is None else json.loads(said.content)["mandate"],
            "lines": [] if said is None else _lines(said, look, lines, names, shown),
        }
    )


def _papers(given: Services, look: Looked) -> Proposed | None:
    try:
        return proposed.of(given, look.proposal)
    except PapersGone:
        return None


def _names(given: Services, caller: Principal, look: Looked, lines: Sequence[Foretold]) -> dict[str, str]:
    """Of all that is spoken of, as far as the caller may know; what is out of sight keeps its id."""
    wanted = {id for line in lines if line.errand is not None for id in things(line.errand)}
    wanted |= {*look.proposal.levels, look.submitted.unit}
    with looking(given, views.Asked(sight=caller.sight)) as view:
        found = named(view, wanted)
    return {str(id): called(found, id) for id in wanted}


def _lines(
    said: Proposed, look: Looked, lines: Sequence[Foretold], names: Mapping[str, str], shown: Shown
) -> list[dict[str, Any]]:
    raw, marks = json.loads(said.content)["commands"], marks_of(look)
    return [
        {
            "line": index + 1,
            **command_told(said.batch.commands[index]),
            "thing": _thing(line.errand, names),
            "arguments": [] if line.errand is None else arguments(line.errand, names, shown),
            "events": line.events,
            "notices": line.notices,
            "problem": line.problem,
            "marks": [mark for mark in marks if mark["line"] == index + 1],
            "as_given": as_given(raw[index], shown),
        }
        for index, line in enumerate(lines)
    ]


def _thing(errand: Errand | None, names: Mapping[str, str]) -> dict[str, Any] | None:
    if errand is None or errand.command.creates or errand.id is None:
        return None
    return {"id": errand.id, "kind": errand.command.aggregate.kind, "label": names[str(errand.id)]}


def _submitted(look: Looked, names: Mapping[str, str]) -> dict[str, Any]:
    event = look.submitted
    unit = {"id": event.unit, "label": names[str(event.unit)]}
    return {"title": event.title, "unit": unit, "submitter": event.submitter, "submitted": event.effective}


def _may(look: Looked, caller: Principal) -> dict[str, Any]:
    proposal, standing = look.proposal, look.standing
    is_own = proposal.submitter == caller.login
    under_way = proposal.status in (ProposalStatus.UNDER_WAY, ProposalStatus.SENT_BACK)
    return {
        "decide": standing is not None,
        "at": proposal.waits_at if standing is not None else None,
        "on_behalf_of": None if standing is None else standing.on_behalf_of,
        "last": standing is not None and proposal.is_at_last_level,
        "resubmit": is_own and proposal.status is ProposalStatus.SENT_BACK and bool(caller.sends("proposals.resubmit")),
        "take_back": is_own and under_way and bool(caller.sends("proposals.take-back")),
    }
