"""The documents of one thing, single events by their positions, what can be told of stored bytes, and which cases there are."""

from __future__ import annotations

import hashlib
import json

from tests.api.conftest import Office
from tests.api.seeing import Seeing
from tests.scenarios.movables import a_stored_item, a_warehouse
from tests.scenarios.movables import a_unit as an_institution
from tests.scenarios.premises import a_building, a_unit

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(40)


def test_a_thing_tells_its_documents_with_their_files_the_latest_cited_first(desk: Seeing, office: Office) -> None:
    sent = office.client.post("/v1/files", content=PHOTO, headers={"content-type": "application/octet-stream"})
    digest = sent.json()["digest"]
    building = a_building(desk.bureau, a_unit(desk.bureau, "县财政局"))
    repair = {"work": "屋面防水", "cost": "3600.00"}
    mandate = {
        "reason": "漏雨",
        "effective": "2022-03-01",
        "documents": [{"number": "贺机管发〔2022〕3号", "digest": digest}],
    }
    address = f"/v1/buildings/{building}/record-daily-repair"
    first = office.post(address, repair | {"mandate": mandate}).json()["position"]
    last = desk.bureau.does(
        "buildings.record-daily-repair", building, effective="2023-03-01", document="贺机管发〔2022〕3号", **repair
    )
    told = desk.sees(f"/v1/buildings/{building}/documents")
    cited = {"number": "贺机管发〔2022〕3号", "events": 2, "first": first, "last": last.position, "digests": [digest]}
    assert told["documents"][0] == cited
    assert told["photos"] == []
    then = desk.sees(f"/v1/buildings/{building}/documents", at="2022-06-01")["documents"]
    assert next(one for one in then if one["number"] == cited["number"])["events"] == 1
    known = desk.sees(f"/v1/buildings/{building}/documents", known=f"#{first - 1}")["documents"]
    assert cited["number"] not in {one["number"] for one in known}


def test_changes_are_found_by_their_positions(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县档案局")
    named = desk.bureau.does("units.rename", unit, effective="2022-01-01", name="县档案馆")
    desk.bureau.does("units.rename", unit, effective="2023-01-01", name="县史志馆")
    found = desk.sees("/v1/history", asset=unit, position=[str(named.position), "1"])["events"]
    assert [one["position"] for one in found] == [named.position]


def test_an_event_tells_the_digests_of_its_stored_bytes(desk: Seeing, office: Office) -> None:
    unit = a_unit(desk.bureau, "县统计局")
    renamed = desk.bureau.does("units.rename", unit, effective="2022-01-01", name="县调查队")
    answer = office.get(f"/v1/events/{renamed.position}")
    stored = json.dumps(answer.json()["state"], ensure_ascii=False, separators=(",", ":")).encode()
    assert answer.json()["digests"]["state"] == hashlib.sha256(stored).hexdigest()
    assert len(answer.json()["digests"]["mandate"]) == 64


def test_cases_are_listed_with_where_they_stopped(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县体育局")
    head = desk.bureau.head()
    assert desk.sees("/v1/cases") == {"cases": []}
    desk.investigates("体育局", head, f"unit:{unit}")
    [told] = desk.sees("/v1/cases")["cases"]
    assert (told["name"], told["state"], told["position"], told["at"]) == ("体育局", "ready", head, None)
    assert told["known"] is not None
    assert told["things"] >= 1


def test_photos_are_those_that_had_been_shown_by_the_moment(desk: Seeing) -> None:
    keeper = an_institution(desk.bureau)
    item = a_stored_item(desk.bureau, keeper, a_warehouse(desk.bureau, keeper), "TY-2021-1001")
    path = f"/v1/items/{item}/documents"
    assert len(desk.sees(path)["photos"]) == 1
    assert len(desk.sees(path, at="2022-03-01")["photos"]) == 1
    assert desk.sees(path, at="2022-02-28")["photos"] == []
