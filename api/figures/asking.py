"""What figures, costs and loans ask in the same way: units with all below them, periods, pages that go on, and names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Any, TypeAlias
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query, Request
from pydantic import Field

from api import scalars
from api.angles.asking import YesNo
from api.exports.cells import OF_IDS, OF_NAMES, Column, Row
from api.lists import cursor as lists_cursor
from api.lists.cursor import Cursor
from api.lists.parameters import CursorText, Limit
from projections.queries.things import Names, named
from projections.queries.view import Asked, View

MOST_VALUES = 100
_SUBTREE = "所选单位连同其下级 · The units chosen with all below them"

Ids: TypeAlias = Annotated[list[scalars.ID] | None, Field(max_length=MOST_VALUES), Query()]
Subtree: TypeAlias = Annotated[YesNo, Query(alias="unit.subtree", description=_SUBTREE)]
PageLimit: TypeAlias = Annotated[Limit, Query()]
PageCursor: TypeAlias = Annotated[
    CursorText | None, Query(description="上一页答复中的 next 所给 · As next of the page before")
]


def begun(request: Request, asked: Asked, cursor: str | None, keys: int) -> tuple[Asked, Cursor | None]:
    """What is asked, and where it goes on: a later page shows the moment and the position of the first."""
    if cursor is None:
        return asked, None
    found = lists_cursor.read(request, cursor, keys)
    return replace(asked, at=found.at, known=found.known), found


def going_on(request: Request, view: View, keys: tuple[str | None, ...], id: UUID) -> str:
    """The address of the next page, after the row with these keys."""
    known = view.position if view.known is None else view.known
    cursor = lists_cursor.written(Cursor(lists_cursor.question(request), view.at, known, keys, id))
    kept = [(name, text) for name, text in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"


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
