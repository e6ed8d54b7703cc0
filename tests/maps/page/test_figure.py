"""A figure of folium's holds no address that is not ours: the page could not be made otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable

import folium
import pytest
from branca.element import Element
from folium.plugins import MarkerCluster

from maps.page.figure import AddressUnknown, OwnFigure
from maps.page.sheet import LEAFLET, TILES, Sheet, sheet

OURS = {f"{LEAFLET}.js": "/static/a/leaflet.js", f"{LEAFLET}.css": "/static/b/leaflet.css", TILES: "/static/c/tiles.js"}
HOSTILE = "</script><script>alert(1)</script>`${7*7}`'\""


def a_figure(*added: Callable[[folium.Map], object]) -> OwnFigure:
    figure = OwnFigure(OURS)
    page = Sheet()
    figure.add_child(page)
    for add in added:
        add(page)
    return figure


def test_every_address_of_the_map_is_one_of_ours() -> None:
    parts = sheet(OURS, {"language": "zh"})
    assert parts.scripts == (OURS[f"{LEAFLET}.js"], OURS[TILES])
    assert parts.styles == (OURS[f"{LEAFLET}.css"],)
    assert not re.search(r"https?:|<style|style=", parts.html + parts.script)


def test_a_script_that_we_do_not_serve_is_refused_when_the_page_is_made() -> None:
    figure = a_figure(lambda page: MarkerCluster().add_to(page))  # type: ignore[no-untyped-call]  # folium's is not
    with pytest.raises(AddressUnknown, match="markercluster"):
        figure.parts()


@pytest.mark.parametrize("address", ["https://tile.openstreetmap.org/{z}/{x}/{y}.png", "//tiles.example/{z}/{x}/{y}"])
def test_an_address_within_a_script_is_refused_too(address: str) -> None:
    figure = a_figure(lambda page: folium.TileLayer(address, attr="-").add_to(page))
    with pytest.raises(AddressUnknown, match=re.escape(address.split("/")[2])):
        figure.parts()


def test_folium_as_it_comes_would_ask_the_internet_for_nine_files() -> None:
    figure = OwnFigure(OURS)
    figure.add_child(folium.Map(tiles=None))
    with pytest.raises((AddressUnknown, TypeError)):
        figure.parts()


def test_text_in_the_head_of_the_page_is_refused() -> None:
    figure = a_figure()
    figure.header.add_child(Element("<style>body {}</style>"))
    with pytest.raises(TypeError, match="Element"):
        figure.parts()


def test_what_the_script_is_told_cannot_end_it() -> None:
    script = sheet(OURS, {"word": HOSTILE}).script
    assert "</script" not in script
    assert r"\u003c/script" in script
