"""What tests ask of a page that a person would look at: nothing that axe finds, nothing wider than the window."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

AXE: Final = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_THE_LOOK: Final = ["color-contrast", "target-size", "scrollable-region-focusable"]
"""What may be otherwise on a phone or in the dark; the rest is the same page, and takes most of the time."""


def accessible(page: Page) -> list[str]:
    """What axe finds wrong, rule by rule with the place; nothing on a page that everybody can use."""
    page.evaluate(AXE)
    asked = {
        "runOnly": RULES if _is_wide_and_light(page) else OF_THE_LOOK,
        "resultTypes": ["violations"],
        "preload": False,
    }
    found = page.evaluate("asked => axe.run(document, asked)", asked)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def _is_wide_and_light(page: Page) -> bool:
    return bool(page.evaluate("innerWidth > 600 && !matchMedia('(prefers-color-scheme: dark)').matches"))


def fits(page: Page) -> bool:
    """Whether nothing makes the page wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def picture(page: Page, path: Path) -> None:
    """For people to look at: `ZHANGTU_PICTURES=1 ./dev test tests/browser` leaves them under var/pictures."""
    if "ZHANGTU_PICTURES" in os.environ:
        page.screenshot(path=path, full_page=True)
