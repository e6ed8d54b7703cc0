"""The map's page in a browser with 1,000,000 things on the server: from navigation until everything is drawn, and a step of the slider.

Chromium beside the server on the same machine, nothing in its cache, signed in as an auditor. `first` is the first drawing, `step` the
time from a day's being chosen to its being drawn; p95 in milliseconds over all turns, at four distances. `-n` is how many things.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import psycopg
from playwright.sync_api import Browser, sync_playwright

from api.app import create_app
from domain.access.roles import Role
from infra.access import grants
from infra.settings import Settings
from tests import accounts
from tests.api.conftest import serving
from tests.bench._filled import settings_of
from tests.bench._measure import options, progress, report
from tests.bench.history import make_live
from tests.bench.tiles import populate
from tests.databases import throwaway_cluster

DISTANCES = {
    "far": "",
    "town": "?look=38.49,106.23,13",
    "streets": "?look=38.49,106.23,15",
    "near": "?look=38.49,106.23,17",
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
STEPS = 12
_WATCH = """
    window.told = {};
    const still = () => { told.at = performance.now(); };
    document.addEventListener("map:ready", ({ detail: { map, it } }) => {
      it.on("drawn", still);
      map.eachLayer((layer) => layer.on("load", still));
    });"""
_STILL = """async () => {
    const isStill = () => told.at && document.querySelector(".folium-map").dataset.waiting === "0" && performance.now() - told.at > 700;
    while (!isStill()) await new Promise((done) => setTimeout(done, 20));
    return told.at;
}"""
_STEP = """async () => {
    const steps = zhangtu.map.steps, before = steps.length;
    document.querySelector(".map-time [name=back]").click();
    while (steps.length === before) await new Promise((done) => setTimeout(done, 5));
    await new Promise((done) => setTimeout(done, 900));  // what follows when the slider rests
    return steps.at(-1);
}"""


def main(argv: list[str]) -> int:
    asked = options("map", __doc__ or "", n=1_000_000, argv=argv)
    with throwaway_cluster(durable=True) as server, tempfile.TemporaryDirectory() as folder:
        settings = settings_of(server, Path(folder)).model_copy(update={"requests_per_minute": 10**6})
        make_live(settings)
        with psycopg.connect(server.urls.superuser) as connection:
            populate(connection, asked.n)
        for name, times in measured(settings, asked.turns).items():
            report(f"map-{name}", asked.n, quantiles(times, n=20)[-1], "ms", {})
    return 0


def measured(settings: Settings, turns: int) -> dict[str, list[float]]:
    accounts.an_account(settings.owner_url, "zhoujing", grants.everywhere([Role.AUDITOR]))
    secret = accounts.a_session(settings.owner_url, "zhoujing")
    found: dict[str, list[float]] = {}
    with serving(create_app(settings)) as address, _chromium() as chromium:
        for turn in range(turns + 1):  # the first one warms what a running server has warm
            for distance, query in DISTANCES.items():
                first, steps = _seen(chromium, address, secret, query)
                progress(
                    f"turn {turn}/{turns}  {distance:<8} first {first:6.0f} ms  step {median(steps):6.0f} ms  worst {max(steps):6.0f} ms"
                )
                if turn:
                    found.setdefault(f"{distance}-first", []).append(first)
                    found.setdefault(f"{distance}-step", []).extend(steps)
    return found


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), args=FLAGS)
        yield browser
        browser.close()


def _seen(chromium: Browser, address: str, secret: str, query: str) -> tuple[float, list[float]]:
    context = chromium.new_context(
        base_url=address, viewport={"width": 1440, "height": 900}, timezone_id="Asia/Shanghai"
    )
    context.add_cookies([{"name": "zhangtu-session", "value": secret, "url": address}])
    context.add_init_script(_WATCH)
    page = context.new_page()
    page.goto(f"/map{query}")
    first = float(page.evaluate(_STILL))
    steps = [float(page.evaluate(_STEP)) for _ in range(STEPS)]
    context.close()
    return first, steps
