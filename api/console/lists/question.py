"""What a list is asked: the address of the page, whose parameters are those of the API. Every link on the page is made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias
from urllib.parse import parse_qsl, urlencode

from fastapi import Request

LONGEST: Final = 200_000
"""Of a form that sends a question with it: a question may name many things."""

Given: TypeAlias = Mapping[str, tuple[str, ...]]

OF_PAGES = ("cursor", "view")
"""What says where one stands, and not what is asked: it is left behind when anything else changes."""
UNFILTERED = frozenset({"sort", "order", "fields", "by", *OF_PAGES})


@dataclass(frozen=True, slots=True)
class Question:
    """The values that are given, by their names; nothing else of the address."""

    path: str
    given: Given

    @classmethod
    def of(cls, request: Request, path: str, names: Iterable[str]) -> Question:
        return cls(path, _known(request.query_params.multi_items(), names))

    @classmethod
    def read(cls, path: str, query: str, names: Iterable[str]) -> Question:
        """From what a form or the desk kept of an address."""
        return cls(path, _known(parse_qsl(query), names))

    def one(self, name: str) -> str:
        return next(iter(self.given.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        return self.given.get(name, ())

    def but(self, changes: Mapping[str, Any]) -> Question:
        """The same with these values instead; about the first page. None or nothing leaves a name out."""
        kept = {name: values for name, values in self.given.items() if name not in (*OF_PAGES[:1], *changes)}
        said = {name: _values(value) for name, value in changes.items()}
        return replace(self, given={**kept, **{name: values for name, values in said.items() if values}})

    def without(self, name: str, value: str) -> Question:
        """Without this value of a name."""
        return self.but({name: [one for one in self.all(name) if one != value]})

    @property
    def filters(self) -> Given:
        """What narrows the list down."""
        return {name: values for name, values in self.given.items() if name not in UNFILTERED}

    @property
    def query(self) -> str:
        """As it stands in an address, without the page that one is on."""
        return urlencode({n: v for n, v in self.given.items() if n not in OF_PAGES}, doseq=True)


def _values(value: Any) -> tuple[str, ...]:
    several = (value,) if isinstance(value, str) or value is None else tuple(value)
    return tuple(one for one in several if one)


def _known(pairs: Iterable[tuple[str, str]], names: Iterable[str]) -> Given:
    wanted, found = frozenset(names), dict[str, list[str]]()
    for name, value in pairs:
        if name in wanted and value.strip() and value not in found.get(name, ()):
            found.setdefault(name, []).append(value.strip())
    return {name: tuple(values) for name, values in found.items()}
