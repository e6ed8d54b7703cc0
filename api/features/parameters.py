"""How a map program asks: box, moment, filter, systems of coordinates, and how many at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from api.moments import moment
from api.reading import Viewed
from api.scalars import LARGEST_INTEGER, digits
from maps.features import refusals as refused
from maps.features.asking import Wanted
from maps.features.collections import Collection
from maps.features.filters import parsed
from maps.features.systems import CRS84, SYSTEMS, Box, System, box_of
from projections.queries.view import Asked

USUAL, MOST = 100, 1000
_CORNERS, _WITH_HEIGHTS = 4, 6

Lang: TypeAlias = Literal["cql2-text", "cql-text", "cql2-json"]
Text: TypeAlias = Annotated[str, Field(max_length=300)]
Limit: TypeAlias = Annotated[
    int, Field(ge=1, le=LARGEST_INTEGER), BeforeValidator(digits),
    Query(description=f"每页数量，最多 {MOST} · How many at a time, at most {MOST}"),
]  # fmt: skip


async def asked_moment(
    viewed: Viewed,
    datetime: Annotated[
        Text | None, Query(description="时点；起止时间按其末尾 · The moment that is shown; of a period its end")
    ] = None,
) -> Asked:
    """`datetime` is our `at`: a collection is shown as it is at a moment, and at the end of a period."""
    return viewed if datetime is None else replace(viewed, at=moment_of(datetime))


Moment = Annotated[Asked, Depends(asked_moment)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsAsked:
    limit: int
    crs: System
    box: Box | None
    filter: Any
    filter_system: System
    after: UUID | None

    def of(self, collection: Collection) -> Wanted:
        return Wanted(
            collection=collection,
            box=self.box,
            filter=self.filter,
            filter_system=self.filter_system,
            after=self.after,
            system=self.crs,
        )


async def asked_items(
    *,
    limit: Limit = USUAL,
    bbox: Annotated[Text | None, Query()] = None,
    bbox_crs: Annotated[Text, Query(alias="bbox-crs")] = CRS84,
    crs: Annotated[Text, Query()] = CRS84,
    filter: Annotated[str | None, Query(description="CQL2")] = None,
    filter_lang: Annotated[Lang, Query(alias="filter-lang")] = "cql2-text",
    filter_crs: Annotated[Text, Query(alias="filter-crs")] = CRS84,
    startid: Annotated[UUID | None, Query(description="由 next 链接给出 · Given by the link `next`")] = None,
) -> ItemsAsked:
    return ItemsAsked(
        limit=min(limit, MOST),
        crs=system_of(crs, "crs"),
        box=None if bbox is None else _box(bbox, system_of(bbox_crs, "bbox-crs")),
        filter=None if filter is None else parsed(filter, is_json=filter_lang == "cql2-json"),
        filter_system=system_of(filter_crs, "filter-crs"),
        after=startid,
    )


Items = Annotated[ItemsAsked, Depends(asked_items)]


def system_of(uri: str, field: str) -> System:
    if uri not in SYSTEMS:
        raise refused.SystemUnknown(field=field, uri=uri, uris=", ".join(SYSTEMS))
    return SYSTEMS[uri]


def moment_of(text: str) -> datetime | None:
    """None: now."""
    last = text.rpartition("/")[2]
    if last in ("", "..") and "/" in text:
        return None
    try:
        return moment(last)
    except PydanticCustomError:
        raise refused.DatetimeInvalid(datetime=text) from None


def _box(text: str, system: System) -> Box:
    try:
        numbers = [float(one) for one in text.split(",")]
        if len(numbers) == _WITH_HEIGHTS:
            numbers = [*numbers[:2], *numbers[3:5]]
        first, second, third, fourth = numbers
        return box_of((first, second, third, fourth), system)
    except ValueError:
        raise refused.BoxInvalid(bbox=text) from None
