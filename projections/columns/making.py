"""How columns are written down, and what some make of facets with many members."""

from __future__ import annotations

from decimal import Decimal
from operator import add
from typing import Any

from domain.kernel.facts import Facet
from projections.shown import Members, Shown


def text(facet: Facet[Any], zh: str, en: str, name: str = "") -> Shown:
    return Shown(name or facet.name, "text", (facet,), None, zh, en)


def one(facet: Facet[Any], type: str, zh: str, en: str, name: str = "") -> Shown:
    return Shown(name or facet.name, type, (facet,), None, zh, en)


def ref(facet: Facet[Any], zh: str, en: str, name: str = "") -> Shown:
    """A column that names another thing."""
    return Shown(name or facet.name, "uuid", (facet,), None, zh, en)


def members(facet: Facet[Any], zh: str, en: str, name: str) -> Shown:
    """Which members there are, as an array of ids or codes."""
    return Shown(name, "text[]", (facet,), lambda held: array_of(m for m, _ in held.facts(facet)), zh, en)


def ids(facet: Facet[Any], zh: str, en: str, name: str) -> Shown:
    """The members of a facet whose members are ids."""
    return Shown(name, "uuid[]", (facet,), lambda held: array_of(m for m, _ in held.facts(facet)), zh, en)


def count(facet: Facet[Any], zh: str, en: str, name: str) -> Shown:
    """How many members there are; of those that are said or denied, how many are said."""
    return Shown(
        name, "integer", (facet,), lambda held: sum(f.value is not False for _, f in held.facts(facet)), zh, en
    )


def total(facet: Facet[Any], zh: str, en: str, name: str, type: str = "numeric") -> Shown:
    """The sum over all members."""
    return Shown(name, type, (facet,), lambda held: _sum(held, facet), zh, en, {facet.name: add})


def _sum(held: Members, facet: Facet[Any]) -> Decimal:
    return sum((fact.value for _, fact in held.facts(facet)), Decimal(0))


def array_of(words: Any) -> str:
    """As PostgreSQL writes an array; sorted, so that the same members always read the same."""
    ordered = sorted(words)
    text = '","'.join(ordered)
    if "\\" in text or text.count('"') > 2 * len(ordered) - 2:
        text = '","'.join(map(escaped, ordered))
    return f'{{"{text}"}}' if ordered else "{}"


def escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"')
