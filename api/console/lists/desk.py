"""What somebody keeps of lists on their desk: views by name, of which one may be what a list opens with, and columns as left."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from api.console.asking import Refused
from api.console.kinds import Kind
from api.console.lists.filters import names_of
from api.console.lists.question import Question
from api.console.pages import Page

BY_ITSELF = "-"
"""As the view in an address: the list as it is, whatever it opens with otherwise."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A view: a question under a name."""

    name: str
    question: Question
    opens: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """`fields` and `sort` as they were left; nothing where nobody chose any."""

    views: tuple[Saved, ...] = ()
    fields: str = ""
    sort: str = ""

    @property
    def first(self) -> Saved | None:
        """What the list opens with."""
        return next((view for view in self.views if view.opens), None)


async def kept(page: Page, kind: Kind) -> Kept:
    """A desk that cannot be read is empty: the list is shown all the same."""
    views, columns = await asyncio.gather(_read(page, "view"), _read(page, f"columns/{kind.name}"))
    before = f"{kind.name}:"
    saved = [
        Saved(one["name"].removeprefix(before), _question(kind, one["content"]), bool(one["content"].get("opens")))
        for one in views.get("papers", ())
        if one["name"].startswith(before)
    ]
    left = columns.get("content", {})
    ordered = tuple(sorted(saved, key=lambda view: view.name))
    return Kept(ordered, str(left.get("fields", "")), str(left.get("sort", "")))


async def _read(page: Page, path: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = await page.api.get(f"/v1/desk/{path}")
    except Refused:
        return {}
    return found


def _question(kind: Kind, content: dict[str, Any]) -> Question:
    return Question.read(f"/{kind.name}", str(content.get("query", "")), names_of(kind.name))


def path_of(kind: Kind, name: str) -> str:
    return f"/v1/desk/view/{kind.name}:{name.replace('/', ' ')}"


async def keep(page: Page, kind: Kind, view: Saved, proof: str) -> None:
    """One view at most opens the list: any other that did no longer does."""
    if view.opens:
        for other in (await kept(page, kind)).views:
            if other.opens and other.name != view.name:
                await _put(page, kind, Saved(other.name, other.question, opens=False), proof)
    await _put(page, kind, view, proof)


async def _put(page: Page, kind: Kind, view: Saved, proof: str) -> None:
    content = {"query": view.question.query, "opens": view.opens}
    await page.api.send("PUT", path_of(kind, view.name), content, proof=proof)


async def drop(page: Page, kind: Kind, name: str, proof: str) -> None:
    await page.api.send("DELETE", path_of(kind, name), None, proof=proof)
