"""Positions as the API tells them, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from api.answers import Answered
from api.answers_reading import Seen
from api.figures.answers import Named
from api.positions.lines import PositionLine, PositionsSent
from api.schemas import Strictly
from infra.positions.terms import Mark
from maps.positions.states import State

MarkName = Literal[tuple(mark.value for mark in Mark)]  # type: ignore[valid-type]  # a list that the code makes
Line = Annotated[int, Field(ge=1, description="第几条，从 1 数起 · Which one, counted from 1")]


class PositionMarked(Answered):
    line: Line
    marks: list[MarkName]  # type: ignore[valid-type]  # see above


class PositionRefused(Answered):
    line: Line
    field: Annotated[str, Field(description="JSON pointer into the line")]
    code: str
    zh: str
    en: str


class PositionsReport(Answered):
    """`kept` are committed, `repeated` of them were there already, `refused` are not kept; `marked` are kept."""

    received_at: datetime
    received: int
    kept: int
    repeated: int
    refused: int
    marks: dict[str, int]
    marked: list[PositionMarked]
    errors: list[PositionRefused]


class Whereabout(Answered):
    """Where a vehicle was last: `age` in seconds, by its device's clock; `journey` that it is on."""

    vehicle: UUID
    plate: str | None
    unit: UUID | None
    status: str
    journey: UUID | None
    longitude: float
    latitude: float
    at: datetime
    received_at: datetime
    age: float
    state: State
    speed: float | None
    heading: float | None
    accuracy: float | None
    marks: list[MarkName]  # type: ignore[valid-type]  # see above


class Whereabouts(Seen):
    vehicles: list[Whereabout]
    silent: Annotated[int, Field(description="看得到、但没有位置的车辆数 · Vehicles in sight without a position")]


class TrackPoint(Answered):
    at: datetime
    received_at: datetime
    longitude: float | None
    latitude: float | None
    system: str
    x: float
    y: float
    speed: float | None
    heading: float | None
    marks: list[MarkName]  # type: ignore[valid-type]  # see above


class TrackStop(Answered):
    longitude: float
    latitude: float
    since: datetime
    until: datetime


class TrackGap(Answered):
    since: datetime
    until: datetime
    metres: float


class Tracked(Seen):
    """`masked`: where this vehicle went is not shown to who asks. `more`: there are more points than are shown; choose a shorter period."""

    since: Annotated[datetime | None, Field(alias="from")]
    to: datetime | None
    masked: bool
    points: list[TrackPoint]
    more: bool
    stops: list[TrackStop]
    gaps: list[TrackGap]
    metres: int | None
    count: int | None
    digest: str | None


class VehicleTrack(Tracked):
    vehicle: Named


class TrackProof(Answered):
    """What the event at `position` said; `holds`: the first received, as many, still have that digest. `later` came in afterwards."""

    position: int
    metres: int
    points: int
    digest: str
    holds: bool
    missing: int
    later: int


class JourneyOrder(Answered):
    status: str
    unit: Named | None
    purpose: str | None
    destination: str | None
    vehicle: Named | None
    driver: Named | None
    planned_from: datetime | None
    planned_until: datetime | None
    distance: int | None


class JourneyTrack(Tracked):
    journey: Named
    order: JourneyOrder | None
    departed: datetime | None
    returned: datetime | None
    proof: TrackProof | None


class DayTrack(Answered):
    vehicle: UUID
    plate: str | None
    points: Annotated[
        list[list[float]], Field(description="[秒, 经度, 纬度] · [second of the day, longitude, latitude]")
    ]


class FleetDay(Seen):
    date: date
    seconds: Annotated[int, Field(description="每隔多少秒取一点 · One point in so many seconds")]
    vehicles: list[DayTrack]


class PositionMoved(Answered):
    vehicle: UUID
    plate: str | None
    longitude: float
    latitude: float
    at: datetime
    received_at: datetime
    speed: float | None
    heading: float | None
    marks: list[MarkName]  # type: ignore[valid-type]  # see above


class PositionsMoved(Answered):
    """`gone`: vehicles that are in sight no longer."""

    fixes: list[PositionMoved]
    gone: list[UUID]


class MarkCounted(Answered):
    mark: MarkName  # type: ignore[valid-type]  # see above
    zh: str
    en: str
    count: int


class Device(Answered):
    """Which account sends for which vehicle; `silent`: nothing for ten minutes. The counts are of what was received today."""

    vehicle: UUID
    plate: str | None
    unit: UUID | None
    device: Annotated[str | None, Field(description="The account that sends; null: none within 30 days")]
    heard: Annotated[datetime | None, Field(description="When its last position was received")]
    at: Annotated[datetime | None, Field(description="The same by the device's clock")]
    silent: bool
    received: int
    late: int
    doubled: Annotated[int, Field(description="Two places at once")]
    impossible: Annotated[int, Field(description="In no place, ahead of time, outside of China, or a jump")]
    marks: Annotated[list[MarkCounted], Field(description="By what is odd, those that there are")]


class Devices(Seen):
    today: date
    devices: list[Device]
    next: Annotated[UUID | None, Field(description="The `cursor` of the next page")]


POSITIONS: tuple[type[Answered | Strictly], ...] = (
    VehicleTrack, JourneyTrack, FleetDay, PositionsMoved, PositionLine, PositionsSent, PositionsReport, PositionMarked, PositionRefused, Whereabouts, Whereabout,
    Devices, Device, MarkCounted,
)  # fmt: skip
