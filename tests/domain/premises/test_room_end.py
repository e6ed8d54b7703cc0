"""How a room ends: on a document, when nobody is in it, and never before what is recorded later."""

from decimal import Decimal

import pytest

from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing
from domain.premises.events import room as happened
from domain.premises.facets import NET_AREA
from domain.premises.premise import LaterFactsStand
from domain.premises.room_base import RoomNotEmpty, RoomNotInService
from domain.premises.terms import RoomCategory
from tests.domain.premises import builders as b
from tests.domain.premises.rooms import merged, parts, registered, split
from tests.domain.scenario import day, given, mandate


def retired(since: str = "2015-01-01") -> b.Done:
    return lambda r: r.retire(mandate(since))


def test_a_room_is_retired_on_a_document() -> None:
    scenario = given(b.a_room())
    scenario.refused(DocumentMissing, lambda r: r.retire(mandate(documents=())))
    scenario.when(retired()).then(happened.RoomRetired)
    assert scenario.aggregate.claims() == frozenset()


ENDS: dict[str, b.Done] = {
    "retire": retired(),
    "split": split(parts("18", "18")),
    "merge": merged(b.a_room(number="9")),
}
USES: dict[str, b.Done] = {
    "a unit": b.assigned(),
    "a unit later": b.assigned("2026-12-01"),
    "a person": b.moved_in(b.a_person()),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_a_room_ends_only_when_nobody_is_in_it_then_or_later(end: b.Done, use: b.Done) -> None:
    given(b.a_room(use)).refused(RoomNotEmpty, end)


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_room_does_not_end_before_what_is_recorded_later(end: b.Done) -> None:
    room = b.a_room(lambda r: r.renumber(mandate("2016-01-01"), number="3012"))
    given(room).refused(LaterFactsStand, end)


def test_a_room_whose_use_ran_out_is_retired() -> None:
    room = b.a_room(b.assigned(until=day("2012-01-01")))
    given(room).when(retired()).then(happened.RoomRetired)


AFTER_THE_END: dict[str, b.Done] = {
    "measure": lambda r: r.measure(mandate(), net_area=Decimal(1), building=b.THE_BUILDING),
    "renumber": lambda r: r.renumber(mandate(), number="1"),
    "category": lambda r: r.change_category(mandate(), category=RoomCategory.SERVICE),
    "split": split(parts("10", "10"), "2020-01-01"),
    "merge": merged(b.a_room(number="303"), since="2020-01-01"),
    "retire": retired("2020-01-01"),
}


@pytest.mark.parametrize("change", AFTER_THE_END.values(), ids=AFTER_THE_END)
def test_a_room_that_has_ended_takes_no_more(change: b.Done) -> None:
    for end in (retired(), split(parts("18", "18")), merged(b.a_room(number="304"))):
        given(b.a_room(end)).refused(RoomNotInService, change)


def test_a_wrong_area_is_corrected() -> None:
    scenario = given(b.a_room()).correcting(1, registered(area="38.50"))
    scenario.then((FactCorrected, {"of": 1}))
    assert scenario.aggregate.at(NET_AREA, day("2006-01-01")) == Decimal("38.50")


def test_a_room_that_was_retired_by_mistake_is_back_with_its_number() -> None:
    room = b.a_room(retired())
    room.withdraw(mandate(), of=2)
    room.require_in_service(day("2016-01-01"))
    assert room.claims() == {(f"room:{b.THE_BUILDING.id}", "301")}
