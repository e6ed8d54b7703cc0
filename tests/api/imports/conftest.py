"""A bureau with a building of two floors and more, and somebody who sends spreadsheets."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from infra.cluster import Urls
from tests.api.conftest import MANDATE, Office, a_token, serving, settings_for
from tests.api.feeding import following

GRANTED = {"reason": "年度清查登记", "effective": "2024-01-01", "documents": [{"number": "宁管发〔2024〕1号"}]}
WORKING = ("checking", "applying", "undoing")


@dataclass(frozen=True)
class Desk:
    """Where files are sent from."""

    office: Office
    unit: str
    building: str

    def upload(self, content: bytes, name: str) -> str:
        headers = {"Content-Type": "application/octet-stream"}
        answer = self.office.client.post("/v1/files", params={"name": name}, content=content, headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["digest"])

    def send(self, command: str, content: bytes, name: str = "台账.xlsx", mandate: Any = GRANTED) -> dict[str, Any]:
        """The import of this file, once it is checked."""
        sent = {"command": command, "file": self.upload(content, name), "name": name, "mandate": mandate}
        answer = self.office.post("/v1/imports", sent)
        assert answer.status_code == 201, answer.text
        return self.waited(answer)

    def waited(self, answer: httpx.Response) -> dict[str, Any]:
        assert answer.status_code in (200, 201), answer.text
        told: dict[str, Any] = answer.json()
        deadline = time.monotonic() + 60
        while told["state"] in WORKING:
            assert time.monotonic() < deadline, told
            time.sleep(0.05)
            told = self.office.get(f"/v1/imports/{told['id']}").json()
        return told

    def does(self, name: str, told: dict[str, Any], body: Any = None) -> dict[str, Any]:
        return self.waited(self.office.post(f"/v1/imports/{told['id']}/{name}", body))

    def applied(self, told: dict[str, Any]) -> dict[str, Any]:
        done = self.does("apply", told)
        assert (done["state"], done["problem"]) == ("applied", None), done
        return done

    def rows(self, kind: str, **asked: str) -> list[dict[str, Any]]:
        """As they are listed once the view shows all that is recorded."""
        answer = self.office.client.get(f"/v1/{kind}", params={"after": self.office.head(), "limit": "200", **asked})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["rows"]
        return found


def at(told: dict[str, Any], severity: str = "error") -> dict[str, str]:
    """What was found, by cell."""
    return {one["cell"]: one["zh"] for one in told["outcome"]["findings"] if one["severity"] == severity}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this bureau keeps its files."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def office(module_database: Urls, folder: Path) -> Iterator[Office]:
    app = create_app(settings_for(module_database, folder))
    authorization = {"Authorization": f"Bearer {a_token(module_database)}"}
    with serving(app) as address, httpx.Client(base_url=address, headers=authorization, timeout=60) as client:
        yield Office(client=client, urls=module_database)


@pytest.fixture(scope="module")
def desk(office: Office) -> Iterator[Desk]:
    with following(office.urls):
        unit = office.establish("县财政局")
        said = {
            "number": "F-001", "name": "行政楼", "address": "人民路 1 号", "division": "640104", "floors_above": 6,
            "floors_below": 1, "gross_area": "5000.00", "structure": "reinforced-concrete",
        }  # fmt: skip
        answer = office.post("/v1/buildings", {"building": said, "owner": unit, "mandate": MANDATE})
        assert answer.status_code == 201, answer.text
        yield Desk(office, unit, str(answer.json()["id"]))
