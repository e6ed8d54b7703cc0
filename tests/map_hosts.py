"""A host of tiles, as somebody else runs one, and the settings that choose it; for the API and for pages in a browser."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image

from maps.bases import fetching

KEY = "key-of-the-bureau"
GREEN = (188, 220, 180)
ATTRIBUTION = "某图 · GS(2026)1号"


def _tile() -> bytes:
    """Green with a darker edge, so that one sees where it lies."""
    sheet = Image.new("RGB", (256, 256), (120, 160, 110))
    sheet.paste(GREEN, (2, 2, 254, 254))
    content = io.BytesIO()
    sheet.save(content, "PNG")
    return content.getvalue()


TILE = _tile()


@dataclass
class MapHost:
    """What it was asked, and what its zooms 3 to 6 answer: a way elsewhere, a page, something huge, a refusal."""

    asked: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, z: str) -> tuple[int, str, bytes, dict[str, str]]:
        match z:
            case "3":
                return 302, "image/png", b"", {"Location": "http://127.0.0.1:1/elsewhere"}
            case "4":
                return 200, "text/html", b"<script>", {}
            case "5":
                return 200, "image/png", b"x" * (fetching.LARGEST_TILE + 1), {}
            case "6":
                return 403, "image/png", b"", {}
            case _:
                return 200, "image/png", TILE, {}


@contextmanager
def a_map_host() -> Iterator[MapHost]:
    found = MapHost()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            status, kind, content, more = found.answer(self.path.split("z=")[1].split("&")[0])
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **more}.items():
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


def chosen(folder: Path, host: MapHost, pmtiles: bytes, *, photos: bytes = b"") -> Path:
    """The settings: this host, one that is away, and a file; `photos`: another one, of pictures."""
    (folder / "map.key").write_text(f"{KEY}\n")
    (folder / "ground.pmtiles").write_bytes(pmtiles)
    (folder / "photos.pmtiles").write_bytes(photos)
    file = folder / "bases.toml"
    of_pictures = """
        [[base]]
        name = "photos"
        zh = "影像"
        en = "Photos"
        pmtiles = "photos.pmtiles"
        """
    file.write_text(f"""
        [[base]]
        name = "vec"
        zh = "街道图"
        en = "Streets"
        attribution = "{ATTRIBUTION}"
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
        max_zoom = 2
        {of_pictures if photos else ""}
        """)
    return file
