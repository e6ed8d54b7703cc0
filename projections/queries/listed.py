"""The columns of lists, with all that a question about them must know: their words, closed lists, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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

LOANS: Final = "loans"
"""The list of what is lent out: items while a unit has borrowed them, with what the day that is asked about makes of them."""

_OF_ITEMS: Final = ("name", "asset_number", "model", "asset_class", "grade", "value", "owner", "borrower", "custodian", "warehouse",
                  "location")  # fmt: skip


def _reckoned(name: str, type: str, facet: str, zh: str, en: str) -> Listed:
    """A column that no facet states by itself."""
    return Listed(name, type, facet, zh, en, None, None, Reads.TEXT)


def _of_loans() -> Iterator[Listed]:
    yield from (LISTED["items"][name] for name in _OF_ITEMS)
    yield _reckoned("lent_since", "timestamptz", "item_status", "借出时间", "Lent since")
    yield replace(LISTED["items"]["loan_due"], name="due")
    yield _reckoned("overdue", "boolean", "loan_due", "逾期", "Overdue")
    yield _reckoned("overdue_since", "date", "loan_due", "逾期起", "Overdue since")
    yield _reckoned("days_overdue", "integer", "loan_due", "逾期天数", "Days overdue")


LISTS: Final[dict[str, dict[str, Listed]]] = {**LISTED, LOANS: {column.name: column for column in _of_loans()}}
"""All lists: those of the kinds, and those whose rows are some things of a kind."""

_KIND_OF: Final = {LOANS: "items"}


def kind_of(listed: str) -> str:
    """Of which kind the rows of a list are."""
    return _KIND_OF.get(listed, listed)


ADDED_UP: Final = frozenset(
    {
        *("staff_establishment", "vehicle_establishment", "gross_area", "net_area", "value", "headcount"),
        *("second_offices", "seats", "passengers", "distance", "disposal_income"),
    }
)
"""The figures whose sum says something. Quantities of lots are in measures of many kinds, and land is that of a whole parcel."""

AVERAGED: Final = ADDED_UP | {"land_area", "floors_above", "displacement", "odometer", "minimum_life", "unit_price"}
"""The figures whose average does."""

_AVERAGED_OF_LOANS: Final = AVERAGED | {"days_overdue"}


def averaged(listed: str) -> list[Listed]:
    """The columns of a list whose average says something."""
    names = _AVERAGED_OF_LOANS if listed == LOANS else AVERAGED
    return [column for column in LISTS[listed].values() if column.name in names]


WITH_PLACE: Final = frozenset(SHOWN)
"""The kinds that a map shows."""
