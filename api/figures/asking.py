"""What figures, costs and loans ask in the same way: units with all below them, periods, pages that go on, and names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from fastapi import Query
from pydantic import Field

from api import scalars
from api.angles.asking import YesNo, require_units
from api.exports.cells import OF_IDS, OF_NAMES, Column, Row
from api.lists.parameters import CursorText, Limit
from projections.queries.things import Names, named
from projections.queries.view import View

MOST_VALUES = 100
_SUBTREE = "所选单位连同其下级 · The units chosen with all below them"

Ids: TypeAlias = Annotated[list[scalars.ID] | None, Field(max_length=MOST_VALUES), Query()]
Subtree: TypeAlias = Annotated[YesNo, Query(alias="unit.subtree", description=_SUBTREE)]
PageLimit: TypeAlias = Annotated[Limit, Query()]
PageCursor: TypeAlias = Annotated[
    CursorText | None, Query(description="上一页答复中的 next 所给 · As next of the page before")
]


def with_those_below(said: str, units: object) -> bool:
    """Whether the units chosen count with all below them."""
    if said == "true":
        require_units(units, "unit")
    return said == "true"


def names_of(view: View, rows: Iterable[dict[str, Any]], columns: Iterable[str]) -> Names:
    """What the things are called that these columns of these rows name."""
    wanted = list(columns)
    return named(view, {row[column] for row in rows for column in wanted if isinstance(row.get(column), UUID)})


def labelled(names: Names, id: UUID | None) -> dict[str, Any] | None:
    if id is None:
        return None
    found = names.get(str(id))
    return {"id": id, "label": (found.label if found is not None else None) or str(id)}


def dimension(name: str, zh: str, en: str) -> tuple[Column, Column]:
    """What a group has of a dimension, in words; its id or code beside it."""

    def said(row: Row) -> Any:
        told = row["dimensions"][name]
        return told["label"], told["label_en"]

    def id(row: Row) -> Any:
        return row["dimensions"][name]["id"]

    return Column(zh, en, said, OF_NAMES), Column(f"{zh}编号", f"{en} id", id, OF_IDS, is_id=True)
