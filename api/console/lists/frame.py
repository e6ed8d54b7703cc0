"""What every list has around its rows: the question, the filters, what is set, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from api.console.asking import Refused
from api.console.lists.asked import found
from api.console.lists.filters import Field, Labels, chips, faults
from api.console.lists.question import Question
from api.console.pages import Page


async def framed(
    page: Page, question: Question, fields: Sequence[Field], called: Labels, *, quick: Sequence[str]
) -> dict[str, Any]:
    """`quick`: the filters that stand beside the search; the others are a drawer further."""
    return {
        "path": question.path,
        "question": question,
        "quick_fields": [field for field in fields if field.name in quick],
        "more_fields": [field for field in fields if field.name not in quick],
        "chips": list(chips(fields, question, called)),
        "named": called,
        "found": await found(page, fields),
    }


async def answered(
    page: Page, address: str, asks: Mapping[str, Any]
) -> tuple[dict[str, Any] | None, Mapping[str, Any]]:
    """What the API lists; or nothing, and what is wrong with the question by where it stands."""
    try:
        return await page.look(address, **asks), {}
    except Refused as refused:
        if refused.status != HTTPStatus.UNPROCESSABLE_ENTITY:
            raise
        return None, faults(refused.problem)
