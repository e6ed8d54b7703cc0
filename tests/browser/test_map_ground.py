"""What the map is drawn on: boundaries, base maps of a host and of a file; and the sheet of paper that is made of it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.looking import accessible, picture
from tests.browser.mapping import VIEW, drawn, opened
from tests.map_hosts import ATTRIBUTION, GREEN, KEY, TILE, MapHost, chosen
from tests.pmtiles import PNG, archive, water

NEAR = "/map?look=38.48598,106.23161,14&layers=buildings"


@pytest.fixture(scope="module")
def bases_file(host: MapHost, tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = [(z, x, y) for z in range(3) for x in range(1 << z) for y in range(1 << z)]
    vectors, photos = (
        archive(dict.fromkeys(world, water()), (0, 2)),
        archive(dict.fromkeys(world, TILE), (0, 2), form=PNG),
    )
    return chosen(tmp_path_factory.mktemp("bases"), host, vectors, photos=photos)


@pytest.mark.parametrize(("language", "size"), [("zh", WIDE), ("en", PHONE)])
def test_boundaries_lie_beneath_and_say_what_they_are(
    open_page: Open, pictures: Path, language: str, size: tuple[int, int]
) -> None:
    page = opened(open_page(language=language, size=size), "/map")
    page.evaluate("zhangtu.map.sheet.setView([37.9, 106.2], 8, { animate: false })")
    drawn(page)
    expect(page.locator("path.map-boundary").first).to_be_attached()
    if size == PHONE:
        page.locator(".map-drawer > summary").click()
    page.locator(".map-bases > summary").click()
    said = "虚构" if language == "zh" else "invented"
    expect(page.locator(".map-invented")).to_contain_text(said)
    picture(page, pictures / f"ground-{language}.png")
    assert accessible(page) == []


def test_a_base_map_comes_through_this_server_and_names_its_makers(
    open_page: Open, host: MapHost, pictures: Path
) -> None:
    """The recorder of requests (`conftest.py`) fails it if the browser asks anybody else."""
    page = on(opened(open_page(), NEAR), "vec")
    expect(page.locator(".leaflet-control-attribution")).to_contain_text(ATTRIBUTION)
    tile = page.locator("img.leaflet-tile-loaded").first
    expect(tile).to_be_visible()
    assert re.search(r"/bases/vec/14/\d+/\d+$", str(tile.get_attribute("src")))
    assert KEY not in page.content()
    assert any(f"tk={KEY}" in one for one in host.asked)
    assert green(page) > 0.5
    picture(page, pictures / "xyz.png")
    page.reload()
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator("select[name=base]")).to_have_value("vec")


def test_a_host_that_is_away_takes_only_the_base_map_with_it(open_page: Open) -> None:
    page = on(opened(open_page(language="en"), NEAR), "gone")
    expect(page.locator(".map-bases [role=status]")).to_contain_text("The base map cannot be fetched")


def test_a_file_of_vectors_is_drawn_without_any_host(open_page: Open, pictures: Path) -> None:
    page = opened(open_page(), "/map?look=38.4860,106.2316,5&layers=buildings")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(urlsplit(one.url).path))
    before = colours(page)
    on(page, "ground")
    page.wait_for_timeout(700)
    new = set(colours(page)) - set(before)
    assert any(blue > red + 20 for red, _, blue in new), f"the lake of the file is blue: {new}"
    assert "/bases/ground.pmtiles" in asked
    assert not [one for one in asked if one.startswith("/bases/") and one != "/bases/ground.pmtiles"]
    picture(page, pictures / "pmtiles.png")
    assert parse_qs(urlsplit(address_of(page, "png")).query)["base"] == ["ground"]


def test_a_file_of_pictures_is_drawn_and_names_its_makers(open_page: Open) -> None:
    page = on(opened(open_page(), NEAR), "photos")
    expect(page.locator("img.leaflet-tile-loaded").first).to_be_visible()
    expect(page.locator(".leaflet-control-attribution")).to_contain_text("© Makers")
    assert green(page) > 0.5


def on(page: Page, base: str) -> Page:
    page.locator(".map-bases > summary").click()
    page.select_option("[name=base]", base)
    drawn(page)
    return page


def shot(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.locator(".folium-map").screenshot())).convert("RGB")


def colours(page: Page) -> list[tuple[int, int, int]]:
    """Of more than a hundredth of the map."""
    seen = shot(page)
    found = seen.getcolors(maxcolors=seen.width * seen.height) or []
    return [colour for many, colour in found if many > seen.width * seen.height / 100]  # type: ignore[misc]  # of three parts in RGB


def green(page: Page) -> float:
    """What part of the map is of the colour of the host's tiles."""
    seen = shot(page)
    found = {colour: many for many, colour in seen.getcolors(maxcolors=seen.width * seen.height) or []}
    return found.get(GREEN, 0) / (seen.width * seen.height)


def address_of(page: Page, form: str) -> str:
    return str(page.locator(f".map-pictures a[data-form={form}]").get_attribute("href"))


def test_what_is_looked_at_becomes_a_picture_of_the_same(open_page: Open, pictures: Path) -> None:
    page = on(opened(open_page()), "vec")
    page.select_option("[name=colour]", "title")
    page.uncheck("[name=layer][value=vehicles]")
    page.locator(".map-pictures > summary").click()
    page.fill("[name=picture-title]", "权属分布图（一）")
    asked = parse_qs(urlsplit(address_of(page, "png")).query)
    assert asked["colour"] == ["buildings.title"]
    assert asked["base"] == ["vec"]
    assert {"buildings", "fences"} <= set(asked["kinds"])
    assert "vehicles" not in asked["kinds"]
    assert {"fleet"} <= set(asked["kinds"])
    assert set(asked["fleet_state"]) == {"moving", "standing", "silent"}
    page.uncheck("[name=fleet-state][value=silent]")
    assert set(parse_qs(urlsplit(address_of(page, "png")).query)["fleet_state"]) == {"moving", "standing"}
    for form in ("png", "pdf"):
        answer = page.request.get(address_of(page, form))
        assert answer.status == 200, answer.text()
        (pictures / f"sheet.{form}").write_bytes(answer.body())
    page.uncheck("[name=fleet]")
    assert "fleet" not in parse_qs(urlsplit(address_of(page, "png")).query)["kinds"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_keeps_filters_layers_and_moment(open_page: Open, pictures: Path, language: str) -> None:
    look = VIEW.partition("?")[2]
    page = opened(
        open_page(language=language), f"/map?{look}&kind=buildings&title=registered&at=2026-01-01&colour=unit"
    )
    asked = parse_qs(urlsplit(address_of(page, "png")).query)
    assert (asked["layer"], asked["title"], asked["at"]) == (["buildings"], ["registered"], ["2026-01-01"])
    assert asked["kinds"] == ["buildings", "fleet"]
    answer = page.request.get(address_of(page, "png"))
    assert answer.status == 200, answer.text()
    (pictures / f"filtered-{language}.png").write_bytes(answer.body())
    picture(page, pictures / f"view-{language}.png")
    opened(page, f"{VIEW}&layers=buildings,rooms,items,findings,fences&colour=idle")
    answer = page.request.get(address_of(page, "png"))
    assert answer.status == 200, answer.text()
    (pictures / f"overlays-{language}.png").write_bytes(answer.body())
    picture(page, pictures / f"view-overlays-{language}.png")
