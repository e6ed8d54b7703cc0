"""Pictures of the map through the API: of what the caller sees, at the moment that was asked for, and for those who may take it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.demo import loading as demo
from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.conftest import Office, settings_for
from tests.api.seeing import Seeing, seeing
from tests.stores import rows


@pytest.fixture(scope="module")
def desk(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeing]:
    demo.load(settings_for(office.urls, Path(tmp_path_factory.mktemp("demo"))))
    with seeing(office) as desk:
        yield desk


def around_a_building(desk: Seeing, much: float) -> str:
    [(schema,)] = rows(desk.urls.owner, "SELECT schema FROM reading.generations WHERE role = 'live'")
    [(x, y)] = rows(
        desk.urls.superuser,
        f"SELECT ST_X(p), ST_Y(p) FROM {schema}.map, ST_Centroid(shape) AS p WHERE kind = 'buildings' ORDER BY ST_Y(p) LIMIT 1",  # noqa: S608 -- names of the test
    )
    return f"{x - much},{y - much},{x + much},{y + much}"


def picture(desk: Seeing, role: Role = Role.AUDITOR, division: str | None = None, **asked: str) -> httpx.Response:
    token = accounts.a_token(desk.urls.owner, f"{role}{division}", given=[Grant(role=role, division=division)])
    desk.asks("/v1/map/extent")
    form = asked.pop("form", "png")
    return desk.client.get(f"/map.{form}", params=asked, headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("much", [0.0005, 0.01, 1.5])
def test_a_view_of_any_size_becomes_a_page(desk: Seeing, much: float) -> None:
    box = around_a_building(desk, much)
    plain = picture(desk, bbox=box)
    assert (plain.status_code, plain.headers["content-type"]) == (200, "image/png"), plain.text
    coloured = picture(desk, bbox=box, colour="buildings.title", title="权属图", lang="en", paper="a3")
    assert coloured.content.startswith(b"\x89PNG")
    assert coloured.content != plain.content
    assert picture(desk, bbox=box, form="pdf", floor="1").content.startswith(b"%PDF")


def test_it_shows_what_the_caller_sees_and_no_more(desk: Seeing) -> None:
    """To whoever sees nothing here it is the same as the map of something that is not there."""
    fixed: Any = {
        "bbox": around_a_building(desk, 0.0005),
        "at": "2026-06-01",
        "known": f"#{desk.client.get('/healthz').json()['position']}",
    }
    seen = picture(desk, kinds="buildings", **fixed)
    elsewhere = picture(desk, division="650000", kinds="buildings", **fixed)
    nothing = picture(desk, kinds="warehouses", **fixed)
    assert seen.content != nothing.content
    assert elsewhere.content == nothing.content


def test_who_may_take_nothing_out_takes_no_picture(desk: Seeing) -> None:
    answer = picture(desk, Role.DRIVER, bbox=around_a_building(desk, 0.01))
    assert (answer.status_code, answer.json()["code"]) == (403, "right-missing")


def test_what_cannot_be_drawn_is_refused(desk: Seeing) -> None:
    assert desk.refused("/map.png", 422) == "request-invalid"
    assert desk.refused("/map.png", 409, bbox="107,38,106,39") == "box-impossible"
    assert desk.refused("/map.png", 422, bbox="106,38,107,39", colour="buildings.taste") == "request-invalid"
