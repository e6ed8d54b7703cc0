"""Commands: carried out once, on the version that was seen, by whom the token says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from tests.api.conftest import MANDATE, Office, a_unit


def test_a_unit_is_established_and_found_where_the_answer_says(office: Office) -> None:
    answer = office.post("/v1/units", a_unit("县档案局"))
    said = answer.json()
    assert answer.status_code == 201
    assert (said["version"], answer.headers["etag"], said["replayed"]) == (1, '"1"', False)
    assert [event["topic"] for event in said["events"]] == ["organisations.UnitEstablished"]
    assert said["position"] == said["events"][-1]["position"]
    found = office.get(answer.headers["location"])
    assert found.json()["id"] == said["id"]


def test_the_client_may_choose_the_id(office: Office) -> None:
    chosen = str(uuid4())
    assert office.post("/v1/units", a_unit(id=chosen)).json()["id"] == chosen


def test_who_acted_comes_from_the_token(office: Office) -> None:
    said = office.post("/v1/units", a_unit()).json()
    mandate = office.get(f"/v1/events/{said['position']}").json()["mandate"]
    assert mandate["actor"] == {"user": "li", "unit": "区机关事务管理局", "role": "premises-officer"}
    assert mandate["source"] == "api"
    assert mandate["effective"] == "2019-12-31T16:00:00Z"  # the start of the day in Shanghai


def test_a_notice_comes_with_the_answer(office: Office) -> None:
    body = {"credit_code": "114415000072404700", "mandate": MANDATE}
    answer = office.post(f"/v1/units/{office.establish()}/assign-code", body)
    assert [notice["code"] for notice in answer.json()["notices"]] == ["credit-code-suspect"]


def test_a_repeat_gets_the_first_answer_and_writes_nothing(office: Office) -> None:
    key = uuid4()
    first = office.post("/v1/units", a_unit(), key=key)
    head = office.head()
    again = office.post("/v1/units", a_unit(), key=key)
    assert (again.status_code, again.json() | {"replayed": False}) == (201, first.json())
    assert (first.headers["idempotency-replayed"], again.headers["idempotency-replayed"]) == ("false", "true")
    assert office.head() == head


def test_a_key_made_by_the_server_is_told(office: Office) -> None:
    answer = office.post("/v1/units", a_unit())
    assert answer.headers["idempotency-key"] == answer.json()["command_id"]


def test_the_same_key_with_another_body_is_refused(office: Office) -> None:
    key = uuid4()
    office.post("/v1/units", a_unit(), key=key)
    answer = office.post("/v1/units", a_unit("县审计局"), key=key)
    assert (answer.status_code, answer.json()["code"]) == (409, "command-id-reused")


def test_a_body_with_other_spacing_is_the_same_body(office: Office) -> None:
    key = str(uuid4())
    first = office.post("/v1/units", a_unit(), key=key)
    reordered = dict(reversed(list(a_unit().items())))
    assert office.post("/v1/units", reordered, key=key).json()["id"] == first.json()["id"]


def test_twenty_at_once_with_one_key_write_once(office: Office) -> None:
    key, head = uuid4(), office.head()
    with ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(lambda _: office.post("/v1/units", a_unit(), key=key), range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["position"] for answer in answers}) == 1
    assert sum(not answer.json()["replayed"] for answer in answers) == 1
    assert office.head() == head + 1


def test_a_change_on_the_version_that_was_seen_goes_through(office: Office) -> None:
    unit = office.establish()
    answer = office.post(f"/v1/units/{unit}/rename", {"name": "县税务局", "mandate": MANDATE}, If_Match='"1"')
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')


def test_a_change_on_an_older_version_is_refused(office: Office) -> None:
    unit = office.establish()
    office.post(f"/v1/units/{unit}/rename", {"name": "县税务局", "mandate": MANDATE})
    answer = office.post(f"/v1/units/{unit}/rename", {"name": "县林业局", "mandate": MANDATE}, If_Match='"1"')
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["field"]) == (412, "version-conflict", "If-Match")


def test_a_repeat_of_a_change_on_its_version_is_still_a_repeat(office: Office) -> None:
    unit, key = office.establish(), uuid4()
    body = {"name": "县税务局", "mandate": MANDATE}
    office.post(f"/v1/units/{unit}/rename", body, key=key, If_Match='"1"')
    again = office.post(f"/v1/units/{unit}/rename", body, key=key, If_Match='"1"')
    assert (again.status_code, again.json()["replayed"]) == (200, True)


def test_what_is_not_there_cannot_be_changed(office: Office) -> None:
    answer = office.post(f"/v1/units/{uuid4()}/rename", {"name": "县税务局", "mandate": MANDATE})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_a_rule_of_the_domain_is_told_in_both_languages_and_at_its_field(office: Office) -> None:
    unit = office.establish()
    body = {"name": "县税务局", "mandate": {"reason": "更名", "effective": "2021-01-01"}}
    answer = office.post(f"/v1/units/{unit}/rename", body)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert (problem["code"], problem["field"]) == ("document-missing", "/mandate/documents")
    assert problem["type"] == "urn:zhangtu:problem:document-missing"
    assert problem["detail"]
    assert problem["detail_en"]


def test_a_correction_names_the_position_of_what_it_corrects(office: Office) -> None:
    unit = office.establish()
    wrong = office.post(f"/v1/units/{unit}/rename", {"name": "县税务所", "mandate": MANDATE}).json()
    right = {"name": "县税务局", "mandate": MANDATE, "corrects": wrong["position"]}
    said = office.post(f"/v1/units/{unit}/rename", right).json()
    assert [event["topic"] for event in said["events"]] == ["registry.FactCorrected"]
    assert _name(office, unit) == "县税务局"


def test_a_registration_is_corrected_at_its_own_address(office: Office) -> None:
    said = office.post("/v1/units", a_unit("县财正局")).json()
    answer = office.post("/v1/units", a_unit("县财政局", id=said["id"], corrects=said["position"]))
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert _name(office, said["id"]) == "县财政局"


def test_a_correction_without_an_id_is_refused(office: Office) -> None:
    answer = office.post("/v1/units", a_unit(corrects=1))
    assert (answer.status_code, answer.json()["field"]) == (409, "/id")


def _name(office: Office, unit: str) -> str:
    facets = office.get(f"/v1/units/{unit}").json()["facets"]
    return next(str(facet["value"]) for facet in facets if facet["name"] == "name")
