"""What a list page asks of the API: its question as typed, made into what the API reads; and what is called what."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from api.console.asking import Refused
from api.console.kinds import KINDS
from api.console.lists.filters import control_of, parties
from api.console.lists.question import Question
from api.console.pages import Page
from projections.queries.listed import LISTED

_LAST_OF_A_DAY: Final = "T23:59:59.999999+08:00"
_A_DAY: Final = len("2026-01-01")


def asked(kind: str, question: Question) -> dict[str, Sequence[str]]:
    """The filters and words as the API takes them: figures without what makes them legible, and days to their end."""
    return {name: [_said(kind, name, one) for one in values] for name, values in _meant(question).items()}


def _meant(question: Question) -> Mapping[str, Sequence[str]]:
    """“And below” means nothing while no unit is chosen: a form sends it all the same."""
    return {
        name: values
        for name, values in question.filters.items()
        if not name.endswith(".subtree") or question.all(name.removesuffix(".subtree"))
    }


def _said(kind: str, name: str, value: str) -> str:
    column, _, part = name.partition(".")
    listed = LISTED[kind].get(column)
    if listed is None:
        return value
    if control_of(listed) == "range":
        return unicodedata.normalize("NFKC", value).replace(",", "").replace(" ", "")
    if part == "max" and listed.scalar == "timestamptz" and len(value) == _A_DAY:
        return value + _LAST_OF_A_DAY
    return value


async def labels(page: Page, kind: str, question: Question) -> dict[str, str]:
    """What the things are called that the filters name. What may not be read, or is not there, keeps its id."""
    found = await asyncio.gather(*(_called(page, party, ids) for party, ids in parties(kind, question).items()))
    return {id: label for some in found for id, label in some.items()}


async def _called(page: Page, kind: str, ids: list[str]) -> dict[str, str]:
    try:
        answer = await page.look(f"/v1/{kind}", id=ids, fields=KINDS[kind].columns[0], limit=str(len(ids)))
    except Refused:
        return {}
    return {row["id"]: row["label"] for row in answer["rows"] if row["label"]}
