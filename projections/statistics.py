"""What is counted: one row for each thing that a figure could be made of, all kinds in one form, on both axes of time.

The views `figures_…` stand over the tables of the kinds, so that whatever a figure counts can be listed again. What spans streams
(the division of a room, the rank of who sits in it) is joined where a question asks for it (`projections/queries/statistics.py`).
Only numbers that have a member have rows of their own, `shares`: who has how much of a building, and what a unit may have.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.kernel.aggregate import Aggregate
from domain.organisations.events import STAFF_ESTABLISHMENT, VEHICLE_ESTABLISHMENT
from domain.organisations.unit import Unit
from domain.premises.building import Building
from domain.premises.facets import ALLOCATED_AREA, ALLOCATED_WHOLE
from domain.premises.terms import BuildingStatus, RoomStatus
from domain.vehicles.terms import VehicleStatus
from domain.warehouse.terms import ItemStatus, LotStatus
from projections.stream import Part, Row, Stream
from projections.tables import ASSET, AXES, Column, Model, Table, View
from projections.tiling import Version
from projections.timeline import Timeline
from projections.values import row_of

DIMENSIONS: dict[str, str] = {
    "label": "text",
    "unit": "uuid",
    "owner": "uuid",
    "division": "text",
    "compound": "uuid",
    "building": "uuid",
    "warehouse": "uuid",
    "person": "uuid",
    "category": "text",
    "asset_class": "text",
    "body": "text",
    "energy": "text",
    "grade": "text",
    "title": "text",
    "rank": "text",
    "staff_type": "text",
    "status": "text",
    "idle": "boolean",
    "whole": "boolean",
}
MEASURES: dict[str, str] = {"area": "numeric", "value": "numeric", "quantity": "numeric", "posts": "integer"}

_AXES = [column.name for column in AXES]

_BRANCHES: dict[str, tuple[str, Mapping[str, str]]] = {
    "rooms": (
        f"rooms WHERE status = '{RoomStatus.IN_SERVICE}'",
        {"label": "number", "unit": "using_unit", "building": "building", "category": "category", "status": "status",
         "idle": "using_unit IS NULL", "area": "net_area"},
    ),
    "occupancies": (
        f"rooms, unnest(occupants) AS person WHERE headcount > 0 AND status = '{RoomStatus.IN_SERVICE}'",
        {"label": "number", "unit": "using_unit", "building": "building", "category": "category", "status": "status",
         "person": "person", "idle": "using_unit IS NULL"},
    ),
    "buildings": (
        f"buildings WHERE status = '{BuildingStatus.STANDING}'",
        {"label": "name", "owner": "owner", "division": "division", "compound": "compound", "building": "asset",
         "category": "purpose", "title": "title", "status": "status", "area": "gross_area", "value": "value"},
    ),
    "allocations": (
        f"shares WHERE of = '{ALLOCATED_AREA.name}'",
        {"unit": f"CASE of WHEN '{ALLOCATED_AREA.name}' THEN member::uuid END", "building": "asset", "area": "number",
         "whole": "whole"},
    ),
    "people": ("people WHERE unit IS NOT NULL", {"unit": "unit", "person": "asset", "rank": "rank", "staff_type": "staff_type"}),
    "posts": (f"shares WHERE of = '{STAFF_ESTABLISHMENT.name}'", {"unit": "asset", "rank": "member", "posts": "number"}),
    "vehicles": (
        f"vehicles WHERE status <> '{VehicleStatus.DISPOSED}'",
        {"label": "plate", "unit": "using_unit", "owner": "owner", "category": "category", "body": "body",
         "energy": "energy", "status": "status", "value": "value"},
    ),
    "quotas": (
        f"shares WHERE of = '{VEHICLE_ESTABLISHMENT.name}'", {"unit": "asset", "category": "member", "posts": "number"}
    ),
    "items": (
        f"items WHERE status <> '{ItemStatus.DISPOSED}'",
        {"label": "name", "unit": "using_unit", "owner": "owner", "warehouse": "warehouse", "asset_class": "asset_class",
         "grade": "grade", "status": "status", "idle": "idle", "value": "value", "quantity": "1"},
    ),
    "lots": (
        f"lots WHERE status = '{LotStatus.OPEN}'",
        {"label": "name", "warehouse": "warehouse", "asset_class": "asset_class", "status": "status",
         "value": "quantity * unit_price", "quantity": "quantity"},
    ),
}  # fmt: skip
"""By kind of what is counted: the rows that count, and their columns. Where nothing is said of a column, it is empty."""

KINDS = tuple(_BRANCHES)

OF_THINGS = {"occupancies": "rooms", "allocations": "buildings", "posts": "units", "quotas": "units"}
"""By kind of what is counted: the kind of thing whose row counts, where it is another."""


def _branch(kind: str) -> str:
    rows, said = _BRANCHES[kind]
    told = [f"({said.get(name, 'NULL')})::{type} AS {name}" for name, type in (DIMENSIONS | MEASURES).items()]
    return f"SELECT asset, '{kind}'::text AS kind, {', '.join([*_AXES, *told])} FROM {rows}"  # noqa: S608 -- names of the code


SHARED = {
    Unit.kind: (STAFF_ESTABLISHMENT.name, VEHICLE_ESTABLISHMENT.name),
    Building.kind: (ALLOCATED_AREA.name,),
}
"""By kind of thing, its facets with a number for each member."""


class ShareRows(Part):
    """Who has how much, as the timelines of the stream say."""

    __slots__ = ("facets",)
    table = "shares"

    def __init__(self, facets: tuple[str, ...]) -> None:
        self.facets = facets

    def rows(self, stream: Stream, after: int) -> list[Row]:
        wholes = stream.lines.get(ALLOCATED_WHOLE.name, {})
        return [
            row_of(
                [stream.id],
                version,
                [facet, member, version.content.value, _at_the_same_place(wholes.get(member), version)],
            )
            for facet in self.facets
            for member, timeline in stream.lines.get(facet, {}).items()
            for version in timeline.versions(after)
            if version.content.value is not None
        ]


def _at_the_same_place(other: Timeline | None, version: Version) -> bool | None:
    """What another timeline says there: the same events always state both, so their versions are the same."""
    if other is None:
        return None
    place = version.start, version.since
    return next((one.content.value for one in other.versions() if (one.start, one.since) == place), None)


def _part(cls: type[Aggregate]) -> ShareRows | None:
    return ShareRows(SHARED[cls.kind]) if cls.kind in SHARED else None


MODEL = Model(
    "statistics",
    (
        Table(
            "shares",
            (
                ASSET,
                *AXES,
                Column("of", "text NOT NULL", "事项", "Of"),
                Column("member", "text NOT NULL", "成员", "Member"),
                Column("number", "numeric NOT NULL", "数量", "Number"),
                Column("whole", "boolean", "整栋", "The whole"),
            ),
            key=("asset", "of", "member", "begins", "since"),
        ),
    ),
    tuple(View(f"figures_{kind}", _branch(kind)) for kind in KINDS),
    _part,
)
