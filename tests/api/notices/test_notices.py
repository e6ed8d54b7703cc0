"""Who is told what: what waits for one, what one asked for, what one watches; never of what one may not see."""

from __future__ import annotations

from itertools import count
from uuid import uuid4

import httpx
import psycopg
import pytest

from domain.access.roles import Role
from infra.access import grants
from infra.access.console import console
from infra.notices import follower
from tests.api.conftest import MANDATE
from tests.api.notices.desk import Desk, in_county, notices, told, watch

_NEW = count()


def a_watcher(desk: Desk, role: Role = Role.AUDITOR) -> httpx.Client:
    return desk.someone(f"watcher{next(_NEW)}", in_county(role, desk.mine))


def test_whoever_watches_a_thing_is_told_of_it_and_of_no_other(desk: Desk) -> None:
    client = a_watcher(desk)
    watch(client, thing=desk.mine.named["branch"])
    desk.region.desk.bureau.does("units.rename", desk.mine.things["units"], name="甲县一", effective="2026-01-05")
    position = desk.rename(desk.mine, "一")
    desk.notify()
    [one] = notices(client)
    assert (one["why"]["key"], one["position"], one["things"][0]["id"]) == (
        "watched",
        position,
        desk.mine.named["branch"],
    )
    assert one["link"] == f"/units/{desk.mine.named['branch']}/history"
    assert (one["zh"], one["en"]) != ("", "")


def test_whoever_watches_a_unit_is_told_of_those_under_it_and_of_what_is_theirs(desk: Desk) -> None:
    client = a_watcher(desk)
    watch(client, unit=desk.mine.things["units"])
    car = desk.region.desk.bureau.does(
        "vehicles.note-odometer", desk.mine.named["car"], odometer=500, effective="2026-01-06"
    )
    desk.notify()
    assert ("watched", car.position) in told(client)


def test_whoever_watches_a_kind_of_event_is_told_where_they_see_it(desk: Desk) -> None:
    client = a_watcher(desk)
    watch(client, topic="organisations.UnitRenamed")
    position = desk.rename(desk.mine, "二")
    desk.rename(desk.other, "二")
    desk.notify()
    assert told(client) == [("watched", position)]


def test_nobody_is_told_of_another_county_whatever_they_watch(desk: Desk) -> None:
    client = a_watcher(desk)
    account = desk.account(f"watcher{next(_NEW) - 1}")
    for id in (desk.other.named["branch"], desk.other.things["units"], str(uuid4())):
        for how in ("thing", "unit"):
            assert client.post("/v1/watches", json={how: id}).status_code == 404
    # Even if somebody had been let in before, and is not any more.
    with psycopg.connect(desk.region.desk.urls.owner) as owner:
        watched = [account, desk.other.things["units"]]
        owner.execute("INSERT INTO notices.watches (account, thing) VALUES (%s, %s)", watched)
        owner.execute("INSERT INTO notices.watches (account, unit) VALUES (%s, %s)", watched)
    desk.rename(desk.other, "三")
    desk.notify()
    assert told(client) == []
    assert desk.other.traces(client.get("/v1/watches").text.replace(desk.other.things["units"], "")) == []


def test_a_request_waits_for_whoever_may_decide_it_here_and_its_sender_is_told_the_decision(desk: Desk) -> None:
    clerk = desk.someone("clerk", in_county(Role.UNIT_CLERK, desk.mine))
    here = desk.someone("here", in_county(Role.APPROVER, desk.mine))
    there = desk.someone("there", in_county(Role.APPROVER, desk.other))
    asked = desk.bureau(clerk).does(
        "journeys.request", unit=desk.mine.things["units"], purpose="survey", purpose_text="调研", destination="青铜峡",
        outside_city=False, passengers=2, planned_from="2031-04-09T08:00:00+08:00", planned_until="2031-04-09T19:00:00+08:00",
        effective="2026-04-08",
    )  # fmt: skip
    desk.notify()
    assert ("waits", asked.position) in told(here)
    assert told(there) == []
    assert told(clerk) == []
    decided = desk.bureau(here).does("journeys.refuse", asked, because="无车可派", effective="2026-04-08")
    desk.notify()
    assert told(clerk) == [("decided", decided.position)]
    assert ("decided", decided.position) not in told(here)


def test_what_was_decided_before_anybody_could_be_told_waits_for_nobody(desk: Desk) -> None:
    clerk, here = desk.someone("clerk", in_county(Role.UNIT_CLERK, desk.mine)), desk.someone("here")
    asked = desk.bureau(clerk).does(
        "journeys.request", unit=desk.mine.things["units"], purpose="survey", purpose_text="调研", destination="吴忠",
        outside_city=False, passengers=2, planned_from="2031-05-09T08:00:00+08:00", planned_until="2031-05-09T19:00:00+08:00",
        effective="2026-04-08",
    )  # fmt: skip
    desk.bureau(here).does("journeys.refuse", asked, because="无车可派", effective="2026-04-08")
    desk.notify()
    assert ("waits", asked.position) not in told(here)


