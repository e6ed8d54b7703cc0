"""What lists answer, for the documentation and for clients made from it: one row and one page for each kind."""

from __future__ import annotations

from datetime import date, datetime
from types import GenericAlias
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, Field, create_model

from api.angles.asking import one_of
from api.answers import Answered
from api.answers_reading import Seen
from projections.queries.listed import LISTED, LISTS, WITH_PLACE, Listed


class Named(Answered):
    """A thing by its id and by what it is called at that moment."""

    id: UUID
    label: str | None


class TwoWords(Answered):
    zh: str
    en: str


class ColumnTold(Answered):
    name: str
    type: str
    zh: str
    en: str
    names: Annotated[str | None, Field(description="The kind of thing that its ids name")]


class Total(Answered):
    """Of one column of figures, over all that was asked for."""

    given: Annotated[int, Field(description="How many rows have a figure there")]
    sum: Annotated[str | None, Field(description="A decimal number; null where figures of this kind do not add up")]
    average: Annotated[str | None, Field(description="A decimal number; null where no row has a figure")]


class ListPage(Seen):
    """Base: a page of one kind."""

    columns: list[ColumnTold]
    words: Annotated[
        dict[str, dict[str, TwoWords]], Field(description="By column and code: the words of the codes on this page")
    ]
    count: Annotated[int | None, Field(description="How many there are on all pages, where count=true asks for it")]
    totals: Annotated[
        dict[str, Total] | None, Field(description="By column, of all pages, where totals=true asks for them")
    ]
    next: Annotated[str | None, Field(description="Address of the next page, about the same moment; null at the end")]


class Found(Answered):
    """Where the words were found: in which column, and in what."""

    field: str
    zh: str
    en: str
    value: str


class SearchHit(Answered):
    kind: str
    id: UUID
    label: str | None
    status: str | None
    status_words: TwoWords | None
    matched: list[Found]


class SearchPage(Seen):
    hits: list[SearchHit]
    next: Annotated[str | None, Field(description="Address of the next page, about the same moment; null at the end")]


class Feature(Answered):
    type: Literal["Feature"]


class Features(Seen):
    type: Literal["FeatureCollection"]
    crs: Annotated[dict[str, Any], Field(description="EPSG:4490; coordinates are longitude, latitude")]
    words: dict[str, dict[str, TwoWords]]


_TYPES: Final[dict[str, Any]] = {
    "text": str,
    "uuid": Named,
    "integer": int,
    "bigint": int,
    "numeric": Annotated[str, Field(description="A decimal number")],
    "timestamptz": datetime,
    "date": date,
    "boolean": bool,
}


def _field(column: Listed) -> tuple[Any, Any]:
    value: Any = _TYPES[column.scalar]
    if column.term is not None:
        value = one_of(*column.term)
    many: Any = GenericAlias(list, (value,)) if column.is_array else value
    return many | None, Field(None, description=f"{column.zh} · {column.en}")


def _made(called: str, base: type[Answered], /, **fields: Any) -> type[BaseModel]:
    """A model of these fields, each with its type; those without a default are always there."""
    given: dict[str, Any] = {one: type if isinstance(type, tuple) else (type, ...) for one, type in fields.items()}
    return create_model(called, __base__=base, **given)


def _row(kind: str) -> type[BaseModel]:
    fields = {name: _field(column) for name, column in LISTS[kind].items()}
    return _made(f"{kind.capitalize()}Row", Answered, id=UUID, label=str | None, **fields)


ROWS: Final = {listed: _row(listed) for listed in LISTS}


def _page(kind: str) -> type[BaseModel]:
    return _made(f"{kind.capitalize()}Page", ListPage, kind=str, rows=GenericAlias(list, (ROWS[kind],)))


def _collection(kind: str) -> type[BaseModel]:
    """RFC 7946, with what every answer says of itself beside the features."""
    geometry = dict[str, Any] | None
    feature = _made(f"{kind.capitalize()}Feature", Feature, id=UUID, geometry=geometry, properties=ROWS[kind])
    return _made(f"{kind.capitalize()}Features", Features, features=GenericAlias(list, (feature,)))


PAGES: Final = {listed: _page(listed) for listed in LISTS}
COLLECTIONS: Final = {kind: _collection(kind) for kind in LISTED if kind in WITH_PLACE}
ANSWERS: Final[tuple[type[BaseModel], ...]] = (*PAGES.values(), *COLLECTIONS.values(), SearchPage)
