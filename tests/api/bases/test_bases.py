"""Base maps: asked for by this server only, of the host that was chosen only, with the key that nobody else sees."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from infra.bases import BasesInvalid, read
from infra.cluster import Urls
from maps.bases import fetching
from tests.api.conftest import a_token, serving, settings_for

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
KEY = "key-of-the-bureau"


@dataclass
class MapHost:
    """A host of tiles, as somebody else runs one; what it was asked."""

    asked: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture(scope="module")
def host() -> Iterator[MapHost]:
    found = MapHost()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            z = self.path.split("z=")[1].split("&")[0]
            match z:
                case "3":
                    self._answer(302, "image/png", b"", Location="http://127.0.0.1:1/elsewhere")
                case "4":
                    self._answer(200, "text/html", b"<script>")
                case "5":
                    self._answer(200, "image/png", b"x" * (fetching.LARGEST_TILE + 1))
                case "6":
                    self._answer(403, "image/png", b"")
                case _:
                    self._answer(200, "image/png", PIXEL)

        def _answer(self, status: int, kind: str, content: bytes, **headers: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.address = f"http://127.0.0.1:{server.server_port}"
    yield found
    server.shutdown()
    server.server_close()


def chosen(folder: Path, host: MapHost) -> Path:
    (folder / "map.key").write_text(f"{KEY}\n")
    (folder / "ground.pmtiles").write_bytes(b"PMTiles" + bytes(range(100)))
    file = folder / "bases.toml"
    file.write_text(f"""
        [[base]]
        name = "vec"
        zh = "街道图"
        en = "Streets"
        attribution = "某图 · GS(2026)1号"
        url = "{host.address}/wmts?z={{z}}&x={{x}}&y={{y}}&tk={{key}}"
        key_file = "map.key"
        max_zoom = 18
        [[base]]
        name = "gone"
        zh = "没有的"
        en = "Gone"
        url = "http://127.0.0.1:1/{{z}}/{{x}}/{{y}}"
        [[base]]
        name = "ground"
        zh = "离线底图"
        en = "Offline"
        pmtiles = "ground.pmtiles"
        """)
    return file


@pytest.fixture(scope="module")
def client(module_database: Urls, host: MapHost, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("var")
    settings = settings_for(module_database, folder).model_copy(update={"bases_file": chosen(folder, host)})
    headers = {"Authorization": f"Bearer {a_token(module_database)}"}
    with serving(create_app(settings)) as address, httpx.Client(base_url=address, headers=headers) as client:
        yield client


def test_a_tile_is_fetched_by_the_server_once_and_the_key_stays_there(client: httpx.Client, host: MapHost) -> None:
    told = client.get("/v1/map/bases").json()["bases"]
    assert [one["address"] for one in told] == [
        "/bases/vec/{z}/{x}/{y}",
        "/bases/gone/{z}/{x}/{y}",
        "/bases/ground.pmtiles",
    ]
    for _ in range(2):
        answer = client.get("/bases/vec/9/407/197")
        assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "image/png", PIXEL)
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
