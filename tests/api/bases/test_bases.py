"""Base maps: asked for by this server only, of the host that was chosen only, with the key that nobody else sees."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from api.app import create_app
from infra.bases import BasesInvalid, read
from infra.cluster import Urls
from tests.api.conftest import a_token, serving, settings_for
from tests.map_hosts import KEY, TILE, MapHost, chosen
from tests.pmtiles import PNG, archive

FILE = b"PMTiles" + bytes(range(100))
PHOTOS = archive({(4, 12, 6): TILE}, (2, 4), form=PNG)


@pytest.fixture(scope="module")
def client(module_database: Urls, host: MapHost, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("var")
    settings = settings_for(module_database, folder).model_copy(
        update={"bases_file": chosen(folder, host, FILE, photos=PHOTOS)}
    )
    headers = {"Authorization": f"Bearer {a_token(module_database)}"}
    with serving(create_app(settings)) as address, httpx.Client(base_url=address, headers=headers) as client:
        yield client


def test_a_tile_is_fetched_by_the_server_once_and_the_key_stays_there(client: httpx.Client, host: MapHost) -> None:
    told = client.get("/v1/map/bases").json()["bases"]
    assert [one["address"] for one in told] == [
        "/bases/vec/{z}/{x}/{y}",
        "/bases/gone/{z}/{x}/{y}",
        "/bases/ground.pmtiles",
        "/bases/photos/{z}/{x}/{y}",
    ]
    for _ in range(2):
        answer = client.get("/bases/vec/9/407/197")
        assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "image/png", TILE)
    assert [one for one in host.asked if "z=9" in one] == [f"/wmts?z=9&x=407&y=197&tk={KEY}"]
    assert KEY not in client.get("/v1/map/bases").text


@pytest.mark.parametrize("z", [3, 4, 5, 6])
def test_what_is_no_small_picture_is_not_handed_on(client: httpx.Client, z: int) -> None:
    """A way elsewhere, a page, something huge, a refusal."""
    answer = client.get(f"/bases/vec/{z}/1/1")
    assert (answer.status_code, answer.json()["code"]) == (503, "base-unreachable")
    assert KEY not in answer.text
    assert "127.0.0.1" not in answer.text


def test_a_host_that_is_away_is_said_to_be(client: httpx.Client) -> None:
    answer = client.get("/bases/gone/3/1/1")
    assert (answer.status_code, answer.json()["code"]) == (503, "base-unreachable")


def test_only_what_was_chosen_is_asked_for(client: httpx.Client, host: MapHost) -> None:
    before = len(host.asked)
    assert client.get("/bases/other/3/1/1").status_code == 404
    assert client.get("/bases/vec/19/1/1").status_code == 404
    assert client.get("/bases/vec/2/9/1").status_code == 404
    assert client.get("/bases/ground/2/1/1").status_code == 404
    assert client.get("/bases/vec.pmtiles").status_code == 404
    assert client.get("/bases/vec/9/407/197", headers={"Authorization": "Bearer nobody"}).status_code == 401
    assert len(host.asked) == before


def test_a_file_of_tiles_is_read_by_ranges(client: httpx.Client) -> None:
    answer = client.get("/bases/ground.pmtiles", headers={"Range": "bytes=0-6"})
    assert (answer.status_code, answer.content) == (206, b"PMTiles")
    assert answer.headers["content-range"] == "bytes 0-6/107"


def test_a_file_of_pictures_is_handed_out_tile_by_tile_as_far_as_it_reaches(client: httpx.Client) -> None:
    photos = client.get("/v1/map/bases").json()["bases"][-1]
    assert [photos[name] for name in ("form", "min_zoom", "max_zoom", "attribution")] == ["tiles", 2, 4, "© Makers"]
    found = client.get("/bases/photos/4/12/6")
    assert (found.status_code, found.headers["content-type"], found.content) == (200, "image/png", TILE)
    nothing = client.get("/bases/photos/4/1/1")
    assert nothing.status_code == 200
    assert Image.open(io.BytesIO(nothing.content)).convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)
    assert client.get("/bases/photos/5/1/1").status_code == 404


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('url = "http://{z}.example/{x}/{y}"', "name a host"),
        ('url = "file:///etc/{z}{x}{y}"', "http"),
        ('url = "https://example/{z}/{x}"', "must hold"),
        ('url = "https://example/{z}/{x}/{y}?k={key}"', "key_file"),
        ('pmtiles = "nothing.pmtiles"', "no file"),
        ("", "either"),
    ],
)
def test_settings_that_would_ask_anybody_else_stop_the_start(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "bases.toml"
    file.write_text(f'[[base]]\nname = "a"\nzh = "一"\nen = "A"\n{line}\n')
    with pytest.raises(BasesInvalid, match=said):
        read(file)
