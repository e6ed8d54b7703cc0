"""Commands from the wrong side, as they are sent: what is elsewhere is not there, and what stands in the way is not named."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import records
from projections.queries import view
from tests.api.access.region import NOBODY, Region
from tests.scenarios.bureau import Bureau, line
from tests.scenarios.movables import a_vin

THEN = "2026-01-05"
SENDING = (Role.PREMISES_OFFICER, Role.DISPATCHER, Role.KEEPER)


def at_work(region: Region) -> Bureau:
    """Somebody with three roles, in the one county only."""
    return region.bureau(*(region.of_division(role) for role in SENDING))


@pytest.mark.parametrize("more", [{}, {"seen": 1}, {"corrects": 1}], ids=["as it is", "at a version", "a correction"])
def test_what_is_elsewhere_is_not_there(region: Region, more: dict[str, int]) -> None:
    bureau = at_work(region)
    told = []
    for id in (region.other.things["units"], NOBODY):
        problem = bureau.refused("units.rename", id, name="改名", effective=THEN, **more)
        told.append({name: str(said).replace(id, "") for name, said in problem.raw.items()})
    assert told[0] == told[1]
    assert (told[0]["status"], told[0]["code"]) == ("404", "not-found")


def test_a_role_in_one_county_is_no_role_in_another(region: Region) -> None:
    other = Grant(role=Role.PREMISES_OFFICER, division=region.other.division)
    bureau = region.bureau(region.of_division(Role.DISPATCHER), other)
    assert bureau.refused("units.rename", region.mine.things["units"], name="改名", effective=THEN).status == 404
    assert (
        bureau.refused("vehicles.note-odometer", region.other.named["car"], odometer=99, effective=THEN).status == 404
    )


def test_the_mandate_says_the_role_that_covers_it(region: Region) -> None:
    done = at_work(region).does("vehicles.note-odometer", region.mine.named["car"], odometer=1000, effective=THEN)
    said = region.desk.bureau.reads("vehicles", region.mine.named["car"])[-1]["mandate"]["actor"]
    assert (said["role"], done.status) == ("dispatcher", 200)


def test_one_line_elsewhere_refuses_all_and_is_named(region: Region) -> None:
    mine, other = (line("units.rename", one.named["branch"], name="新车队") for one in (region.mine, region.other))
    problem = at_work(region).refused_together(mine, other, effective=THEN)
    assert (problem.status, problem.code, problem.line) == (404, "not-found", 2)


def test_each_line_is_judged_by_itself(region: Region) -> None:
    bureau = at_work(region)
    lines = [
        line("compounds.rename", one.things["compounds"], name="新大院", effective=THEN)
        for one in (region.mine, region.other)
    ]
    answer = bureau.client.post("/v1/batches", json={"mode": "each", "commands": lines}).json()
    assert [one["problem"] and one["problem"]["code"] for one in answer["results"]] == [None, "not-found"]


def test_what_a_batch_makes_may_be_used_in_it(region: Region) -> None:
    made = str(uuid4())
    unit = {"name": "甲县档案馆", "unit_kind": "government", "level": "county", "division": region.mine.division}
    joining = line("people.join", unit=made, name="赵档", staff_type="established")
    lines = [line("units.establish", made, unit=unit), joining]
    assert at_work(region).does_together(*lines, effective=THEN).status == 200


def test_what_is_taken_elsewhere_is_taken_by_nobody_in_particular(region: Region) -> None:
    taken = a_vin(region.other.serial)
    car = {
        "plate": "宁A12399", "vin": taken, "model": "轿车", "category": "other", "body": "car",
        "energy": "petrol", "displacement": "1.8", "price": "175000.00", "odometer": 10, "owner": region.mine.things["units"],
    }  # fmt: skip
    problem = at_work(region).refused("vehicles.register", **car, effective="2020-03-01")
    assert "holder" not in problem.data
    assert [trace for trace in region.other.traces(str(problem.raw)) if trace != taken] == []


def test_what_was_handed_on_is_changed_by_its_new_holder_only(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau, car, key = at_work(region), region.mine.named["unmarked"], str(uuid4())
    handed = {"to": region.other.things["units"], "effective": THEN, "key": key}
    assert bureau.does("vehicles.transfer", car, **handed).status == 200
    # The view has not heard of it yet: it is not believed.
    monkeypatch.setattr(view, "WAIT_SECONDS", 0.1)
    late = bureau.client.post(f"/v1/vehicles/{car}/note-odometer", json=reading(5000))
    assert (late.status_code, late.json()["code"], late.headers["retry-after"]) == (503, "whereabouts-unknown", "1")
    region.catch_up()
    assert bureau.client.post(f"/v1/vehicles/{car}/note-odometer", json=reading(5000)).status_code == 404
    assert bureau.does("vehicles.transfer", car, **handed).replayed
    theirs = region.bureau(Grant(role=Role.DISPATCHER, division=region.other.division))
    assert theirs.does("vehicles.note-odometer", car, odometer=5000, effective="2026-01-06").status == 200


def reading(odometer: int) -> dict[str, object]:
    return {"odometer": odometer, "mandate": {"reason": "抄表", "effective": "2026-01-06", "documents": []}}


def test_the_key_of_somebody_elses_command_opens_nothing(region: Region) -> None:
    key, car = str(uuid4()), region.mine.named["car"]
    said = {"odometer": 2000, "effective": "2026-01-06", "key": key}
    at_work(region).does("vehicles.note-odometer", car, **said)
    colleague = region.bureau(region.of_division(Role.DISPATCHER))
    problem = colleague.refused("vehicles.note-odometer", car, **said)
    assert (problem.status, problem.code) == (409, "command-id-reused")
    assert not problem.data.keys() - {"command_id"}
    stranger = region.bureau(Grant(role=Role.DISPATCHER, division=region.other.division))
    assert stranger.refused("vehicles.note-odometer", car, **said).code in ("command-id-reused", "not-found")


def test_a_decision_is_withdrawn_by_who_decides(region: Region) -> None:
    bureau, approver = at_work(region), region.bureau(region.of_division(Role.APPROVER))
    car = region.mine.named["car"]
    bureau.does("vehicles.request-disposal", car, mode="auction", early_because="损坏", effective="2026-02-01")
    region.catch_up()
    decided = approver.does("vehicles.approve-disposal", car, mode="auction", effective="2026-02-02")
    region.catch_up()
    problem = bureau.refused("vehicles.withdraw", car, of=decided.position, effective="2026-02-03")
    assert (problem.status, problem.code) == (403, "decision-of-others")
    assert approver.does("vehicles.withdraw", car, of=decided.position, effective="2026-02-03").status == 200


def test_a_right_that_is_recorded_is_recorded_before_it_is_used(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor, person = region.client(region.of_division(Role.AUDITOR)), f"/v1/people/{region.mine.things['people']}"
    assert auditor.get(person).status_code == 200
    with region.services.pool.connection() as connection:
        latest = records.page(connection, records.Wanted(), 1)[0]
    assert (latest.what, str(latest.subject)) == ("used", region.mine.things["people"])
    assert (latest.detail["right"], latest.detail["operation"]) == ("personal", "people.state")
    monkeypatch.setattr(records, "note", fail)
    answer = auditor.get(person)
    assert answer.status_code == 503
    assert region.mine.name not in answer.text


def fail(*_: object, **__: object) -> None:
    raise psycopg.OperationalError("no room for another record")
