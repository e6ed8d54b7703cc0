"""What may be attached: told by its content, whatever it is called."""

from __future__ import annotations

import io
import zipfile

import pytest
from httpx import Response

from api.files import uploads
from domain.kernel.errors import Refusal
from tests.api.conftest import Office

BYTES = {"Content-Type": "application/octet-stream"}
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def packed(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


TAKEN = {
    "关于调配办公用房的批复.pdf": PDF,
    "photo.JPG": b"\xff\xd8\xff\xe0" + bytes(64),
    "plan.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "plan.webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "scan.tiff": b"II*\x00" + bytes(64),
    "公文.ofd": packed("OFD.xml", "Doc_0/Document.xml"),
    "letter.docx": packed("[Content_Types].xml", "word/document.xml"),
    "清册.xlsx": packed("[Content_Types].xml", "xl/workbook.xml"),
    "清册.et": OLD_OFFICE,
    "all.zip": packed("a.pdf", "b.pdf"),
    "plan.dwg": b"AC1032" + bytes(64),
    "清册.csv": "\ufeff编号,名称\r\n1,办公桌\r\n".encode(),
    "Unicode 文本.txt": "编号\t名称\r\n1\t办公桌\r\n".encode("utf-16"),
    "outline.geojson": b'{"type": "Polygon"}',
}
REFUSED = {
    "a program for Windows": b"MZ\x90\x00" + bytes(64),
    "a program for Linux": b"\x7fELF\x02\x01\x01" + bytes(64),
    "a page": b"<html><script>alert(1)</script>",
    "a page after blank lines and a mark": b"\xef\xbb\xbf\n\n  <!DOCTYPE html>",
    "a drawing that runs scripts": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a document that loads others": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
    "a page in UTF-16": "<html><script>alert(1)</script>".encode("utf-16"),
    "noise": bytes(range(256)),
    "words in no encoding that is known": "办公用房".encode("gb18030"),
    "an archive that is broken": packed("a")[:20],
}


def code(content: bytes, name: str | None = None) -> str | None:
    try:
        uploads.require_fit(content, name)
    except Refusal as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize("name", TAKEN)
def test_papers_pictures_and_tables_are_taken(name: str) -> None:
    assert code(TAKEN[name], name) is None
    assert code(TAKEN[name]) is None


@pytest.mark.parametrize("what", REFUSED)
def test_what_could_run_and_what_nobody_can_open_is_refused(what: str) -> None:
    assert code(REFUSED[what]) == "file-kind-refused"


def test_macros_are_refused_in_new_and_old_documents() -> None:
    assert code(packed("word/document.xml", "word/vbaProject.bin")) == "file-with-macros"
    assert code(OLD_OFFICE + "_VBA_PROJECT".encode("utf-16-le")) == "file-with-macros"


def test_what_asks_for_a_password_says_that_it_does_and_not_that_its_name_is_wrong() -> None:
    assert code(OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "清册.xlsx") == "file-locked"


@pytest.mark.parametrize("name", ["批复.pdf.exe", "批复.docx", "pdf", "批复.html"])
def test_a_name_that_says_something_else_is_refused(name: str) -> None:
    assert code(PDF, name) == "file-name-disagrees"


@pytest.mark.parametrize(
    "name", ["../../a.pdf", "a\\b.pdf", "a\x00.pdf", "a\r\nb.pdf", "fdp.\u202eexe.pdf", "x" * 201, ""]
)
def test_a_name_that_is_a_path_or_misleads_is_refused(name: str) -> None:
    assert code(PDF, name) == "file-name-invalid"


def upload(office: Office, content: bytes, **name: str) -> Response:
    return office.client.post("/v1/files", content=content, headers=BYTES, params=name)


def test_what_is_refused_is_not_kept(office: Office) -> None:
    answer = upload(office, REFUSED["a page"])
    assert (answer.status_code, answer.json()["code"]) == (409, "file-kind-refused")
    assert upload(office, PDF, name="a.exe").json()["field"] == "/query/name"


def test_a_file_comes_back_under_an_ending_that_opens_it_and_never_as_a_page(office: Office) -> None:
    found = office.get(upload(office, PDF, name="批复.pdf").headers["location"])
    assert found.headers["content-disposition"].endswith('.pdf"')
    assert found.headers["content-type"] == "application/octet-stream"
    assert found.headers["content-security-policy"].startswith("sandbox")
