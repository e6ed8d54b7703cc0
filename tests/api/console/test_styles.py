"""A class means one thing: the sheet that gives it its look is the only one that does, or it is said to be shared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import api.console

SHEETS = sorted((Path(api.console.__file__).parent / "static").glob("*.css"))
SHARED = {
    "wrong": "a tone, of whatever has one",
    "good": "a tone, of whatever has one",
    "past": "a tone, of whatever has one; by itself the banner of a look at the past",
    "button": "every button answers to the pointer alike (tokens.css)",
    "htmx-request": "what waits for an answer, named by htmx",
}


def rules(css: str) -> Iterator[str]:
    """The selectors of a sheet one by one, without what is for paper, which may hide anything."""
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    plain = re.sub(r"@media print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", plain)
    for listed in re.findall(r"([^{};]+)\{", plain):
        if "@" not in listed:
            yield from re.split(r",(?![^(]*\))", listed.strip())


def defined(css: str) -> set[str]:
    """Classes by which a rule begins. With another class, an attribute or a state beside it, one is only told from its like."""
    firsts = (re.split(r"[\s>+~]", selector.strip(), maxsplit=1)[0] for selector in rules(css))
    return {found[1] for first in firsts if (found := re.fullmatch(r"(?:[a-z]+)?\.([\w-]+)", first))}


def test_no_class_gets_its_look_from_two_sheets() -> None:
    found: dict[str, list[str]] = {}
    for sheet in SHEETS:
        if sheet.name != "print.css":
            for name in defined(sheet.read_text(encoding="utf-8")) - SHARED.keys():
                found.setdefault(name, []).append(sheet.name)
    assert {name: sheets for name, sheets in found.items() if len(sheets) > 1} == {}


def test_what_defines_a_class_is_told_from_what_only_narrows_it_down() -> None:
    css = (
        ".a { x: y } div.b > .c { } .d.e, .f[open] { } @media (width) { .g { } } @media print { .h { } .i { } } .j { }"
    )
    assert defined(css) == {"a", "b", "g", "j"}
