"""Styles, scripts and pictures, all served from here. An address holds the digest of its content, so browsers keep it for good."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Final

from fastapi import Request
from fastapi.responses import FileResponse, Response

from api.routing import Routes

FOLDER: Final = Path(__file__).parent / "static"
FETCHED: Final = Path(__file__).parents[2] / "node_modules"
FROM_OTHERS: Final = (
    "htmx.org/dist/htmx.min.js",
    "leaflet/dist/leaflet.css",
    "leaflet/dist/leaflet.js",
    "protomaps-leaflet/dist/protomaps-leaflet.js",
    "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css",
    "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.js",
)
"""What was fetched at set-up (package.json) and is served by us."""
TYPES: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

router = Routes()


@cache
def _files() -> dict[str, Path]:
    """By the digest of their content and their name."""
    found = [path for path in FOLDER.iterdir() if path.suffix in TYPES]
    found += [FETCHED / path for path in FROM_OTHERS]
    return {f"{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}/{path.name}": path for path in found}


@cache
def address(name: str) -> str:
    """Where the present content of this file is served."""
    return next(f"/static/{key}" for key, path in _files().items() if path.name == name)


@router.get("/static/{digest}/{name}", operation_id="page.static", include_in_schema=False)
def static(digest: str, name: str, request: Request) -> Response:
    path = _files().get(f"{digest}/{name}")
    if path is None:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    kept = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return FileResponse(path, media_type=TYPES[path.suffix], headers=kept)
    return Response(_packed(path), media_type=TYPES[path.suffix], headers=kept | {"Content-Encoding": "gzip"})


@cache
def _packed(path: Path) -> bytes:
    """A quarter as long: on the way to a branch office that is what the first page waits for."""
    return gzip.compress(path.read_bytes(), mtime=0)
