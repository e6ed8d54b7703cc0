"""Which lists there are: one of each kind of thing, and of some things of a kind by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from api import openapi
from domain.catalogue import AGGREGATES
from domain.warehouse.item import Item
from projections.queries.listed import LOANS


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, as its address and its files call it; `tag`: where the documentation has it."""

    name: str
    zh: str
    tag: str


def _listings() -> Iterator[Listing]:
    yield from (Listing(cls.kind, cls.zh, openapi.tag_of(cls)) for cls in AGGREGATES)
    yield Listing(LOANS, "借出资产", openapi.tag_of(Item))


LISTINGS: Final = tuple(_listings())
