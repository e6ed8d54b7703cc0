"""The use of rooms: units and people in and out, vacating ordered, vacated."""

from datetime import UTC, datetime

import pytest

from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.organisations.person import PersonNotEmployed
from domain.organisations.unit import UnitNotActive
from domain.premises import room_use as refused
from domain.premises.events import room as happened
from domain.premises.facets import SECOND_OFFICE, USING_UNIT, VACATE_BY
from domain.premises.premise import PeriodBackwards
from domain.premises.room_base import RoomNotInService, UsedPastEnd
from tests.domain.premises import builders as b
from tests.domain.scenario import day, given, mandate

MA, LI = b.a_person("马晓燕"), b.a_person("李建国")


def released(since: str = "2018-01-01") -> b.Done:
    return lambda r: r.release(mandate(since))


def moved_out(since: str = "2018-01-01") -> b.Done:
    return lambda r: r.move_out(mandate(since), person=MA)


def ordered(since: str = "2018-01-31", deadline: str | None = None) -> b.Done:
    return lambda r: r.order_vacating(mandate(since), deadline=day(deadline) if deadline else None)


def vacated(since: str = "2018-02-20") -> b.Done:
    return lambda r: r.vacate(mandate(since))


def test_a_room_is_assigned_to_a_unit() -> None:
    scenario = given(b.a_room()).when(b.assigned())
    scenario.then((happened.RoomAssigned, {"unit": b.FINANCE.id, "until": None}))
    assert scenario.aggregate.holders() == {b.THE_BUILDING.id: None, b.FINANCE.id: None}


def test_an_assignment_stands_on_a_document() -> None:
    given(b.a_room()).refused(DocumentMissing, lambda r: r.assign(mandate(documents=()), unit=b.FINANCE))


def test_an_assignment_for_a_period_runs_out() -> None:
    room = b.a_room(b.assigned(until=day("2015-01-01")))
    assert room.at(USING_UNIT, day("2014-12-31")) == b.FINANCE.id
    assert room.at(USING_UNIT, day("2015-01-01")) is None
    assert room.holders()[b.FINANCE.id] == day("2015-01-01")


def test_an_assignment_does_not_end_before_it_begins() -> None:
    given(b.a_room()).refused(PeriodBackwards, b.assigned(until=day("2009-01-01")))


def test_an_assignment_can_be_told_before_it_takes_effect() -> None:
    room = b.a_room(b.assigned("2027-01-01"))
    assert room.at(USING_UNIT, mandate().effective) is None


def test_a_room_is_used_by_one_unit_at_a_time() -> None:
    given(b.a_room(b.assigned())).refused(refused.RoomInUse, b.assigned("2012-01-01", unit=b.CULTURE))


def test_a_late_assignment_slides_under_a_newer_one() -> None:
    room = b.a_room(b.assigned("2015-01-01"), b.assigned("2010-01-01", unit=b.CULTURE))
    assert room.at(USING_UNIT, day("2012-01-01")) == b.CULTURE.id
    assert room.at(USING_UNIT, day("2016-01-01")) == b.FINANCE.id


def test_no_room_is_assigned_to_a_unit_that_is_gone() -> None:
    given(b.a_room()).refused(UnitNotActive, b.assigned("2021-01-01", unit=b.an_abolished_unit()))


def test_a_unit_releases_a_room() -> None:
    scenario = given(b.a_room(b.assigned())).when(released())
    scenario.then((happened.RoomReleased, {"unit": b.FINANCE.id}))
    assert scenario.aggregate.at(USING_UNIT, day("2018-01-01")) is None


def test_only_a_room_that_is_assigned_is_released() -> None:
    given(b.a_room()).refused(refused.RoomNotAssigned, released())


def test_several_people_share_a_room() -> None:
    room = b.a_room(b.assigned())
    given(room).when(b.moved_in(MA)).when(b.moved_in(LI, "2011-01-01")).then(
        (happened.OccupantMovedIn, {"person": MA.id, "second_office_approved": False}), happened.OccupantMovedIn
    )
    assert set(room.occupants_at(day("2012-01-01"))) == {MA.id, LI.id}


def test_a_person_may_sit_in_a_room_that_is_assigned_to_nobody() -> None:
    given(b.a_room()).when(b.moved_in(MA)).then(happened.OccupantMovedIn)


def test_a_second_office_stands_on_a_document() -> None:
    scenario = given(b.a_room())
    scenario.refused(
        DocumentMissing,
        lambda r: r.move_in(mandate(documents=()), person=MA, second_office_approved=True),
    )
    scenario.when(lambda r: r.move_in(mandate("2010-01-01"), person=MA, second_office_approved=True))
    scenario.then((happened.OccupantMovedIn, {"second_office_approved": True}))
    assert scenario.aggregate.at(SECOND_OFFICE, day("2011-01-01"), MA.id) is True


def test_a_first_office_needs_no_document() -> None:
    given(b.a_room()).when(lambda r: r.move_in(mandate(documents=()), person=MA)).then(happened.OccupantMovedIn)


def test_who_holds_no_post_does_not_move_in() -> None:
    given(b.a_room()).refused(PersonNotEmployed, b.moved_in(b.a_person("新同志", "2015-01-01")))


def test_a_person_moves_in_once() -> None:
    given(b.a_room(b.moved_in(MA))).refused(refused.OccupantAlready, b.moved_in(MA, "2012-01-01"))


