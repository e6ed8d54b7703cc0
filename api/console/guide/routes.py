"""The guide in the console, also for whoever has not come in yet: how one comes in stands in it."""

from __future__ import annotations

import contextlib
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import FileResponse, Response

from api.console.asking import Refused
from api.console.guide.chapters import BY_NAME, CHAPTERS
from api.console.guide.written import PICTURES, written
from api.console.missing import NOT_THERE
from api.console.pages import Page, Pages

router = Pages()


@router.get("/guide", operation_id="page.guide")
async def contents(request: Request) -> Response:
    page = await _page(request)
    return page.show("guide/contents.html", chapters=CHAPTERS)


@router.get("/guide/{name}", operation_id="page.guide.chapter")
async def chapter(request: Request, name: str) -> Response:
    page = await _page(request)
    if name not in BY_NAME:
        raise Refused(HTTPStatus.NOT_FOUND, NOT_THERE)
    at = list(BY_NAME).index(name)
    return page.show(
        "guide/chapter.html",
        chapters=CHAPTERS,
        chapter=BY_NAME[name],
        text=written(name, page.language),
        before=CHAPTERS[at - 1] if at else None,
        after=CHAPTERS[at + 1] if at + 1 < len(CHAPTERS) else None,
    )


@router.get("/guide/pictures/{name}", operation_id="page.guide.picture")
async def picture(name: str) -> Response:
    """One of those that are there, by its name."""
    found = next((path for path in PICTURES.glob("*.png") if path.name == name), None)
    if found is None:
        raise Refused(HTTPStatus.NOT_FOUND, NOT_THERE)
    return FileResponse(found, media_type="image/png", headers={"Cache-Control": "public, max-age=3600"})


async def _page(request: Request) -> Page:
    page = Page(request)
    with contextlib.suppress(Refused):
        await page.enter()
    return page
