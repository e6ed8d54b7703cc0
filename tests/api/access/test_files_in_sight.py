"""Files: read and cited by who sent them, and by who sees what they belong to; to anybody else they are not there."""

from __future__ import annotations

import hashlib
from uuid import uuid4

import httpx
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from tests.api.access.region import Region

BYTES = {"Content-Type": "application/octet-stream"}
THEN = "2026-01-05"


def sent(client: httpx.Client, content: bytes) -> str:
    answer = client.post("/v1/files", content=content, headers=BYTES)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["digest"])


def cited(client: httpx.Client, unit: str, digest: str) -> httpx.Response:
    """A unit is renamed on this document."""
    mandate = {"reason": "更名", "effective": THEN, "documents": [{"number": "1号", "digest": digest}]}
    return client.post(f"/v1/units/{unit}/rename", json={"name": f"单位{uuid4().hex[:6]}", "mandate": mandate})


@pytest.fixture(scope="module")
def officer(region: Region) -> httpx.Client:
    return region.client(region.of_division(Role.PREMISES_OFFICER))


@pytest.fixture(scope="module")
def neighbour(region: Region) -> httpx.Client:
    """An officer of the other county."""
    return region.client(Grant(role=Role.PREMISES_OFFICER, division=region.other.division))


def test_a_file_of_others_is_neither_read_nor_cited_and_nobody_learns_that_it_is_there(
    region: Region, officer: httpx.Client, neighbour: httpx.Client
) -> None:
    theirs, missing = sent(officer, b"a plan"), hashlib.sha256(b"no plan").hexdigest()
    told = []
    for digest in (theirs, missing):
        answers = neighbour.get(f"/v1/files/{digest}"), cited(neighbour, region.other.named["branch"], digest)
        assert [answer.status_code for answer in answers] == [404, 409]
        assert answers[1].json()["code"] == "file-missing"
        told.append([answer.text.replace(digest, "") for answer in answers])
    assert told[0] == told[1]


def test_who_sent_a_file_reads_and_cites_it(region: Region, officer: httpx.Client, neighbour: httpx.Client) -> None:
    region.catch_up()
    digest = sent(officer, b"a decision")
    assert sent(neighbour, b"a decision") == digest
    assert neighbour.get(f"/v1/files/{digest}").content == b"a decision"
    assert cited(neighbour, region.other.named["branch"], digest).status_code == 200


def test_who_sees_what_a_file_belongs_to_reads_and_cites_it(
    region: Region, officer: httpx.Client, neighbour: httpx.Client
) -> None:
    region.catch_up()
    digest = sent(officer, b"a title")
    leader, clerk = (region.client(region.of_division(role)) for role in (Role.LEADER, Role.UNIT_CLERK))
    assert leader.get(f"/v1/files/{digest}").status_code == 404
    assert cited(officer, region.mine.named["branch"], digest).status_code == 200
    region.catch_up()
    assert leader.get(f"/v1/files/{digest}").content == b"a title"
    assert neighbour.get(f"/v1/files/{digest}").status_code == 404
    person, mandate = region.mine.things["people"], {"reason": "调动", "effective": THEN}
    body = {"name": "甲县马明", "mandate": mandate | {"documents": [{"number": "2号", "digest": digest}]}}
    assert clerk.post(f"/v1/people/{person}/change-contact", json=body).status_code == 200


def test_whose_role_reads_no_files_cites_its_own_only(region: Region, officer: httpx.Client) -> None:
    driver, digest = region.client(region.of_division(Role.DRIVER)), sent(officer, b"a bill")
    assert driver.get(f"/v1/files/{digest}").json()["code"] == "right-missing"
    for own, code in ((digest, "file-missing"), (sent(driver, b"a receipt"), None)):
        mandate = {"reason": "抄表", "effective": THEN, "documents": [{"number": "3号", "digest": own}]}
        body = {"odometer": 100, "mandate": mandate}
        answer = driver.post(f"/v1/vehicles/{region.mine.named['car']}/note-odometer", json=body)
        assert answer.json().get("code") == code, answer.text
