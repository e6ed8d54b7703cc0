"""The page of the map in a browser: opened, drawn, clicked."""

from __future__ import annotations

from playwright.sync_api import Page, expect

VIEW = "/map?look=38.48598,106.23161,17"
"""The compound of the demonstration, from where rooms cannot be told apart yet."""
PREMISES = f"{VIEW}&layers=compounds,buildings"
MAIN = (106.23105, 38.48645)
"""In the middle of building no. 1 of the demonstration."""


def opened(page: Page, address: str = "/map") -> Page:
    page.goto(address)
    drawn(page)
    return page


def drawn(page: Page) -> None:
    """Until nothing is awaited and everything is painted."""
    expect(page.locator(".folium-map[data-waiting='0']")).to_be_visible()
    page.wait_for_timeout(150)


def clicked(page: Page, longitude: float, latitude: float) -> None:
    point = page.evaluate("([lng, lat]) => zhangtu.map.sheet.latLngToContainerPoint([lat, lng])", [longitude, latitude])
    page.locator(".folium-map").click(position={"x": point["x"], "y": point["y"]})
