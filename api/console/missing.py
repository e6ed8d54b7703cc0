"""An address that there is none of, told as a page to who asked for a page."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.console.asking import Refused
from api.console.pages import Page, refused

NOT_THERE: Final = {
    "status": 404,
    "code": "not-found",
    "detail": "没有这一页。请核对地址，或从目录进入。",
    "detail_en": "There is no such page. Check the address, or begin at the menu.",
}


def install(app: FastAPI) -> None:
    """Beside what answers programs (`api/errors.py`), which goes on answering them."""
    told: Any = app.exception_handlers[HTTPException]

    async def http(request: Request, error: Exception) -> Response:
        if getattr(error, "status_code", None) == HTTPStatus.NOT_FOUND and _wants_page(request):
            return await refused(Page(request), Refused(HTTPStatus.NOT_FOUND, NOT_THERE))
        answer: Response = await told(request, error)
        return answer

    app.add_exception_handler(HTTPException, http)


def _wants_page(request: Request) -> bool:
    """Whether a person's browser asks, and not for something of the API."""
    is_page = not request.url.path.startswith("/v1/")
    return is_page and request.method == "GET" and "text/html" in request.headers.get("accept", "")
