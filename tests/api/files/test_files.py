"""Attached files: kept under their digest, and demanded where a digest is named."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from httpx import Response

from infra.blobs import BlobDamaged, Blobs
from tests.api.conftest import MANDATE, Office, a_unit

BYTES = {"Content-Type": "application/octet-stream"}


def upload(office: Office, content: bytes) -> Response:
    return office.client.post("/v1/files", content=content, headers=BYTES)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def with_document(given: str) -> dict[str, object]:
    return a_unit() | {"mandate": MANDATE | {"documents": [{"number": "宁管发〔2020〕1号", "digest": given}]}}


def test_a_file_comes_back_as_it_was_sent_and_never_as_a_page(office: Office) -> None:
    content = b"%PDF-1.7\n<script>alert(1)</script>" + bytes(range(256))
    answer = upload(office, content)
    assert (answer.status_code, answer.json()["digest"], answer.json()["size"]) == (201, digest(content), 290)
    found = office.get(answer.headers["location"])
    assert found.content == content
    assert found.headers["content-disposition"].startswith("attachment")
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["content-type"] == "application/octet-stream"


def test_the_same_file_again_is_the_same_file_and_nobody_learns_that_it_was_there(office: Office) -> None:
    assert [upload(office, b"twice").status_code for _ in range(2)] == [201, 201]


def test_an_empty_file_and_one_too_large_are_refused(office: Office) -> None:
    assert upload(office, b"").json()["code"] == "file-empty"
    assert upload(office, bytes(20 * 1024 * 1024 + 1)).status_code == 413
    assert upload(office, b" " * 20 * 1024 * 1024).status_code == 201


@pytest.mark.parametrize("name", ["0" * 64, "0" * 63, "..%2F..%2Fetc%2Fpasswd", "%00", "A" * 64])
def test_what_was_not_uploaded_is_not_there(office: Office, name: str) -> None:
    assert office.get(f"/v1/files/{name}").status_code == 404


def test_a_document_that_was_uploaded_may_be_named(office: Office) -> None:
    upload(office, b"decision")
    assert office.post("/v1/units", with_document(digest(b"decision"))).status_code == 201


def test_a_document_that_was_not_uploaded_may_not_be_named(office: Office) -> None:
    answer = office.post("/v1/units", with_document(digest(b"never seen")))
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "file-missing")
    assert problem["errors"][0]["field"] == "/mandate/documents/0/digest"


def test_a_photo_that_was_not_uploaded_may_not_be_named(office: Office) -> None:
    body = {"grade": "a", "note": "完好", "photos": [digest(b"no photo")], "mandate": MANDATE}
    answer = office.post("/v1/items/0198c5f0-7c1e-7d4b-9c3a-2f6d1e8b4a57/regrade", body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "/photos")


def test_a_damaged_file_is_never_served_and_can_be_sent_again(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    name, _ = blobs.put(b"evidence")
    (tmp_path / name[:2] / name).write_bytes(b"evidenca")
    with pytest.raises(BlobDamaged):
        blobs.get(name)
    assert blobs.put(b"evidence") == (name, True)
    assert blobs.get(name) == b"evidence"


def test_nothing_is_left_behind_by_an_upload(tmp_path: Path) -> None:
    name, _ = Blobs(tmp_path).put(b"evidence")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name]
