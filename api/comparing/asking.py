"""What a comparison asks: two sides, each with its own moment, position and view; and which area is meant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated, TypeAlias
from uuid import UUID

from fastapi import Depends, Query
from pydantic import Field

from api.angles.asking import KINDS, subject
from api.angles.refusals import AreaUnclear, BoxImpossible
from api.composition import Services
from api.dependencies import Caller
from api.moments import KnownAt, Moment
from api.reading import AfterPosition, looking
from api.refusals import CaseUnknown, ViewsBeingBuilt
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotFound, Refusal
from projections.queries import scopes, things
from projections.queries.beside import beside, on_side
from projections.queries.compare import Scope, Sides
from projections.queries.scopes import Box
from projections.queries.view import Asked, View, ViewMissing

_CASE = "调查视图的名称；不写则为当前视图。 The name of a case; the live view when it is not given."
_Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$", description=_CASE)]
_NUMBER = r"-?[0-9]{1,3}(\.[0-9]{1,17})?"
BoxText: TypeAlias = Annotated[
    str,
    Field(
        pattern=rf"^{_NUMBER}(,{_NUMBER}){{3}}$",
        description="经纬度范围：西,南,东,北（EPSG:4490） · West,south,east,north",
        examples=["106.1,38.4,106.4,38.6"],
    ),
]
DivisionCode: TypeAlias = Annotated[
    str,
    Field(
        pattern="^[1-9][0-9]([0-9]{2}){0,2}$",
        description="行政区划，含下级 · A division with those in it",
        examples=["640104", "6401", "64"],
    ),
]

Both: TypeAlias = tuple[Asked, Asked]


async def asked_sides(
    caller: Caller,
    a_at: Annotated[Moment | None, Query(alias="a.at")] = None,
    a_known: Annotated[KnownAt | None, Query(alias="a.known")] = None,
    a_case: Annotated[_Name | None, Query(alias="a.case")] = None,
    b_at: Annotated[Moment | None, Query(alias="b.at")] = None,
    b_known: Annotated[KnownAt | None, Query(alias="b.known")] = None,
    b_case: Annotated[_Name | None, Query(alias="b.case")] = None,
    after: AfterPosition | None = None,
) -> Both:
    a = Asked(sight=caller.sight, at=a_at, known=a_known, case=a_case, after=after)
    return a, replace(a, at=b_at, known=b_known, case=b_case)


Compared = Annotated[Both, Depends(asked_sides)]


@contextmanager
def looking_at_both(given: Services, asked: Both) -> Iterator[Sides]:
    """Both views in one snapshot, or a refusal. A side that waits for a position is opened first."""
    a, b = asked
    turned = a.case is not None and b.case is None
    first, second = (b, a) if turned else (a, b)
    with looking(given, first) as view:
        try:
            other = beside(view, second)
        except ViewMissing as missing:
            raise ViewsBeingBuilt if missing.case is None else CaseUnknown(case=missing.case) from None
        yield Sides(other, view) if turned else Sides(view, other)


def on_a_side(sides: Sides, asked: Both, cls: type[Aggregate], id: UUID) -> None:
    """The thing is there on at least one side; if not, why not on the later one."""
    why: Refusal | None = None
    for view, side in _later_first(sides, asked):
        try:
            with on_side(view):
                subject(view, side, cls, id)
        except Refusal as refusal:
            why = why or refusal
        else:
            return
    if why is not None:
        raise why


def kind_of(sides: Sides, asked: Both, id: UUID) -> type[Aggregate]:
    for view, _ in _later_first(sides, asked):
        with on_side(view):
            found = things.recorded(view, id)
        if found is not None:
            return KINDS[found.kind]
    raise NotFound(kind="thing", id=id, zh="对象", field="id")


def _later_first(sides: Sides, asked: Both) -> list[tuple[View, Asked]]:
    pairs = [(sides.a, asked[0]), (sides.b, asked[1])]
    return pairs if sides.later is sides.a else pairs[::-1]


def area(sides: Sides, asked: Both, box: str | None, division: str | None, compound: UUID | None) -> Scope:
    """Rule: an area is one of three."""
    if sum(one is not None for one in (box, division, compound)) != 1:
        raise AreaUnclear
    if compound is not None:
        on_a_side(sides, asked, KINDS["compounds"], compound)
        return scopes.of_compound(compound)
    return scopes.of_division(division) if division is not None else scopes.of_box(box_of(box or ""))


def box_of(text: str) -> Box:
    west, south, east, north = (float(number) for number in text.split(","))
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 -- the whole earth
        raise BoxImpossible(given=text)
    return west, south, east, north
