"""What one thing looks like from its several angles, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from pydantic import Field

from api.answers import Answered
from api.answers_reading import Seen

Next = Annotated[str | None, Field(description="Address of the next page, about the same moment; null at the end")]

Decimals: TypeAlias = Annotated[str, Field(description="A decimal number")]


class ThingNamed(Answered):
    id: UUID
    kind: str | None
    label: str


class ValueTold(Answered):
    value: Annotated[Any, Field(description="As recorded; the id of a thing is told of in `things`")]
    zh: str
    en: str


class FacetChange(Answered):
    """What held at the start of what was stated: before the event, and since."""

    facet: str
    zh: str
    en: str
    member: str
    member_zh: str
    member_en: str
    begins: Annotated[datetime, Field(alias="from")]
    ends: Annotated[datetime | None, Field(alias="to")]
    before: ValueTold
    after: ValueTold


class FieldSaid(Answered):
    """What an event says beyond facts: costs, notes, findings."""

    field: str
    zh: str
    en: str
    said: ValueTold
    instead_of: Annotated[ValueTold | None, Field(description="Of a correction: what the corrected event had said")]
    sealed: Annotated[bool, Field(description="Personal: in the log it is sealed, and here it is not opened")]


class DocumentCited(Answered):
    number: str
    digest: Annotated[str | None, Field(description="Of the attached file: GET /v1/files/{digest}")]


class Change(Answered):
    """One event in plain words."""

    position: int
    topic: str
    stated: Annotated[str | None, Field(description="Of a correction: what it says instead")]
    recorded_at: datetime
    effective: datetime
    actor: str
    unit: str
    role: str
    reason: str
    corrects: Annotated[int | None, Field(description="Position of the event that this one corrects")]
    overtaken: Annotated[int | None, Field(description="Position of the event that corrected this one")]
    asset: ThingNamed
    zh: str
    en: str
    documents: list[DocumentCited]
    changes: list[FacetChange]
    details: list[FieldSaid]


class HistoryPage(Seen):
    events: list[Change]
    things: Annotated[list[ThingNamed], Field(description="All things that this page speaks of")]
    next: Next


class RecordedAt(Answered):
    position: int
    recorded_at: datetime


class VersionTold(Answered):
    value: Any
    begins: Annotated[datetime, Field(alias="from")]
    ends: Annotated[datetime | None, Field(alias="to")]
    known_from: RecordedAt
    known_to: RecordedAt | None
    stated_by: Annotated[int, Field(description="Position of the event that states it")]


class FacetTimeline(Answered):
    name: str
    member: str
    versions: list[VersionTold]


class AssetTimeline(Seen):
    id: UUID
    kind: str
    facets: list[FacetTimeline]
    things: Annotated[list[ThingNamed], Field(description="All things that the values and members name")]


class HeldCount(Answered):
    kind: str
    role: str
    zh: str
    en: str
    things: int


class Related(Answered):
    """Another thing, and what one is to the other."""

    role: str
    zh: str
    en: str
    member: str
    thing: ThingNamed
    begins: Annotated[datetime, Field(alias="from")]
    ends: Annotated[datetime | None, Field(alias="to")]
    stated_by: int


class Held(Related):
    holder: ThingNamed


class HeldPage(Seen):
    id: UUID
    counts: list[HeldCount]
    held: list[Held]
    next: Next


class HoldingsPage(HeldPage):
    subtree: bool
    holders: Annotated[int, Field(description="How many units were asked: with `subtree` those under it too")]


class RelationsPage(HeldPage):
    """`held`: those that point at the thing; `points_at`: those that it points at."""

    points_at: list[Related]


class Space(Answered):
    """Rooms taken together; a person is counted once, however many rooms they use."""

    rooms: int
    net_area: Decimals
    people: int
    units: list[ThingNamed]
    without_unit: Annotated[int, Field(description="Rooms that no unit uses")]


class RoomTold(Answered):
    id: UUID
    number: str | None
    category: str | None
    category_zh: str
    category_en: str
    net_area: Decimals | None
    using_unit: ThingNamed | None
    occupants: list[ThingNamed]


class Floor(Space):
    floor: int | None
    list: list[RoomTold]


class BuildingTold(Space):
    building: ThingNamed
    floors: list[Floor]


class BuildingContents(Seen, BuildingTold):
    """A building, floor by floor."""


class CompoundContents(Seen, Space):
    compound: ThingNamed
    buildings: list[BuildingTold]


class Shelf(Answered):
    shelf: Annotated[str | None, Field(description="null: what lies on no shelf")]
    items: int
    lots: int
    value: Decimals


class StoredThing(Answered):
    kind: str
    asset: UUID
    thing: ThingNamed
    shelf: str | None
    status: str | None
    asset_class: str | None
    quantity: Decimals | None
    measure: str | None
    value: Decimals | None


class WarehouseContents(Seen):
    warehouse: ThingNamed
    shelves: list[Shelf]
    stored: list[StoredThing]
    next: Next


ANGLES: tuple[type[Answered], ...] = (
    HistoryPage,
    AssetTimeline,
    HoldingsPage,
    RelationsPage,
    BuildingContents,
    CompoundContents,
    WarehouseContents,
)
