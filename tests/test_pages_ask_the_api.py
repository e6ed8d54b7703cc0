"""Pages have no way of their own to what is registered (ADR 0013), and no text in one language only."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

CONSOLE = Path(__file__).parents[1] / "api" / "console"
WORDS = ("projections.queries.listed", "projections.queries.telling", "projections.queries.words")
"""How columns and values are called; no data."""
CHINESE = re.compile(r"[一-鿿]")
PAIRED = re.compile(r'say\(\s*("[^"]*"|\'[^\']*\')[^()]*?,\s*("[^"]*"|\'[^\']*\')')


@pytest.mark.parametrize("path", sorted(CONSOLE.rglob("*.py")), ids=lambda path: str(path.relative_to(CONSOLE)))
def test_a_page_knows_the_api_and_words_only(path: Path) -> None:
    tree = ast.parse(path.read_text())
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    inner = {name for name in names if name.split(".")[0] in ("projections", "infra", "psycopg", "domain")}
    assert {name for name in inner if not name.startswith((*WORDS, "domain.access.roles"))} == set()


@pytest.mark.parametrize(
    "path", sorted((CONSOLE / "templates").rglob("*.html")), ids=lambda path: str(path.relative_to(CONSOLE))
)
def test_every_text_of_a_template_stands_in_both_languages(path: Path) -> None:
    without_notes = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
    left = PAIRED.sub("", without_notes)
    alone = [line.strip() for line in left.splitlines() if CHINESE.search(line)]
    assert alone == []
