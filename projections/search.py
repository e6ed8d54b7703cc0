"""What things are found by: every name, number, plate and certificate that one ever had, and the pairs of characters in them.

Chinese is written without spaces, and most words have two characters: pairs find them without a dictionary, whatever
language the database was made for.
"""

from __future__ import annotations

from domain.kernel.aggregate import Aggregate
from projections.columns.making import array_of
from projections.stream import Part, Row, Step, Stream
from projections.tables import ASSET, Column, Model, Table

FACETS = frozenset(
    [
        "name",
        "number",
        "address",
        "title_certificate",
        "parcel",
        "case_number",
        "disputed_with",
        "let_to",
        "use_agreement",
        "use_certificate",
        "credit_code",
        "plate",
        "vin",
        "model",
        "parking_name",
        "fuel_card",
        "destination",
        "asset_number",
        "serial",
        "location",
        "batch",
        "shelf",
        "proposal_title",
    ]
)
"""The facets whose values are words that a person would look for."""


def normal(words: str) -> str:
    """Letters in one case, no spaces: as the words are kept and as a search must write them."""
    return "".join(words.split()).casefold()


def pairs(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1)}


class SearchRows(Part):
    __slots__ = ("kind", "touched", "words")
    table = "search"

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.words: set[str] = set()
        self.touched = 0

    def take(self, step: Step, stream: Stream) -> None:  # noqa: ARG002 -- the part's signature
        for said in step.said:
            if said.facet in FACETS:
                fact = said.after
                if fact is not None and fact.value and fact.value not in self.words:
                    self.words.add(fact.value)
                    self.touched = step.record.position

    def rows(self, stream: Stream, after: int) -> list[Row]:
        if self.touched <= after:
            return []
        words = sorted({normal(word) for word in self.words})
        found = set[str]().union(*(pairs(word) for word in words))
        return [[stream.id, self.kind, "\n".join(words), array_of(found), self.touched]]


def _part(cls: type[Aggregate]) -> SearchRows:
    return SearchRows(cls.kind)


MODEL = Model(
    "search",
    (
        Table(
            "search",
            (
                ASSET,
                Column("kind", "text NOT NULL", "种类", "Kind"),
                Column("words", "text NOT NULL", "文字", "Words"),
                Column("pairs", "text[] NOT NULL", "字对", "Pairs"),
                Column("touched", "bigint NOT NULL", "更新于", "Touched"),
            ),
            key=("asset",),
            indexes=("USING gin (pairs)",),
        ),
    ),
    part=_part,
)
