"""What a list page asks of the API: its question as typed, made into what the API reads; and what is called what."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.console.choosing import looked_up, names_where_seen
from api.console.lists.filters import Field, parties
from api.console.lists.question import Question
from api.console.pages import Page

_LAST_OF_A_DAY: Final = "T23:59:59.999999+08:00"
_A_DAY: Final = len("2026-01-01")


def asked(fields: Sequence[Field], question: Question) -> dict[str, Sequence[str]]:
    """The filters and words as the API takes them: figures without what makes them legible, and days to their end."""
    by_name = {field.name: field for field in fields}
    return {
        name: [_said(by_name.get(name.partition(".")[0]), name, one) for one in values]
        for name, values in _meant(question).items()
    }


def _meant(question: Question) -> Mapping[str, Sequence[str]]:
    """“And below” means nothing while no unit is chosen: a form sends it all the same."""
    return {
        name: values
        for name, values in question.filters.items()
        if not name.endswith(".subtree") or question.all(name.removesuffix(".subtree"))
    }


def _said(field: Field | None, name: str, value: str) -> str:
    if field is None:
        return value
    if field.control == "range":
        return unicodedata.normalize("NFKC", value).replace(",", "").replace(" ", "")
    if name.endswith(".max") and field.scalar == "timestamptz" and len(value) == _A_DAY:
        return value + _LAST_OF_A_DAY
    return value


async def labels(page: Page, fields: Sequence[Field], question: Question) -> dict[str, str]:
    """What the things are called that the filters name. What may not be read, or is not there, keeps its id."""
    found = await asyncio.gather(
        *(names_where_seen(page, party, ids) for party, ids in parties(fields, question).items())
    )
    return {id: label for some in found for id, label in some.items()}


async def found(page: Page, fields: Sequence[Field]) -> dict[str, list[dict[str, Any]]]:
    """What was looked for in a filter without scripts: the page itself says what there is to choose."""
    said = {
        field.name: (field.party, words)
        for field in fields
        if field.party is not None and (words := page.request.query_params.get(f"{field.name}@q", ""))
    }
    things = await asyncio.gather(*(looked_up(page, party, words) for party, words in said.values()))
    return dict(zip(said, things, strict=True))
