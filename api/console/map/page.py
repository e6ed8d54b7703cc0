"""The page /map, and the two pieces of it that are asked for later: the card of a thing, and the moment in words."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from fastapi import HTTPException, Request
from fastapi.responses import Response

from api.console.kinds import KINDS
from api.console.map.filtered import filtered
from api.console.map.told import CARDS, FILTERED, PLACES, kinds_of, overlays_of, told, words
from api.console.pages import HERE, Page, Pages
from api.console.static import address as served_at
from api.console.things.head import HEADS
from api.console.things.next import next_for
from api.console.things.thing import opened
from maps.page.schemes import SCHEMES

if TYPE_CHECKING:
    from maps.page.figure import Parts

_FOLDER: Final = "map/panels"
_PANELS: Final = sorted(f"{_FOLDER}/{path.name}" for path in Path(HERE, "templates", _FOLDER).glob("*.html"))
"""What other parts add to the side of the map, in the order of their names; each brings its own script."""
SPANS: Final = (
    (91, "近三个月", "3 months"),
    (366, "近一年", "1 year"),
    (1096, "近三年", "3 years"),
    (3653, "近十年", "10 years"),
)
"""How many days the slider reaches back."""
LATEST: Final = 3
"""Changes on a card; the page of the thing has them all."""

router = Pages()


class MapPage(Page):
    """A piece of the map's page: what leads back leads to the page."""

    @property
    def here(self) -> str:
        query = self.request.url.query
        return f"/map?{query}" if query else "/map"


@router.get("/map", operation_id="page.map")
async def map_page(request: Request) -> Response:
    page = Page(request)
    page.nonce = secrets.token_urlsafe(16)
    await page.enter()
    kinds = kinds_of(page)
    reads = () if page.me is None else page.me["reads"]
    narrowed = await filtered(page, [kind for kind in FILTERED if kind in reads])
    shown = [PLACES.get(narrowed.kind, narrowed.kind)] if narrowed.kind else kinds
    box = (await page.look("/v1/map/extent", kinds=shown))["box"] if kinds else None
    return page.show(
        "map/map.html",
        sheet=_sheet(told(page, box, narrowed)),
        layers=[KINDS[kind] for kind in kinds],
        overlays=overlays_of(page),
        words=words(page.language)[1],
        schemes=SCHEMES,
        filtered=narrowed,
        panels=_PANELS,
        spans=SPANS,
        is_empty=box is None,
    )


def _sheet(said: Mapping[str, Any]) -> Parts:
    # folium is loaded with the first map: that takes longer than the page.
    from maps.page.sheet import LEAFLET, TILES, sheet  # noqa: PLC0415 -- see above

    served = {f"{LEAFLET}.js": served_at("leaflet.js"), f"{LEAFLET}.css": served_at("leaflet.css"),
              TILES: served_at("protomaps-leaflet.js")}  # fmt: skip
    return sheet(served, said)


@router.get("/map/words/{digest}/{language}.js", operation_id="page.map.words")
async def map_words(digest: str, language: str) -> Response:
    """What the scripts know in a language, the same for everybody."""
    script, address = words("zh" if language == "zh" else "en")
    if digest not in address:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(script, media_type="text/javascript; charset=utf-8", headers=kept)


@router.get("/map/card/{kind}/{id:uuid}", operation_id="page.map.card")
async def card(request: Request, kind: str, id: UUID) -> Response:
    """Facts, the last changes and the next actions of a thing, from the same questions as its own page."""
    page = MapPage(request)
    await page.enter()
    if kind not in CARDS:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    thing = await opened(page, KINDS[kind], id)
    story: Any = await thing.look("history", limit=str(LATEST))
    return page.show("map/card.html", thing=thing, kind=KINDS[kind], heads=HEADS[kind],
                     next_actions=await next_for(thing), events=story["events"])  # fmt: skip


@router.get("/map/said", operation_id="page.map.said")
async def said(request: Request) -> Response:
    """The banner and the time bar of the page at another moment."""
    page = MapPage(request)
    await page.enter()
    return page.show("map/said.html")
