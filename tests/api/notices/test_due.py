"""Terms that end: told before and after, once each, to those who can do something about it where the thing lies."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest

from api.notices.due import look_at_terms
from api.notices.following import everybody
from domain.access.roles import Role
from infra.notices import kept
from tests.api.notices.desk import Desk, in_county, notices, watch

_NEW = count()
ENDS = date(2027, 6, 15)


@pytest.fixture(scope="module", autouse=True)
def _terms(desk: Desk) -> None:
    """In each county a room to be vacated, an insurance and an inspection that end on the same day."""
    bureau = desk.region.desk.bureau
    for county in (desk.mine, desk.other):
        said = {"effective": "2026-06-15", "document": f"{county.name}发〔2026〕1号"}
        room, car = county.things["rooms"], county.named["car"]
        bureau.does("rooms.order-vacating", room, deadline=ENDS.isoformat(), **said)
        bureau.does("vehicles.insure", car, insurance="compulsory", policy=f"{county.name}保单", insurer="人保",
                    until=ENDS.isoformat(), premium="950.00", **said)  # fmt: skip
        bureau.does("vehicles.inspect", car, valid_until=ENDS.isoformat(), station="检测站", cost="120.00", **said)


def look(desk: Desk, days: int) -> None:
    """What is told so many days before the terms end."""
    desk.region.catch_up()
    with desk.region.services.pool.connection() as connection:
        people, today = everybody(connection), ENDS - timedelta(days=days)
        kept.add(connection, look_at_terms(connection, desk.following.look, people, today))


def test_it_is_told_once_before_and_once_after_to_those_who_can_do_something(desk: Desk) -> None:
    officer = desk.someone("due-officer", in_county(Role.PREMISES_OFFICER, desk.mine))
    dispatcher = desk.someone("due-dispatcher", in_county(Role.DISPATCHER, desk.mine))
    reader = desk.someone("due-reader", in_county(Role.LEADER, desk.mine))
    look(desk, 40)
    assert notices(officer) == notices(dispatcher) == []
    for days in (14, 10, 1):
        look(desk, days)
    assert [one["matter"] for one in notices(officer)] == ["vacating-due"]
    assert sorted(one["matter"] for one in notices(dispatcher)) == ["inspection-due", "insurance-due"]
    for days in (-1, -2, -30):
        look(desk, days)
    assert [one["matter"] for one in notices(officer)] == ["vacating-due-ended", "vacating-due"]
    assert notices(reader) == []


def test_it_names_the_things_and_leads_to_them_in_both_languages(desk: Desk) -> None:
    officer = desk.someone(f"due{next(_NEW)}", in_county(Role.PREMISES_OFFICER, desk.mine))
    look(desk, 3)
    [one] = notices(officer)
    assert (one["zh"], one["en"]) == ("1 间房屋即将到腾退期限", "Rooms to be vacated soon: 1")
    assert [thing["id"] for thing in one["things"]] == [desk.mine.things["rooms"]]
    assert one["link"] == f"/rooms/{desk.mine.things['rooms']}"


def test_nobody_is_told_of_another_county_s_terms(desk: Desk) -> None:
    officer = desk.someone(f"due{next(_NEW)}", in_county(Role.DISPATCHER, desk.mine))
    look(desk, 2)
    answer = officer.get("/v1/notices")
    assert len(answer.json()["notices"]) == 2
    assert desk.other.traces(answer.text) == []


def test_whoever_watches_a_thing_is_told_of_its_terms_as_well(desk: Desk) -> None:
    reader = desk.someone(f"due{next(_NEW)}", in_county(Role.LEADER, desk.mine))
    watch(reader, thing=desk.mine.named["car"])
    look(desk, 5)
    assert sorted(one["matter"] for one in notices(reader)) == ["inspection-due", "insurance-due"]


def test_a_term_that_was_put_off_is_told_by_its_new_day(desk: Desk) -> None:
    dispatcher = desk.someone(f"due{next(_NEW)}", in_county(Role.DISPATCHER, desk.mine))
    look(desk, 20)
    assert len(notices(dispatcher)) == 2
    later = (ENDS + timedelta(days=365)).isoformat()
    desk.region.desk.bureau.does(
        "vehicles.inspect",
        desk.mine.named["car"],
        valid_until=later,
        station="检测站",
        cost="120.00",
        effective="2026-07-01",
    )
    look(desk, -3)
    assert [one["matter"] for one in notices(dispatcher)][:-2] == ["insurance-due-ended"]
    look(desk, -360)
    assert notices(dispatcher)[0]["matter"] == "inspection-due"