def test_an_occupation_does_not_end_before_it_begins() -> None:
    given(b.a_room()).refused(PeriodBackwards, b.moved_in(MA, until=day("2009-01-01")))


def test_a_person_moves_out_and_may_come_back() -> None:
    room = b.a_room(b.moved_in(MA))
    given(room).when(moved_out()).then((happened.OccupantMovedOut, {"person": MA.id}))
    assert room.occupants_at(day("2018-01-01")) == []
    b.moved_in(MA, "2019-01-01")(room)
    assert room.occupants_at(day("2020-01-01")) == [MA.id]


def test_who_is_not_in_the_room_does_not_move_out() -> None:
    given(b.a_room(b.moved_in(LI))).refused(refused.NotAnOccupant, moved_out())


def test_vacating_is_ordered_within_a_month_unless_said_otherwise() -> None:
    scenario = given(b.a_room(b.assigned())).when(ordered())
    scenario.then((happened.VacatingOrdered, {"deadline": day("2018-02-28")}))
    given(b.a_room(b.assigned())).when(ordered(deadline="2018-03-15")).then(
        (happened.VacatingOrdered, {"deadline": day("2018-03-15")})
    )


def test_a_month_is_one_of_the_calendar_in_china() -> None:
    assert refused.a_month_after(datetime(2026, 1, 30, 16, tzinfo=UTC)) == datetime(2026, 2, 27, 16, tzinfo=UTC)
    assert refused.a_month_after(datetime(2026, 12, 14, 16, tzinfo=UTC)) == datetime(2027, 1, 14, 16, tzinfo=UTC)


def test_an_order_to_vacate_stands_on_a_document() -> None:
    given(b.a_room(b.assigned())).refused(DocumentMissing, lambda r: r.order_vacating(mandate(documents=())))


def test_an_order_to_vacate_is_not_told_before_it_is_given() -> None:
    given(b.a_room(b.assigned())).refused(EffectiveInFuture, ordered("2027-01-01"))


def test_a_room_that_nobody_uses_need_not_be_vacated() -> None:
    given(b.a_room()).refused(refused.NothingToVacate, ordered())


def test_a_person_without_a_unit_can_be_ordered_out() -> None:
    given(b.a_room(b.moved_in(MA))).when(ordered()).then(happened.VacatingOrdered)


def test_a_deadline_lies_ahead() -> None:
    given(b.a_room(b.assigned())).refused(refused.DeadlineNotAhead, ordered(deadline="2018-01-31"))


def test_a_vacated_room_has_no_unit_and_no_deadline() -> None:
    room = b.a_room(b.assigned(), b.moved_in(MA), ordered(), moved_out("2018-02-10"))
    given(room).when(vacated()).then(happened.RoomVacated)
    assert room.at(VACATE_BY, day("2018-02-19")) == day("2018-02-28")
    assert room.at(VACATE_BY, day("2018-02-20")) is None
    assert room.at(USING_UNIT, day("2018-02-20")) is None


def test_a_release_answers_an_order_to_vacate() -> None:
    room = b.a_room(b.assigned(), ordered(), released("2018-02-10"))
    assert room.at(VACATE_BY, day("2018-02-10")) is None


def test_only_what_was_ordered_is_recorded_as_vacated() -> None:
    given(b.a_room(b.assigned())).refused(refused.VacatingNotOrdered, vacated())


def test_a_room_with_people_in_it_is_not_vacated() -> None:
    refusal = given(b.a_room(b.assigned(), b.moved_in(MA), ordered())).refused(refused.OccupantsRemain, vacated())
    assert refusal.data["people"] == [MA.id]


AFTER_THE_END: dict[str, b.Done] = {
    "assign": b.assigned(),
    "release": released(),
    "move in": b.moved_in(MA),
    "move out": moved_out(),
    "order": ordered(),
    "vacate": vacated(),
}


@pytest.mark.parametrize("change", AFTER_THE_END.values(), ids=AFTER_THE_END)
def test_a_retired_room_takes_no_more(change: b.Done) -> None:
    given(b.a_room(lambda r: r.retire(mandate("2008-01-01")))).refused(RoomNotInService, change)


REACHING: dict[str, b.Done] = {"a unit": b.assigned("2007-01-01"), "a person": b.moved_in(MA, "2007-01-01")}


@pytest.mark.parametrize("use", REACHING.values(), ids=REACHING)
def test_a_late_use_does_not_reach_past_the_end_of_the_room(use: b.Done) -> None:
    b.breaks(UsedPastEnd, b.a_room(lambda r: r.retire(mandate("2008-01-01"))), use)


def test_a_late_use_that_ended_in_time_is_recorded() -> None:
    room = b.a_room(lambda r: r.retire(mandate("2008-01-01")))
    given(room).when(b.assigned("2006-01-01", until=day("2008-01-01"))).then(happened.RoomAssigned)


def test_a_wrong_unit_is_corrected() -> None:
    scenario = given(b.a_room(b.assigned())).correcting(2, b.assigned(unit=b.CULTURE))
    scenario.then((FactCorrected, {"of": 2}))
    assert scenario.aggregate.at(USING_UNIT, day("2011-01-01")) == b.CULTURE.id


def test_a_person_who_never_moved_in_is_taken_out_again() -> None:
    room = b.a_room(b.moved_in(MA))
    room.withdraw(mandate(), of=2)
    assert room.occupants_at(day("2011-01-01")) == []
