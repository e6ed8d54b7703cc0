"""What drawings answer, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from api.angles.answers import Decimals, ThingNamed
from api.answers import Answered, Problem
from api.drawings.bodies import Choices, DrawingAsked, RecordAsked


class FileOfDrawing(Answered):
    file: str
    name: str


class DrawingHead(Answered):
    id: UUID
    building: ThingNamed
    files: list[FileOfDrawing]
    position: Annotated[int | None, Field(description="Where in the log it was recorded, once it was")]
    made_at: datetime


class DrawingsTold(Answered):
    drawings: list[DrawingHead]


class ScaleTold(Answered):
    metres: float
    by: Annotated[str, Field(description="said, chosen, guessed or doubted")]


class LayerTold(Answered):
    name: str
    lines: int


class FileRead(Answered):
    name: str
    scale: ScaleTold
    split: Annotated[str, Field(description="By what floors are told apart: layer, block, beside or one")]
    system: str | None
    layers: list[LayerTold]


class MarkTold(Answered):
    """What is wrong at a place of the drawing."""

    code: str
    zh: str
    en: str
    x: float
    y: float


class RoomOnDrawing(Answered):
    key: str
    number: str | None
    area: float
    kind: str
    path: str
    x: float
    y: float


class StoreyTold(Answered):
    key: str
    file: int
    floor: Annotated[int | None, Field(description="null: left out")]
    rooms: int
    numbered: int
    box: list[float]
    lines: Annotated[str, Field(description="What was drawn, as an SVG path in metres; y grows downward")]
    marks: list[MarkTold]
    list: list[RoomOnDrawing]


class PlacingTold(Answered):
    system: str | None
    stretch: float | None
    turn: float | None
    residual: Annotated[float | None, Field(description="Root of the mean square miss of the control points, metres")]
    misses: list[float]
    problem: Annotated[Problem | None, Field(description="Why it has no place, where one was asked for")]


class GroundShape(Answered):
    path: str
    label: str
    own: bool


class GroundCorner(Answered):
    own: Annotated[bool, Field(description="Of the building itself")]
    x: float
    y: float
    east: float
    north: float


class GroundTold(Answered):
    """The building among its neighbours in the ledger, in metres about `origin`, a longitude and a latitude in CGCS2000."""

    box: Annotated[list[float], Field(description="About the building: x, y, width, height")]
    around: Annotated[list[float], Field(description="About all that is known of its compound")]
    origin: list[float]
    shapes: list[GroundShape]
    corners: list[GroundCorner]


class KindCounted(Answered):
    kind: str
    zh: str
    en: str
    count: int


class OptionTold(Answered):
    value: str
    zh: str
    en: str


class DifferenceTold(Answered):
    key: str
    kind: str
    zh: str
    en: str
    floor: int
    number: str | None
    room: ThingNamed | None
    room_number: str | None
    room_floor: int | None
    drawn_area: Decimals | None
    room_area: Decimals | None
    moved: Annotated[float | None, Field(description="Metres between the middles of both")]
    options: list[OptionTold]
    decision: str


class DrawingTold(DrawingHead):
    choices: dict[str, Any]
    read: list[FileRead]
    storeys: list[StoreyTold]
    placing: PlacingTold
    ground: GroundTold | None
    counts: list[KindCounted]
    to_record: int
    differences: list[DifferenceTold]


class DrawingRecordedTold(Answered):
    id: UUID
    position: int
    lines: int


DRAWINGS: tuple[type[BaseModel], ...] = (
    *(DrawingsTold, DrawingTold, DrawingHead, DrawingRecordedTold),
    *(DrawingAsked, Choices, RecordAsked),
)
