"""The filters of a list on the map: in the same address, under the same names, as the list of that kind has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from api.console.lists.asked import asked, labels
from api.console.lists.filters import Chip, chips, fields_of, names_of
from api.console.lists.question import UNFILTERED, Question
from api.console.pages import Page

KIND = "kind"
"""The parameter that says which list's filters these are."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """`query` is what the tiles of the kind are asked, `chips` the same in words. Without filters both are empty."""

    kind: str
    question: Question
    query: str = ""
    chips: Sequence[Chip] = ()


async def filtered(page: Page, kinds: Sequence[str]) -> Filtered:
    kind = page.request.query_params.get(KIND, "")
    if kind not in kinds:
        return Filtered("", Question("/map", {}))
    fields = fields_of(kind)
    question = Question.of(page.request, f"/{kind}", [name for name in names_of(kind) if name not in UNFILTERED])
    called = await labels(page, fields, question)
    query = urlencode(asked(fields, question), doseq=True)
    return Filtered(kind, question, query, list(chips(fields, question, called)))
