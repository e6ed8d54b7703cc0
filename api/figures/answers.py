"""Figures, costs and loans, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.angles.answers import ThingNamed
from api.answers import Answered
from api.answers_reading import Seen

Number = Annotated[int | str, Field(description="A whole number, or a decimal in quotes")]
Decimals = Annotated[str, Field(description="A decimal number")]
Next = Annotated[str | None, Field(description="Address of the next page, about the same moment; null at the end")]
Drill = Annotated[str, Field(description="The rows behind; with &measure=NAME those behind one figure")]


class Named(Answered):
    id: UUID
    label: str


class InWords(Answered):
    zh: str
    en: str


class DimensionValue(Answered):
    id: Annotated[str | None, Field(description="An id, a code, or null: those without one")]
    label: str
    label_en: str


class FigureGroup(Answered):
    dimensions: dict[str, DimensionValue]
    figures: dict[str, Number]
    drill: Drill


class Figures(Seen):
    subject: str
    zh: str
    en: str
    by: list[str]
    measures: dict[str, InWords]
    totals: dict[str, Number]
    drill: Drill
    groups: list[FigureGroup]


class DimensionTold(InWords):
    name: str
    values: Annotated[list[DimensionValue], Field(description="Of a closed list; empty for all others")]


class FigureSubject(InWords):
    subject: str
    measures: dict[str, InWords]
    dimensions: list[DimensionTold]


class FigureSubjects(Answered):
    subjects: list[FigureSubject]


class FigureRow(Answered):
    """A row that counts. Other things are named by their ids; what they are called stands in `things`."""

    kind: str
    id: UUID
    label: str | None
    line: Annotated[str, Field(description="Tells apart the rows of one thing")]
    person: UUID | None
    dimensions: dict[str, str | None]
    idle: bool | None
    idle_since: datetime | None
    area: Decimals | None
    value: Decimals | None
    quantity: Decimals | None
    posts: int | None
    amount: Annotated[Decimals | None, Field(description="What it adds to the measure asked about")]


class FigureRows(Seen):
    subject: str
    measure: str | None
    rows: list[FigureRow]
    things: list[ThingNamed]
    words: Annotated[dict[str, dict[str, InWords]], Field(description="The codes that the rows show, by dimension")]
    next: Next


class UpkeepKind(Answered):
    entry: str
    zh: str
    en: str
    entries: int
    amount: Decimals
    quantity: Decimals | None


class UpkeepEntry(Answered):
    position: Annotated[int, Field(description="Of the event that told of it")]
    line: int
    stream: Annotated[UUID, Field(description="The vehicle itself, or the journey that told of it")]
    happened: datetime
    entry: str
    zh: str
    en: str
    amount: Decimals
    quantity: Decimals | None
    odometer: int | None
    note: str


class Running(Answered):
    """What was driven and what it cost; `total` is fuel, repairs, insurance, tolls and other."""

    trips: int
    distance: Annotated[int, Field(description="Kilometres, by the journeys")]
    litres: Decimals
    kilowatt_hours: Decimals
    fuel: Decimals
    repairs: Decimals
    insurance: Decimals
    tolls_and_other: Decimals
    accident_losses: Decimals
    disposal_income: Decimals
    total: Decimals
    litres_per_100_km: Decimals | None
    cost_per_km: Decimals | None


class VehicleUpkeep(Seen):
    vehicle: Named
    kinds: list[UpkeepKind]
    running: Running
    odometer_first: int | None
    odometer_last: int | None
    entries: list[UpkeepEntry]
    next: Next


class UpkeepGroup(Answered):
    dimensions: dict[str, DimensionValue]
    running: Running


class UpkeepSummary(Seen):
    by: list[str]
    totals: Running
    groups: list[UpkeepGroup]


class LoanFigures(Answered):
    items: int
    value: Decimals
    overdue: int
    earliest_due: Annotated[date | None, Field(description="Of those overdue")]


class Borrower(LoanFigures):
    borrower: Named | None


class Borrowers(Seen):
    totals: LoanFigures
    borrowers: list[Borrower]


FIGURES: tuple[type[Answered], ...] = (
    FigureSubjects,
    Figures,
    FigureRows,
    VehicleUpkeep,
    UpkeepSummary,
    Borrowers,
)
