"""The columns of lists, with all that a question about them must know: their words, closed lists, and what they refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from domain.kernel.labels import Term
from projections.columns import COLUMNS
from projections.holdings import ROLES
from projections.places import SHOWN
from projections.queries.words.facets import Reads, wording
from projections.shown import Shown

Closed: TypeAlias = type[Term] | None
"""The closed list that values are members of, if any."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A column of a list. `party`: the kind of thing that its ids name."""

    name: str
    type: str
    facet: str
    zh: str
    en: str
    term: Closed
    party: str | None
    reads: Reads

    @property
    def is_array(self) -> bool:
        return self.type.endswith("[]")

    @property
    def is_figure(self) -> bool:
        return self.type in ("integer", "bigint", "numeric")

    @property
    def is_worded(self) -> bool:
        """A text of somebody's own words, and no member of a list."""
        return self.scalar == "text" and self.term is None and self.reads is not Reads.DIVISION

    @property
    def scalar(self) -> str:
        """The type of its values, or of the members of its arrays."""
        return self.type.removesuffix("[]")


def _listed(kind: str, column: Shown) -> Listed:
    facet = column.facets[0].name
    # What is made of many facts (a count, a sum) does not read as one of them does; a text made of one does.
    reads = wording(kind, facet).reads if column.made is None or column.type == "text" else Reads.TEXT
    term = reads if isinstance(reads, type) else None
    named = ROLES.get(facet) if column.type.startswith("uuid") else None
    return Listed(
        column.name,
        column.type,
        facet,
        column.zh,
        column.en,
        term,
        None if named is None else named.party,
        Reads.TEXT if isinstance(reads, type) else reads,
    )


LISTED: Final[dict[str, dict[str, Listed]]] = {
    kind: {column.name: _listed(kind, column) for column in columns} for kind, columns in COLUMNS.items()
}
"""By kind, then by name, in the order in which they are shown."""

ADDED_UP: Final = frozenset(
    {
        *("staff_establishment", "vehicle_establishment", "gross_area", "net_area", "value", "headcount"),
        *("second_offices", "seats", "passengers", "distance", "disposal_income"),
    }
)
"""The figures whose sum says something. Quantities of lots are in measures of many kinds, and land is that of a whole parcel."""

AVERAGED: Final = ADDED_UP | {"land_area", "floors_above", "displacement", "odometer", "minimum_life", "unit_price"}
"""The figures whose average does."""

WITH_PLACE: Final = frozenset(SHOWN)
"""The kinds that a map shows."""
