"""The guide as it is written, in `docs/guide`, made into pages: of Markdown what CommonMark and tables are, and no HTML."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from api.console.language import Language

FOLDER: Final = Path(__file__).parents[3] / "docs" / "guide"
PICTURES: Final = FOLDER / "pictures"

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
_CHAPTER: Final = re.compile(r"([a-z]+)\.md", re.ASCII)
_PICTURE: Final = re.compile(r"\.\./pictures/([a-z-]+\.(?:zh|en)\.png)", re.ASCII)


@cache
def written(name: str, language: Language) -> Markup:
    """The chapter as HTML. Its links to chapters and pictures lead to those of ours; pages of the console are linked as they are."""
    tokens = _MARKDOWN.parse((FOLDER / language / f"{name}.md").read_text(encoding="utf-8"))
    for token in tokens:
        for inner in token.children or ():
            _lead(inner)
        if token.type == "table_open":
            token.attrSet("class", "dense")
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))  # noqa: S704 -- of our own files, HTML in them is text


def _lead(token: Token) -> None:
    for place in ("href", "src"):
        address = str(token.attrs.get(place, ""))
        if chapter := _CHAPTER.fullmatch(address):
            token.attrSet(place, f"/guide/{chapter[1]}")
        elif picture := _PICTURE.fullmatch(address):
            token.attrSet(place, f"/guide/pictures/{picture[1]}")
    if token.type == "image":
        token.attrSet("loading", "lazy")
