"""A proposal goes from level to level; whoever submitted it does not decide; what was sent back begins anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.approvals import events as happened
from domain.approvals import refusals as refused
from domain.approvals.facets import HANDED_TO, WAITS_AT
from domain.approvals.proposal import Papers, Proposal
from domain.approvals.terms import ProposalStatus
from domain.organisations.terms import Level, UnitKind
from domain.organisations.unit import NewUnit, Unit
from tests.domain.scenario import Scenario, an_id, day, given, mandate, replayed

PAPERS = Papers(digest="5f" * 32, lines=2)
CORRECTED = Papers(digest="a0" * 32, lines=3)

Step = Callable[[Proposal], object]


def a_unit(name: str) -> Unit:
    unit = Unit(an_id(name))
    new = NewUnit(name=name, credit_code=None, unit_kind=UnitKind.GOVERNMENT, level=Level.COUNTY, division="640104")
    unit.establish(mandate("2020-01-01"), unit=new, parent=None)
    return unit


OWN, COUNTY, CITY = a_unit("司法局"), a_unit("县机关事务中心"), a_unit("市机关事务局")


def submit(*levels: Unit, user: str = "ma", papers: Papers = PAPERS) -> Step:
    chosen = levels or (COUNTY, CITY)
    return lambda one: one.submit(
        mandate("2026-05-06", user=user), title="调整用房", unit=OWN, levels=chosen, commands=papers
    )


def decide(name: str, at: Unit, on: str = "2026-05-07", user: str = "zhou", **more: Any) -> Step:
    return lambda one: getattr(one, name)(mandate(on, user=user), at=at, **more)


def resubmit(papers: Papers = CORRECTED, on: str = "2026-05-08", user: str = "ma") -> Step:
    return lambda one: one.resubmit(mandate(on, user=user), commands=papers)


def take_back(on: str = "2026-05-08", user: str = "ma") -> Step:
    return lambda one: one.take_back(mandate(on, user=user))


def a_proposal(*steps: Step) -> Scenario[Proposal]:
    return given(Proposal(an_id("呈批件")), *(steps or (submit(),)))


def test_it_waits_at_the_first_level_when_it_is_submitted() -> None:
    proposal = Proposal(an_id("呈批件"))
    Scenario(proposal).when(submit()).then(
        (happened.ProposalSubmitted, {"submitter": "ma", "levels": (COUNTY.id, CITY.id), "lines": 2})
    )
    assert (proposal.waits_at, proposal.status) == (COUNTY.id, ProposalStatus.UNDER_WAY)


def test_each_approval_passes_it_on_and_the_last_one_says_that_it_is_carried_out() -> None:
    proposal = a_proposal(submit(), decide("approve", COUNTY))
    assert proposal.aggregate.waits_at == CITY.id
    proposal.when(decide("approve", CITY, on="2026-05-08")).then(
        (happened.ProposalApproved, {"level": 2, "unit": CITY.id, "passes_to": None}),
        (happened.ProposalCarriedOut, {"digest": PAPERS.digest}),
    )
    assert proposal.aggregate.status is ProposalStatus.CARRIED_OUT
    assert proposal.aggregate.at(WAITS_AT, day("2026-05-09")) is None


def test_it_is_decided_at_the_level_at_which_it_waits() -> None:
    a_proposal().refused(refused.WaitsElsewhere, decide("approve", CITY))
    a_proposal(submit(), decide("approve", COUNTY)).refused(refused.WaitsElsewhere, decide("approve", COUNTY))


@pytest.mark.parametrize("decision", ["approve", "send_back", "refuse"])
def test_whoever_submitted_it_does_not_decide_nor_does_anybody_in_their_place(decision: str) -> None:
    a_proposal().refused(refused.OwnProposal, decide(decision, COUNTY, user="ma"))
    a_proposal().refused(refused.OwnProposal, decide(decision, COUNTY, on_behalf_of="ma"))


def test_the_submitter_does_not_hand_it_on_either() -> None:
    a_proposal().refused(refused.OwnProposal, decide("hand_on", COUNTY, user="ma", to="wang"))


@pytest.mark.parametrize("to", ["ma", "zhou", "chen"])
def test_it_is_handed_on_to_somebody_else(to: str) -> None:
    a_proposal().refused(refused.HandedInCircle, decide("hand_on", COUNTY, to=to, on_behalf_of="chen"))


def test_whom_it_was_handed_on_to_is_kept_until_the_level_is_decided() -> None:
    proposal = a_proposal(submit(), decide("hand_on", COUNTY, to="wang"))
    assert (proposal.aggregate.handed_to, proposal.aggregate.handed_by) == ("wang", "zhou")
    proposal.when(decide("hand_on", COUNTY, on="2026-05-08", user="wang", to="chen", on_behalf_of="zhou"))
    assert (proposal.aggregate.handed_to, proposal.aggregate.handed_by) == ("chen", "zhou")
    proposal.when(decide("approve", COUNTY, on="2026-05-09", user="chen", on_behalf_of="zhou"))
    assert (proposal.aggregate.handed_to, proposal.aggregate.handed_by) == (None, None)


def test_a_hand_on_that_was_a_mistake_is_taken_back() -> None:
    proposal = a_proposal(submit(), decide("hand_on", COUNTY, to="wang"))
    proposal.when(lambda one: one.withdraw(mandate("2026-05-07"), of=2))
    assert proposal.aggregate.finally_(HANDED_TO) is None


def test_marks_are_about_lines_that_it_has() -> None:
    right, wrong = (happened.Mark(line=line, field="net_area", what="面积不符") for line in (2, 3))
    a_proposal().refused(refused.MarkOutside, decide("send_back", COUNTY, marks=(right, wrong)))
    a_proposal().when(decide("send_back", COUNTY, marks=(right,))).then(
        (happened.ProposalSentBack, {"marks": (right,)})
    )


def test_what_was_sent_back_is_corrected_and_every_level_decides_anew() -> None:
    steps = submit(), decide("approve", COUNTY), decide("send_back", CITY)
    a_proposal(*steps).refused(refused.NotTheSubmitter, resubmit(user="zhou"))
    a_proposal(submit()).refused(refused.NotSentBack, resubmit())
    proposal = (
        a_proposal(*steps)
        .when(resubmit())
        .then((happened.ProposalResubmitted, {"digest": CORRECTED.digest, "passes_to": COUNTY.id}))
    )
    assert (proposal.aggregate.waits_at, proposal.aggregate.papers) == (COUNTY.id, CORRECTED)


@pytest.mark.parametrize(
    "end",
    [(decide("refuse", COUNTY),), (take_back("2026-05-07"),), (decide("approve", COUNTY), decide("approve", CITY))],
)
def test_what_has_ended_takes_no_decision_and_is_not_taken_back(end: tuple[Step, ...]) -> None:
    a_proposal(submit(), *end).refused(refused.NotUnderWay, decide("approve", COUNTY))
    a_proposal(submit(), *end).refused(refused.Ended, take_back())


def test_it_is_taken_back_by_its_submitter_also_when_it_was_sent_back() -> None:
    a_proposal().refused(refused.NotTheSubmitter, take_back(user="zhou"))
    a_proposal(submit(), decide("send_back", COUNTY)).when(take_back()).then(happened.ProposalTakenBack)


def test_a_unit_is_one_level_at_most() -> None:
    Scenario(Proposal(an_id("呈批件"))).refused(refused.LevelTwice, submit(COUNTY, CITY, COUNTY))


def test_steps_are_told_in_their_order() -> None:
    proposal = a_proposal(submit(), decide("approve", COUNTY, on="2026-05-08"))
    proposal.refused(refused.BeforeTheLastStep, decide("approve", CITY, on="2026-05-07"))


def test_a_replay_stands_where_the_original_does() -> None:
    proposal = Proposal(an_id("呈批件"))
    for step in (submit(), decide("hand_on", COUNTY, to="wang"), decide("send_back", COUNTY), resubmit()):
        step(proposal)
    twin = replayed(proposal, list(proposal.pending))
    for name in ("status", "level", "papers", "waits_at", "handed_to", "handed_by", "submitter"):
        assert getattr(twin, name) == getattr(proposal, name)
