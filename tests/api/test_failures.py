"""When something behind the API fails, the answer is plain, says what to do, and shows nothing of the inside."""

from __future__ import annotations

import logging
import socket
import time
from pathlib import Path

import httpx
import pytest

from api import composition
from api.app import create_app
from domain.registry import Registry
from infra.settings import Settings
from tests.api.conftest import Office, a_unit, serving

NOWHERE = "postgresql://zhangtu_app:secret-word@127.0.0.1:9/nowhere"


def test_without_a_database_there_is_a_503_in_both_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composition, "PATIENCE_SECONDS", 0.3)
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
    with serving(create_app(Settings(database_url=NOWHERE, var_dir=tmp_path))) as address:
        answers = [httpx.get(f"{address}/healthz")]
        answers.append(httpx.post(f"{address}/v1/units", json=a_unit(), headers={"Authorization": "Bearer zt_x"}))
    for answer in answers:
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert answer.json()["code"] == "database-unavailable"
        assert "secret-word" not in answer.text


def test_a_bug_is_a_500_that_names_its_entry_in_the_log(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("inside knowledge")

    monkeypatch.setattr(Registry, "execute", fail)
    answer = office.post("/v1/units", a_unit())
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "inside knowledge" not in answer.text
    assert problem["data"]["incident"] in caplog.text
    assert "inside knowledge" in caplog.text


def test_whoever_gives_up_while_sending_is_no_incident(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    address = office.client.base_url
    sent = f"POST /v1/units HTTP/1.1\r\nHost: {address.host}\r\nAuthorization: {office.client.headers['authorization']}\r\n"
    sent += "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
    for _ in range(3):
        with socket.create_connection((address.host, address.port or 80)) as connection:
            connection.sendall(sent.encode())
            time.sleep(0.2)
    assert office.get("/healthz").status_code == 200
    time.sleep(0.2)
    assert "incident" not in caplog.text
    assert "Traceback" not in caplog.text