def test_what_one_may_see_no_longer_is_no_longer_told(desk: Desk) -> None:
    client = desk.someone("leaves", in_county(Role.AUDITOR, desk.mine))
    watch(client, thing=desk.mine.named["branch"])
    desk.rename(desk.mine, "四")
    desk.notify()
    assert len(notices(client)) == 1
    with psycopg.connect(desk.region.desk.urls.owner) as owner, console(owner, "tests") as proof:
        [given] = grants.of(owner, desk.account("leaves"))
        grants.give(owner, proof, desk.account("leaves"), in_county(Role.AUDITOR, desk.other))
        grants.take(owner, proof, given.id)
    del desk.clients["leaves"]
    fresh = desk.someone("leaves")
    answer = fresh.get("/v1/notices")
    assert answer.json()["notices"] == []
    assert desk.mine.traces(answer.text) == []


def test_many_events_of_one_command_are_one_notice(desk: Desk) -> None:
    client = a_watcher(desk)
    watch(client, topic="organisations.UnitRenamed")
    mandate = MANDATE | {"effective": "2026-02-01"}
    lines = [
        {"command": "units.rename", "id": id, "arguments": {"name": f"甲县{number}"}, "mandate": mandate}
        for number, id in enumerate((desk.mine.things["units"], desk.mine.named["branch"]))
    ]
    answer = desk.region.desk.client.post("/v1/batches", json={"mode": "all-or-nothing", "commands": lines})
    assert answer.status_code == 200, answer.text
    desk.notify()
    [one] = notices(client)
    assert one["more"] == 1


def test_notices_are_read_by_their_owner_alone(desk: Desk) -> None:
    mine, other = a_watcher(desk), a_watcher(desk)
    watch(mine, thing=desk.mine.named["branch"])
    for name in ("五", "六", "七"):
        desk.rename(desk.mine, name)
    desk.notify()
    ids = [one["id"] for one in notices(mine)]
    assert ids == sorted(ids, reverse=True)
    assert other.post("/v1/notices/read", json={"ids": ids}).json() == {"unread": 0}
    assert mine.get("/v1/notices/unread").json() == {"unread": 3}
    assert mine.post("/v1/notices/read", json={"ids": ids[:1]}).json() == {"unread": 2}
    assert [one["id"] for one in notices(mine, "unread=true")] == ids[1:]
    assert mine.post("/v1/notices/read", json={"up_to": ids[1]}).json() == {"unread": 0}


def test_a_long_list_goes_on(desk: Desk) -> None:
    client = a_watcher(desk)
    watch(client, thing=desk.mine.named["branch"])
    for number in range(5):
        desk.rename(desk.mine, f"第{number}次")
    desk.notify()
    path, found = "/v1/notices?limit=2", []
    while path:
        answer = client.get(path).json()
        found += [one["position"] for one in answer["notices"]]
        path = answer["next"]
    assert (len(found), found) == (5, sorted(found, reverse=True))


def test_a_watch_ends_and_is_ones_own(desk: Desk) -> None:
    mine, other = a_watcher(desk), a_watcher(desk)
    id = watch(mine, thing=desk.mine.named["branch"])
    assert watch(mine, thing=desk.mine.named["branch"]) == id
    assert other.delete(f"/v1/watches/{id}").json()["code"] == "watch-unknown"
    assert mine.delete(f"/v1/watches/{id}").status_code == 200
    assert mine.get("/v1/watches").json() == {"watches": []}
    desk.rename(desk.mine, "八")
    desk.notify()
    assert notices(mine) == []


@pytest.mark.parametrize("what", [{}, {"thing": str(uuid4()), "unit": str(uuid4())}])
def test_a_watch_is_of_something(desk: Desk, what: dict[str, str]) -> None:
    assert a_watcher(desk).post("/v1/watches", json=what).json()["code"] == "watch-of-nothing"


def test_a_closed_account_is_told_nothing_and_nobody_of_what_they_did_themselves(desk: Desk) -> None:
    client = desk.someone("doer", in_county(Role.PREMISES_OFFICER, desk.mine))
    watch(client, thing=desk.mine.named["branch"])
    desk.bureau(client).does("units.rename", desk.mine.named["branch"], name="甲县自改", effective="2026-01-05")
    desk.notify()
    assert notices(client) == []


def test_where_notices_go_is_changed_in_person_only(desk: Desk) -> None:
    answer = a_watcher(desk).put(
        "/v1/notices/wishes", json={"language": "en", "mail": "at-once", "address": "a@b.example"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "session-needed")


def test_one_follower_works_at_a_time_and_the_other_goes_away_empty(desk: Desk) -> None:
    client = a_watcher(desk)
    watch(client, thing=desk.mine.named["branch"])
    desk.rename(desk.mine, "九")
    desk.region.catch_up()
    with desk.region.services.pool.connection() as connection:
        assert follower.taken(connection) is not None
        assert desk.following.step() == 0
    desk.notify()
    assert len(notices(client)) == 1
