"""How read models are written down: tables, views, and the parts that make rows. A generation is made from these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.kernel.aggregate import Aggregate
from projections.stream import Part


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """Rows that many streams make together: what the rows of another table add up to, whichever way they came there.

    `select` says what `{rows}` of that table add, each so many `times`: 1 for a row that is written, -1 for one that it replaces.
    `amount` is the column of the result that is added to what is there; what comes to nothing is no row.
    """

    of: str
    select: str
    amount: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows are never deleted: a row with the same key replaces one that was written before."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    indexes: tuple[str, ...] = ()
    """Each as it follows `CREATE INDEX ON table`; made after loading."""
    computed: tuple[str, ...] = ()
    """Definitions of columns that the database computes from the others (GENERATED ALWAYS … STORED)."""
    sum: Sum | None = None
    """Then no part makes its rows."""
    filled: tuple[str, ...] = ()
    """Nor where these queries do, one after the other, from the tables that parts made (`projections/belongings.py`)."""


@dataclass(frozen=True, slots=True)
class View:
    """What spans streams, as a query over the tables of the same generation."""

    name: str
    select: str


@dataclass(frozen=True, slots=True)
class Model:
    """One read model. `part` begins a stream of a kind; None where the model has nothing to say of that kind."""

    name: str
    tables: tuple[Table, ...] = ()
    views: tuple[View, ...] = ()
    part: Callable[[type[Aggregate]], Part | None] = lambda _: None


AXES = (
    Column("begins", "timestamptz NOT NULL", "自", "From"),
    Column("ends", "timestamptz NOT NULL", "至", "To"),
    Column("since", "bigint NOT NULL", "登记于", "Known from"),
    Column("until", "bigint", "更正于", "Known until"),
    Column("cut", "bigint", "止期登记于", "End known from"),
    Column("ended", "timestamptz", "原止期", "End thought before"),
)
"""The two axes of time of a version (`projections/tiling.py`): 'infinity' is an open end."""

ASSET = Column("asset", "uuid NOT NULL", "编号", "Id")
